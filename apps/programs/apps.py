from django.apps import AppConfig
from django.core.checks import register

from apps.programs.checks import every_kind_has_every_policy


class ProgramsConfig(AppConfig):
    name = "apps.programs"

    def ready(self) -> None:
        register(every_kind_has_every_policy)
