from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "lotse.stages.matching"
    label = "matching"
