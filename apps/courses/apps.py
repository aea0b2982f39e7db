from importlib import import_module

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "apps.courses"

    def ready(self) -> None:
        import_module("apps.courses.policies")  # registers what this kind answers at each stage
