"""The addresses of the pages that mails link to, for tests that do not ask the pages."""

from django.http import HttpResponse
from django.urls import path


def page(*_: object, **__: object) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("leads/<int:pk>/", page, name="lead"),
    path("offers/<int:pk>/", page, name="offer"),
]
