from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link


class RecordsConfig(AppConfig):
    name = "apps.records"

    def ready(self) -> None:
        register_link(_("Imports"), "records:import-list", Access.COORDINATOR, order=70)
