from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "lotse.stages.process"
    label = "process"
