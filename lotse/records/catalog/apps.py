from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "lotse.records.catalog"
    label = "catalog"
