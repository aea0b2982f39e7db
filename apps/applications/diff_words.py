"""The differences between two versions of a form, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.applications.rules.form_diff import Change

HOW: dict[str, str | Promise] = {
    "added": _("Added"),
    "removed": _("Removed"),
    "changed": _("Changed"),
    "moved": _("Moved"),
}
WHAT: dict[str, str | Promise] = {"section": _("Section"), "question": _("Question")}
PARTS: dict[str, str | Promise] = {
    "title": _("title"),
    "intro": _("words under the title"),
    "label": _("words"),
    "hint": _("help"),
    "kind": _("kind of answer"),
    "options": _("options"),
    "columns": _("columns"),
    "required": _("needed or not"),
    "required_when": _("when it is needed"),
    "when": _("when it is shown"),
    "checks": _("what the answer must be"),
    "unit": _("unit"),
    "least": _("least"),
    "largest": _("largest"),
    "whole": _("whole numbers"),
    "most_characters": _("length"),
    "most_words": _("length"),
    "most_rows": _("most rows"),
    "hidden_from_reviewers": _("hidden from reviewers"),
    "section": _("section"),
}


@dataclass(frozen=True, slots=True)
class Line:
    how: str | Promise
    what: str | Promise
    label: Mapping[str, str]
    parts: str


def changes_in_words(changes: Iterable[Change]) -> list[Line]:
    return [
        Line(HOW[change.how], WHAT[change.what], change.label or {"en": change.key}, in_words(change.parts))
        for change in changes
    ]


def in_words(parts: tuple[str, ...]) -> str:
    return ", ".join(str(PARTS.get(part, part)) for part in parts)
