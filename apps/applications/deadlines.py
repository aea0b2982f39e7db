"""Until when an application may be sent, read from its rows; the rule itself is `rules.deadlines`."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from apps.applications.models import Application, DeadlineExtension
from apps.applications.rules.deadlines import Due, Stretch, due
from apps.core.prepared import Given, prepared
from apps.programs.models import Intake, Outage


@prepared
def _extensions() -> QuerySet[DeadlineExtension, datetime]:
    return DeadlineExtension.objects.filter(application=Given("application")).values_list("until", flat=True)


@prepared
def _outages() -> QuerySet[Outage]:
    return Outage.objects.filter(organisation=Given("organisation")).order_by("starts_at")


def deadline_of(application: Application) -> Due | None:
    """None while the intake has no closing time yet. The same as `deadlines_of`, for every page of one."""
    if not application.intake.closes_at:
        return None
    outages = _outages(organisation=application.intake.program.organisation_id)
    return _due(application, outages, _extensions(application=application.pk))


def deadlines_of(applications: Iterable[Application]) -> dict[int, Due]:
    """By application. Two statements more than the rows themselves, whatever their number; callers
    of many prefetch `sections` and select `intake__program` and `person`.
    """
    rows = [row for row in applications if row.intake.closes_at]
    if not rows:
        return {}
    extensions: dict[int, list[datetime]] = {}
    found = DeadlineExtension.objects.filter(application__in=[row.pk for row in rows])
    for pk, until in found.values_list("application_id", "until"):
        extensions.setdefault(pk, []).append(until)
    outages = _outages_of(row.intake for row in rows)
    return {row.pk: _due(row, outages, extensions.get(row.pk, [])) for row in rows}


def _outages_of(intakes: Iterable[Intake]) -> list[Outage]:
    """Of the whole organisation or of one intake alone; `_theirs` tells them apart. There are few."""
    organisations = {intake.program.organisation_id for intake in intakes}
    return list(Outage.objects.filter(organisation__in=organisations).order_by("starts_at"))


def _due(application: Application, outages: list[Outage], extended_until: list[datetime]) -> Due:
    intake = application.intake
    return due(
        closes_at=intake.closes_at,  # type: ignore[arg-type]  # rows without were left out
        opens_at=intake.opens_at,
        grace=timedelta(minutes=intake.grace_minutes),
        first_saved_at=first_saved_at(application),
        outages=[Stretch(each.starts_at, each.ends_at) for each in _theirs(application, outages)],
        extended_until=extended_until,
    )


def _theirs(application: Application, outages: list[Outage]) -> list[Outage]:
    """Those of the person's country; where they live is asked only when there was an outage at all."""
    intake = application.intake
    here = [
        each
        for each in outages
        if each.organisation_id == intake.program.organisation_id and each.intake_id in (None, intake.pk)
    ]
    country = country_of(application) if here else ""
    return [each for each in here if each.country_id == country]


def country_of(application: Application) -> str:
    """Where the person lives: what they told us before, else what this draft says."""
    person = application.person
    if person and person.country_id:
        return str(person.country_id)
    answers = (row.answers.get("country") for row in application.sections.all())
    return next((answer for answer in answers if isinstance(answer, str) and answer), "")


def first_saved_at(application: Application) -> datetime:
    """When the first answer was kept. A draft without any has only its beginning."""
    saved = [row.created_at for row in application.sections.all()]
    if application.saved_at:
        saved.append(application.saved_at)
    return min(saved, default=application.created_at)


def reason_for(application: Application) -> str:
    """The reason of the extension that counts, in the coordinator's own words."""
    longest = DeadlineExtension.objects.filter(application=application).order_by("-until", "-id").first()
    return longest.reason if longest else ""


def with_deadlines(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Everything `deadlines_of` reads of the rows, for many of them in two statements."""
    return applications.select_related("intake__program", "person").prefetch_related("sections")


def in_chunks(applications: QuerySet[Application], size: int = 500) -> Iterator[list[Application]]:
    """All of them in key order, a few at a time: a popular intake has ten thousand drafts."""
    after = 0
    while rows := list(with_deadlines(applications.filter(pk__gt=after)).order_by("pk")[:size]):
        yield rows
        after = rows[-1].pk


def locked(ids: list[int], *, skip: bool = False) -> list[Application]:
    """In key order, as they are now: what another transaction did while we waited for it counts."""
    rows = Application.objects.select_for_update(of=("self",), skip_locked=skip).filter(pk__in=ids)
    return list(with_deadlines(rows).order_by("pk"))
