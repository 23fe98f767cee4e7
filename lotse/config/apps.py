"""What has to be known before the first request: every kind of fact and reason."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from lotse.config.translations import compile_stale


class ConfigConfig(AppConfig):
    name = "lotse.config"
    label = "config"

    def ready(self) -> None:
        compile_stale()
        import lotse.config.checks  # noqa: PLC0415

        autodiscover_modules("facts", "rules")
        import lotse.lifecycle.facts  # noqa: F401, PLC0415
