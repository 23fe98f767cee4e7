from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "lotse.records.journal"
    label = "journal"
