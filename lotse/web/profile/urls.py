"""The addresses of one's own profile."""

from django.urls import path

from lotse.web.profile import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/absences/", views.absences, name="absences"),
    path("profile/absences/<int:pk>/removal/", views.absence_removal, name="absence-removal"),
]
