"""The addresses of the assignment rules."""

from django.urls import path

from lotse.web.distribution import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/new/", views.new, name="rule-new"),
    path("rules/<int:pk>/", views.rule, name="rule"),
    path("rules/<int:pk>/switch/", views.switch, name="rule-switch"),
    path("rules/<int:pk>/place/", views.place, name="rule-place"),
    path("rules/<int:pk>/removal/", views.removal, name="rule-removal"),
]
