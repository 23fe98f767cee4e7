from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lotse.records.accounts"
    label = "accounts"
