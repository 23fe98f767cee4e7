from django.apps import AppConfig


class AcceptanceConfig(AppConfig):
    name = "lotse.stages.acceptance"
    label = "acceptance"
