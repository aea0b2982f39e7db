"""What a coordinator works on: applications, and what waits today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import ApplicationStatus, Outcome
from apps.applications.models import Application
from apps.programs.enums import IntakeStatus
from apps.programs.models import Intake
from apps.reviews.selectors import progress_of


def applications_for(
    viewer: Viewer, *, intake: int | None = None, status: str = "", country: str = "", text: str = ""
) -> QuerySet[Application]:
    """Sent applications of the viewer's programs, newest first; search by name, reference or e-mail."""
    found = Application.objects.run_by(viewer).filter(source="")
    if intake:
        found = found.filter(intake=intake)
    if status:
        found = found.filter(status=status)
    if country:
        found = found.filter(person__country=country)
    if text:
        found = found.filter(
            Q(reference__icontains=text)
            | Q(person__full_name__icontains=text)
            | Q(person__user__email__icontains=text)
        )
    return found


def with_people(queryset: QuerySet[Application]) -> QuerySet[Application]:
    return queryset.select_related("person__user", "person__country", "intake__program")


#: The columns a list shows: a page of 50 costs half as much as with every column of five tables.
LISTED = (
    *("public_id", "reference", "status", "submitted_at", "intake_id"),
    *("person__full_name", "person__country__name"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An application in the list: `marks` are the counts and scores of its reviews."""

    application: Application
    intake: str
    status: str | Promise
    marks: dict[str, Any]


def listed(queryset: QuerySet[Application]) -> QuerySet[Application]:
    return queryset.select_related("person__country").only(*LISTED)


def lines_of(applications: list[Application]) -> list[Line]:
    """The rows of one page with what they show: two statements, whatever their number."""
    names = intake_names({row.intake_id for row in applications})
    marks = progress_of([row.pk for row in applications])
    labels = dict(ApplicationStatus.choices)
    return [
        Line(row, names.get(row.intake_id, ""), labels[row.status], marks.get(row.pk, {}))
        for row in applications
    ]


def table_of(applications: QuerySet[Application]) -> Iterator[list[Any]]:
    """The rows of the download, read in portions: no object for each row."""
    names = intake_names(None)
    statuses, outcomes = dict(ApplicationStatus.choices), dict(Outcome.choices)
    columns = (
        *("reference", "person__full_name", "person__user__email", "person__country_id", "intake_id"),
        *("status", "submitted_at", "outcome"),
    )
    found = applications.order_by("-submitted_at", "-id").values_list(*columns)
    for reference, name, email, country, intake, status, sent, outcome in found.iterator(chunk_size=2000):
        yield [
            *(reference, name, email or "", country or "", names.get(intake, "")),
            *(str(statuses[status]), sent.isoformat(), str(outcomes.get(outcome, ""))),
        ]


def intake_names(ids: Iterable[int] | None) -> dict[int, str]:
    """Program and intake in words; None for all of them."""
    found = Intake.objects.select_related("program").only("name", "program__title", "program__slug")
    if ids is not None:
        found = found.filter(pk__in=list(ids))
    return {intake.pk: str(intake) for intake in found}


def intake_choices(viewer: Viewer) -> list[tuple[str, str]]:
    intakes = (
        Intake.objects.filter(program__organisation__in=viewer.at(Role.COORDINATOR), source="")
        .exclude(status=IntakeStatus.DRAFT)
        .select_related("program")
        .only("name", "program__title", "program__slug")
        .order_by("-id")[:200]
    )
    return [(str(intake.pk), str(intake)) for intake in intakes]
