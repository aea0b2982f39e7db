from importlib import import_module

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "apps.cohorts"

    def ready(self) -> None:
        import_module("apps.cohorts.policies")  # registers what this kind answers at each stage
