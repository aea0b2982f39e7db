from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link
from apps.programs.checks import every_kind_has_every_policy


class ProgramsConfig(AppConfig):
    name = "apps.programs"

    def ready(self) -> None:
        register(every_kind_has_every_policy)
        register_link(_("Programs"), "programs:program-list", Access.COORDINATOR, order=25)
        register_link(_("Targets and funding"), "programs:inclusion-modes", Access.ADMINISTRATOR, order=83)
