"""Forms of intakes: in force, being drafted, begun by whom."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import (
    ApplicationStatus,
)
from apps.applications.models import (
    Application,
    FormVersion,
)
from apps.applications.rules.definition import SILENT_KINDS
from apps.core.prepared import Given, prepared
from apps.core.texts import say
from apps.programs.models import Intake


def published_forms(intake: Intake | Given) -> QuerySet[FormVersion]:
    """Every version that was ever in force, the newest first."""
    return FormVersion.objects.filter(intake=intake, published_at__isnull=False).order_by("-number")


@prepared
def _numbers() -> QuerySet[FormVersion, int]:
    return published_forms(Given("intake")).values_list("number", flat=True)[:1]


def newest_number(intake: Intake) -> int | None:
    """The number of the published form, without reading the form."""
    return _numbers.one(intake=intake.pk)


def current_form(intake: Intake) -> FormVersion | None:
    """The published form that new applications to `intake` start with."""
    return published_forms(intake).first()


def current_draft(intake: Intake) -> FormVersion | None:
    """The version of the form that coordinators work on, not published yet."""
    return FormVersion.objects.filter(intake=intake, published_at=None).order_by("-number").first()


def drafts_begun(intake: Intake) -> int:
    """How many people have begun and not sent: they will be offered a new version."""
    return Application.objects.filter(intake=intake, status=ApplicationStatus.DRAFT).count()


def questions_before(
    definition: Mapping[str, Any], section: str, question: str | None
) -> dict[str, tuple[str, str]]:
    """Kind and label of the questions whose answers may decide about a section or a question, by key.

    `question` is None for the section itself, and "" for a new question at its end.
    """
    found: dict[str, tuple[str, str]] = {}
    for part in definition["sections"]:
        is_section = part["key"] == section
        if is_section and question is None:
            return found
        for each in part["questions"]:
            if is_section and each["key"] == question:
                return found
            if each["kind"] not in SILENT_KINDS:
                label = say(each.get("label") or {}, get_language() or "en")
                found[each["key"]] = (each["kind"], label[:80])
        if is_section:
            return found
    return found


def intakes_to_set_up(viewer: Viewer) -> QuerySet[Intake]:
    """Intakes whose form this viewer may change."""
    mine = Intake.objects.filter(program__organisation__in=viewer.at(Role.COORDINATOR))
    return mine.select_related("program")
