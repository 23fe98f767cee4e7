"""The addresses of the outbox."""

from django.urls import path

from lotse.web.outbox import views

urlpatterns = [
    path("settings/outbox/", views.outbox, name="outbox"),
    path("settings/outbox/stop/", views.stop, name="outbox-stop"),
    path("settings/outbox/going-on/", views.go_on, name="outbox-going-on"),
    path("settings/outbox/again/", views.again, name="outbox-again"),
    path("settings/outbox/addresses/<int:pk>/", views.free, name="outbox-address"),
]
