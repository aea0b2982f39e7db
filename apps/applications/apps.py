from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link


class ApplicationsConfig(AppConfig):
    name = "apps.applications"

    def ready(self) -> None:
        register_link(_("People I help"), "applications:helper-desk", Access.HELPER, order=25)
        import_module("apps.applications.subscriptions").listen()
