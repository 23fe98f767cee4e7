"""The addresses of the processes."""

from django.urls import path

from lotse.web.processes import views

urlpatterns = [
    path("processes/", views.processes, name="processes"),
    path("processes/<int:pk>/", views.process, name="process"),
]
