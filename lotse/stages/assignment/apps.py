from django.apps import AppConfig


class AssignmentConfig(AppConfig):
    name = "lotse.stages.assignment"
    label = "assignment"
