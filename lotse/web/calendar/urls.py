"""The address of the calendar."""

from django.urls import path

from lotse.web.calendar import views

urlpatterns = [path("calendar/", views.week, name="calendar")]
