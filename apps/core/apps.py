from django.apps import AppConfig
from django.core.checks import register

from apps.core.checks import every_view_says_who_may_open_it


class CoreConfig(AppConfig):
    name = "apps.core"

    def ready(self) -> None:
        register(every_view_says_who_may_open_it)
