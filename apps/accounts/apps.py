from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link


class AccountsConfig(AppConfig):
    name = "apps.accounts"

    def ready(self) -> None:
        register_link(_("People"), "accounts:person-list", Access.ADMINISTRATOR, order=80)
        register_link(_("Organisations"), "accounts:organisation-list", Access.ADMINISTRATOR, order=81)
        register_link(_("Audit"), "accounts:audit-list", Access.ADMINISTRATOR, order=82)
