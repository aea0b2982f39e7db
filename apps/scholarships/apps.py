from importlib import import_module

from django.apps import AppConfig


class ScholarshipsConfig(AppConfig):
    name = "apps.scholarships"

    def ready(self) -> None:
        import_module("apps.scholarships.policies")  # registers what this kind answers at each stage
