from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link


class CohortsConfig(AppConfig):
    name = "apps.cohorts"

    def ready(self) -> None:
        import_module("apps.cohorts.policies")  # registers what this kind answers at each stage
        register_link(_("My trainings"), "cohorts:my-roles", Access.TRAINER, order=54)
