"""The address of the first user's link."""

from django.urls import path

from lotse.web.first import views

urlpatterns = [path("first/<str:token>/", views.first, name="first")]
