"""The funder's dashboard: one release, whole or for one kind, country or program."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.inclusion.enums import Cadence, ScopeKind
from apps.inclusion.selectors import NAMES, SINGLE, Board, board_of, context_of, latest_quarter
from apps.inclusion.views.group_sections import (
    crossings_section,
    details_section,
    funnel_section,
    shares_section,
)
from apps.inclusion.views.place_sections import context_section, map_section, parts_sections
from apps.inclusion.views.quality_sections import quality_sections
from apps.inclusion.views.reading import ReleaseReading
from apps.inclusion.views.sections import Section
from apps.inclusion.views.time_sections import kinds_section, trend_section

WATCHERS = (Access.FUNDER, Access.ADMINISTRATOR, Access.COORDINATOR)


class DashboardView(ReleaseReading, TemplateView):
    """What is told comes from the release alone."""

    access = WATCHERS
    template_name = "inclusion/release_dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scope, key = self.scope
        if self.release is None:
            return super().get_context_data(release=None, query="")
        board = board_of(self.release, scope, key, releases=self.releases)
        if board is None:
            raise Http404
        return super().get_context_data(
            **board_context(board, self.group, self.address()),
            releases=self.on_display,
            query=self.query,
            scope=scope,
            scope_key=key,
            latest_quarter=latest_quarter() if self.request.viewer.is_administrator else None,
            may_share=self.release.cadence == Cadence.QUARTER and self.release.replaced_by_id is None,
        )


def board_context(board: Board, group: str, address: Callable[[str, str], str]) -> dict[str, Any]:
    """What the templates of a dashboard read, for those who signed in and those with a link."""
    found = board.questions
    made = [
        shares_section(found),
        funnel_section(board, found),
        crossings_section(board),
        trend_section(board, group),
        kinds_section(board, group),
        map_section(board, group, address),
        *parts_sections(board, address),
        *quality_sections(board.sheet),
        details_section(board),
        context_section(context_of(_countries(board))),
    ]
    sections: list[Section] = [each for each in made if each is not None]
    return {
        "board": board,
        "release": board.release,
        "questions": found,
        "sections": sections,
        "group": group,
        "groups": [(each, NAMES[each]) for each in SINGLE],
    }


def _countries(board: Board) -> list[str]:
    if board.scope == ScopeKind.COUNTRY:
        return [board.scope_key]
    return list(board.parts.get(ScopeKind.COUNTRY, {}))
