from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from apps.accounts.checks import staff_need_their_second_step
from apps.core.access import Access
from apps.core.navigation import register_link


class AccountsConfig(AppConfig):
    name = "apps.accounts"

    def ready(self) -> None:
        register(staff_need_their_second_step, deploy=True)
        register_link(_("People"), "accounts:person-list", Access.ADMINISTRATOR, order=80)
        register_link(_("Organisations"), "accounts:organisation-list", Access.ADMINISTRATOR, order=81)
        register_link(_("Audit"), "accounts:audit-list", Access.ADMINISTRATOR, order=82)
