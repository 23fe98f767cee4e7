from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "lotse.stages.closing"
    label = "closing"
