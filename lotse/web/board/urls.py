"""The addresses of the board."""

from django.urls import path

from lotse.web.board import views

urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/phases/<int:pk>/", views.column, name="board-phase"),
    path("board/cards/<int:pk>/place/", views.place, name="board-place"),
]
