from importlib import import_module

from django.apps import AppConfig

from apps.core.zones import register_home


class PeopleConfig(AppConfig):
    name = "apps.people"

    def ready(self) -> None:
        register_home(import_module("apps.people.selectors").home_zone)
