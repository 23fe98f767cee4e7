from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "lotse.stages.intake"
    label = "intake"
