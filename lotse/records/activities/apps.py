from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "lotse.records.activities"
    label = "activities"
