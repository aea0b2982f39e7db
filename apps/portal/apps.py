from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link


class PortalConfig(AppConfig):
    name = "apps.portal"

    def ready(self) -> None:
        register_link(_("Today"), "portal:today", Access.COORDINATOR, order=10)
        register_link(_("Applications"), "portal:staff-applications", Access.COORDINATOR, order=20)
