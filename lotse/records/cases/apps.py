from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lotse.records.cases"
    label = "cases"
