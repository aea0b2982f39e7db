"""From the records of the platform to activities: one for each program a release tells of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from apps.accounts.models import Organisation as OrganisationRow
from apps.inclusion.enums import ScopeKind
from apps.inclusion.exports.iati.activity import (
    Activity,
    ActivityDate,
    Defaults,
    Location,
    Marker,
    Organisation,
    Participant,
    Sector,
    Texts,
)
from apps.inclusion.exports.iati.results import Terms, results_of
from apps.inclusion.models import IatiActivity, IatiOrganisation, Release, ReleasedFigure
from apps.inclusion.selectors.reporting import (
    PolicyMarker,
    ProgramTarget,
    aims_of,
    quarterly_targets,
    screened_markers,
)
from apps.inclusion.selectors.sheets import Sheet
from apps.inclusion.selectors.tidy import sheets_taken
from apps.programs.enums import IntakeStatus
from apps.programs.extension import reporting_policies
from apps.programs.models import Intake, Program

#: Codes: roles, dates, states, "national" as a scope, and the DAC region "developing countries, unspecified".
FUNDING, IMPLEMENTING = "1", "4"
PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"
PIPELINE, IMPLEMENTATION, CLOSED, CANCELLED = "1", "2", "4", "5"
NATIONAL, NO_REGION = "4", "998"
DAC_PURPOSE, SDG_TARGET = "1", "8"
TAG = ("4.4", "Sustainable Development Goal, target 4.4")
#: Equal access for vulnerable people: said of programs that aim at the share of some group.
EQUAL_ACCESS = "4.5"
LOCATION = "place-1"
UNSTARTED = (IntakeStatus.DRAFT, IntakeStatus.CANCELLED)


class Lacking(NamedTuple):
    """A program left out of the file, and what somebody must do first."""

    program: Program
    reason: Promise


@dataclass(frozen=True, slots=True)
class Known:
    """What is set up for IATI, read once for a whole file."""

    organisations: Mapping[int, IatiOrganisation]
    activities: Mapping[int, IatiActivity]
    markers: Mapping[int, Sequence[PolicyMarker]]
    targets: Mapping[str, Sequence[ProgramTarget]]


class Days(NamedTuple):
    start: date
    end: date | None


def programs_told(release: Release) -> dict[str, Program]:
    """By slug, with all an activity needs, in five statements."""
    slugs = ReleasedFigure.objects.filter(release=release, scope=ScopeKind.PROGRAM).values("scope_key")
    found = Program.objects.filter(slug__in=slugs).select_related("organisation", "country")
    found = found.prefetch_related("fundings__funder", "intakes__inclusion_targets")
    return {program.slug: program for program in found}


def known() -> Known:
    return Known(
        {row.organisation_id: row for row in IatiOrganisation.objects.all()},
        {row.program_id: row for row in IatiActivity.objects.all()},
        screened_markers(),
        quarterly_targets(),
    )


def lacking_of(programs: Mapping[str, Program], kept: Known) -> list[Lacking]:
    reasons = ((program, _reason(program, kept)) for program in programs.values())
    return [Lacking(program, reason) for program, reason in reasons if reason is not None]


def _reason(program: Program, kept: Known) -> Promise | None:
    if program.organisation_id not in kept.organisations:
        return _("The organisation has no IATI identifier yet. An operator sets it with “iati_set_up”.")
    if days_of(program) is None:
        return _("No intake has a day on which it starts.")
    return None


def activities_of(
    release: Release, programs: Mapping[str, Program], kept: Known, now: datetime
) -> Iterator[Activity]:
    """Those that lack nothing, program by program as the release tells them."""
    left_out = {lacking.program.pk for lacking in lacking_of(programs, kept)}
    for sheet in sheets_taken(release, (ScopeKind.PROGRAM,)):
        program = programs.get(sheet.scope_key)
        if program is not None and program.pk not in left_out:
            yield activity_of(release, sheet, program, kept, now)


def activity_of(release: Release, sheet: Sheet, program: Program, kept: Known, now: datetime) -> Activity:
    """`program` lacks nothing. `now` decides which dates are planned and which have come."""
    publisher = kept.organisations[program.organisation_id]
    more = kept.activities.get(program.pk, IatiActivity())
    days = days_of(program)
    if days is None:
        raise ValueError("a program without a first day is no activity")
    targets = aims_of(program, kept.targets.get(program.slug, ()), release.as_of)
    results = results_of(sheet, targets, _terms(release, days, more))
    begins = min(days.start, release.as_of)
    return Activity(
        identifier=f"{publisher.ref}-{program.slug}",
        reporting=_organisation(program.organisation, kept),
        title=_texts(program.title, program),
        description=_texts(program.summary, program),
        participants=tuple(_participants(program, kept)),
        status=_status(program, days, now.date()),
        dates=tuple(_dates(days, now.date())),
        last_updated=min(now, max(release.released_at, program.updated_at)),
        period=(begins, release.as_of),
        email=publisher.email,
        scope=more.scope or (NATIONAL if program.country_id else ""),
        country=program.country_id or "",
        region="" if program.country_id else NO_REGION,
        location=_location(program, more) if results else None,
        sectors=tuple(_sectors(program, aims_at_groups=any(each.is_about_groups for each in targets))),
        tag=TAG,
        markers=tuple(Marker(each.code, str(each.score)) for each in kept.markers.get(program.pk, ())),
        defaults=_defaults(publisher),
        results_page=more.results_page,
        results=results,
    )


def _terms(release: Release, days: Days, more: IatiActivity) -> Terms:
    with override("en"):  # the same file whatever language it is asked for in
        method = reverse("inclusion:method")
    return Terms(
        start=days.start,
        until=release.as_of,
        rounding=release.rounding,
        small_threshold=release.small_threshold,
        threshold=release.threshold,
        location=LOCATION if more.geonames_id else "",
        page=f"{settings.SITE_URL}{method}",
    )


def _running(program: Program) -> list[Intake]:
    """The intakes that take place, or all when none does."""
    intakes = list(program.intakes.all())
    return [intake for intake in intakes if intake.status not in UNSTARTED] or intakes


def days_of(program: Program) -> Days | None:
    """First and last day over all intakes. No last day while one of them has none."""
    running = _running(program)
    starts = [intake.starts_on for intake in running if intake.starts_on]
    ends = [intake.ends_on for intake in running if intake.ends_on]
    if not starts:
        return None
    start = min(starts)
    end = max(ends) if len(ends) == len(running) else None
    return Days(start, end if end is not None and end >= start else None)


def _dates(days: Days, today: date) -> Iterator[ActivityDate]:
    """A day that has come is actual: the standard allows no actual date in the future."""
    yield ActivityDate(ACTUAL_START if days.start <= today else PLANNED_START, days.start)
    if days.end is not None:
        yield ActivityDate(ACTUAL_END if days.end < today else PLANNED_END, days.end)


def _status(program: Program, days: Days, today: date) -> str:
    if all(intake.status == IntakeStatus.CANCELLED for intake in program.intakes.all()):
        return CANCELLED
    if days.start > today:
        return PIPELINE
    return CLOSED if days.end is not None and days.end < today else IMPLEMENTATION


def _organisation(row: OrganisationRow, kept: Known) -> Organisation:
    codes = kept.organisations.get(row.pk)
    return Organisation(row.name, codes.ref, codes.type) if codes else Organisation(row.name)


def _participants(program: Program, kept: Known) -> Iterator[Participant]:
    for funding in sorted(program.fundings.all(), key=lambda each: each.funder.name):
        yield Participant(FUNDING, _organisation(funding.funder, kept))
    yield Participant(IMPLEMENTING, _organisation(program.organisation, kept))


def _texts(texts: Texts, program: Program) -> Texts:
    """A title and a description are required; a program without words is told by its name in addresses."""
    return texts if any(texts.values()) else {"en": program.slug}


def _sectors(program: Program, *, aims_at_groups: bool) -> Iterator[Sector]:
    yield Sector(DAC_PURPOSE, reporting_policies[program.kind].purpose)
    if aims_at_groups:
        yield Sector(SDG_TARGET, EQUAL_ACCESS)


def _location(program: Program, more: IatiActivity) -> Location | None:
    if not more.geonames_id:
        return None
    return Location(LOCATION, more.place_name, more.geonames_id, program.country_id or "")


def _defaults(publisher: IatiOrganisation) -> Defaults:
    return Defaults(
        currency=publisher.currency,
        collaboration_type=publisher.collaboration_type,
        flow_type=publisher.flow_type,
        finance_type=publisher.finance_type,
        aid_type=publisher.aid_type,
        tied_status=publisher.tied_status,
    )
