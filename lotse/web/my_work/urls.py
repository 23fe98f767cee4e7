"""The addresses of the page a person begins the day with."""

from django.urls import path

from lotse.web.my_work import views

urlpatterns = [
    path("", views.page, name="my-work"),
    path("my-work/walk/", views.walk, name="my-work-walk"),
]
