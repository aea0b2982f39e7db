"""An intake as its coordinators see it: live totals, and groups as the latest release tells them."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.zones import zone_of
from apps.inclusion.enums import ScopeKind
from apps.inclusion.selectors import board_of, live_totals
from apps.inclusion.views.group_sections import funnel_section, shares_section
from apps.inclusion.views.reading import ReleaseReading
from apps.inclusion.views.words import stage_words
from apps.programs.models import Intake


class IntakeFiguresView(ReleaseReading, TemplateView):
    """For coordinators of the program and administrators. Groups pass the same control as everywhere."""

    access = (Access.COORDINATOR, Access.ADMINISTRATOR)
    template_name = "inclusion/intake_figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intake = self._intake(self.kwargs["public_id"])
        key = str(intake.public_id)
        board = self.release and board_of(self.release, ScopeKind.INTAKE.value, key, releases=self.releases)
        found = board.questions if board else []
        return super().get_context_data(
            intake=intake,
            totals=[(stage_words(stage), count) for stage, count in live_totals(intake).items()],
            release=self.release,
            board=board,
            questions=found,
            sections=[shares_section(found), funnel_section(board, found)] if board else [],
            targets=intake.inclusion_targets.all(),
            zone=zone_of(self.request),
        )

    def _intake(self, public_id: UUID) -> Intake:
        mine = Intake.objects.visible_to(self.request.viewer).select_related("program")
        return get_object_or_404(mine, public_id=public_id)
