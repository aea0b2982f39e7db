from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link


class InclusionConfig(AppConfig):
    name = "apps.inclusion"

    def ready(self) -> None:
        import_module("apps.inclusion.subscriptions").listen()
        who = (Access.FUNDER, Access.ADMINISTRATOR, Access.COORDINATOR)
        register_link(_("Inclusion"), "inclusion:dashboard", *who, order=50)
        register_link(_("Targets"), "inclusion:whole-indicators", Access.ADMINISTRATOR, order=51)
