from django.apps import AppConfig


class AutomationConfig(AppConfig):
    name = "lotse.automation"
    label = "automation"
