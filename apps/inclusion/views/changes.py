"""What a release tells otherwise than the one before it."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from apps.inclusion.rules.changes import Change
from apps.inclusion.selectors import changes_of, restatements, scope_names
from apps.inclusion.views.dashboard import WATCHERS
from apps.inclusion.views.reading import ReleaseReading
from apps.inclusion.views.sections import Line, Table
from apps.inclusion.views.words import count_words, figure_words, group_words, stage_words


class ChangesView(ReleaseReading, TemplateView):
    """Every figure of a scope that differs, old and new, and every quarter that was counted again."""

    access = WATCHERS
    template_name = "inclusion/release_changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scope, key = self.scope
        if self.release is None:
            return super().get_context_data(release=None, query="")
        found = changes_of(self.release, scope, key)
        if found is None:
            raise Http404
        return super().get_context_data(
            release=self.release,
            changes=found,
            table=_table(found.rows),
            restatements=restatements(self.release),
            scope_name=scope_names(scope, [key]).get(key, ""),
            scope=scope,
            scope_key=key,
            query=self.query,
        )


def _table(rows: tuple[Change, ...]) -> Table:
    known = group_words()
    lines = tuple(
        Line(
            figure_words(each.dimension, each.group, known),
            (
                stage_words(each.stage),
                _("not counted") if each.was_absent else count_words(each.before),
                _("not counted") if each.is_absent else count_words(each.now),
            ),
        )
        for each in rows
    )
    return Table(_("Changed figures"), _("Figure"), (_("Stage"), _("Before"), _("Now")), lines)
