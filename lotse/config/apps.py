from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "lotse.config"
    label = "config"
