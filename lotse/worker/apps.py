from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "lotse.worker"
    label = "worker"
