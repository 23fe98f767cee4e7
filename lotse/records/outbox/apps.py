from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "lotse.records.outbox"
    label = "outbox"
