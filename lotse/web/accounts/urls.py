"""The addresses of accounts."""

from django.urls import path

from lotse.web.accounts import views

urlpatterns = [
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/new/", views.new, name="account-new"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("accounts/<int:pk>/fields/", views.fields, name="account-fields"),
]
