from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lotse.records.people"
    label = "people"
