from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link
from apps.core.zones import register_home


class PeopleConfig(AppConfig):
    name = "apps.people"

    def ready(self) -> None:
        register_home(import_module("apps.people.selectors").home_zone)
        register_link(_("Consent texts"), "people:consent-texts", Access.ADMINISTRATOR, order=85)
