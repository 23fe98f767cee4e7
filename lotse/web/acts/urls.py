"""The address at which an act is taken back."""

from django.urls import path

from lotse.web.acts import views

urlpatterns = [path("undo/<int:pk>/", views.undo_act, name="undo")]
