"""The intakes whose selection a coordinator may reach."""

from django.db.models import QuerySet

from apps.core.access import Access
from apps.programs.models import Intake


class IntakeRows:
    access = Access.COORDINATOR

    def rows(self) -> QuerySet[Intake]:
        return Intake.objects.visible_to(self.viewer).select_related("program")  # type: ignore[attr-defined]
