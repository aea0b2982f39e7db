from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link


class EnrolmentsConfig(AppConfig):
    name = "apps.enrolments"

    def ready(self) -> None:
        import_module("apps.enrolments.subscriptions").listen()
        register_link(
            _("Participants"),
            "enrolments:intake-list",
            Access.COORDINATOR,
            Access.TRAINER,
            order=50,
        )
        register_link(_("Support to arrange"), "enrolments:support-list", Access.LOGISTICS, order=51)
