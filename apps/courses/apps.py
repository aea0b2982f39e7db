from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link


class CoursesConfig(AppConfig):
    name = "apps.courses"

    def ready(self) -> None:
        import_module("apps.courses.policies")  # registers what this kind answers at each stage
        register_link(_("Sessions"), "courses:session-list", Access.TRAINER, Access.COORDINATOR, order=52)
