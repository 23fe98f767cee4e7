"""The addresses of entering a lead by hand."""

from django.urls import path

from lotse.web.new_lead import views

urlpatterns = [
    path("leads/new/", views.new, name="lead-new"),
    path("leads/new/known/", views.known, name="lead-new-known"),
]
