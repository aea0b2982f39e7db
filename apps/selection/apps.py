from importlib import import_module

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "apps.selection"

    def ready(self) -> None:
        import_module("apps.selection.subscriptions").listen()
