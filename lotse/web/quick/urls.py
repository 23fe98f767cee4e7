"""The addresses behind the "+" menu."""

from django.urls import path

from lotse.web.quick import views

urlpatterns = [
    path(f"new/{kind}/", views.choose, {"kind": kind}, name=f"{kind}-new") for kind in views.KINDS
]
