"""Reading released figures: the only thing about groups that leaves this app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet
from django.utils.translation import gettext as _

from apps.inclusion.enums import NO_COUNTRY, Dimension, ScopeKind, Stage
from apps.inclusion.models import ParticipationFact, Release
from apps.inclusion.rules.groups import FOCUS
from apps.inclusion.rules.shares import Share
from apps.inclusion.selectors.sheets import Sheet, sheets_of
from apps.places.models import Country
from apps.programs.enums import InclusionGroup, ProgramKind
from apps.programs.models import InclusionTarget, Program

TARGET_GROUPS = {
    Dimension.GENDER: InclusionGroup.WOMEN,
    Dimension.RESIDENCE: InclusionGroup.RURAL,
    Dimension.DISABILITY: InclusionGroup.DISABILITY,
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One group's share among those who take part, beside what was aimed at."""

    dimension: str
    label: str
    share: Share | None
    target: float | None

    @property
    def percent(self) -> int | None:
        return self.share.percent if self.share else None

    @property
    def interval(self) -> tuple[int, int] | None:
        return self.share.interval_percent if self.share else None

    @property
    def response_percent(self) -> int | None:
        return self.share.response_percent if self.share else None


def headlines(sheet: Sheet, targets: Mapping[str, float]) -> list[Headline]:
    return [
        Headline(
            dimension=dimension.value,
            label=str(TARGET_GROUPS[dimension].label),
            share=sheet.share(Stage.ENROLLED, dimension),
            target=targets.get(TARGET_GROUPS[dimension]),
        )
        for dimension in TARGET_GROUPS
    ]


def targets_for(scope: str, scope_key: str) -> dict[str, float]:
    """The mean of what the intakes in a scope aim at, in percent."""
    filters = {
        ScopeKind.ALL.value: Q(),
        ScopeKind.KIND.value: Q(intake__program__kind=scope_key),
        ScopeKind.PROGRAM.value: Q(intake__program__slug=scope_key),
        ScopeKind.COUNTRY.value: Q(intake__program__country=scope_key),
        ScopeKind.INTAKE.value: Q(intake__public_id=scope_key) if scope == ScopeKind.INTAKE else Q(),
    }
    rows = InclusionTarget.objects.filter(filters[scope]).values("group").annotate(mean=Avg("percent"))
    return {row["group"]: float(row["mean"]) for row in rows}


def funnel(sheet: Sheet) -> list[dict[str, Any]]:
    """Each stage with its total and the focus group of each dimension; None where hidden."""
    return [
        {
            "stage": str(Stage(stage).label),
            "total": sheet.count(stage),
            "groups": [sheet.count(stage, each.value, FOCUS[each.value]) for each in TARGET_GROUPS],
        }
        for stage in Stage.values
    ]


def breakdowns(release: Release, scopes: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Every kind, program or country with its funnel and the shares of the three groups: one statement for
    all figures, and one for the names of each scope.
    """
    found: dict[str, dict[str, Sheet]] = {scope: {} for scope in scopes}
    for (scope, key), sheet in sheets_of(release, levels=scopes).items():
        found[scope][key] = sheet
    return {scope: _table(scope, by_key) for scope, by_key in found.items()}


def _table(scope: str, by_key: Mapping[str, Sheet]) -> list[dict[str, Any]]:
    names = scope_names(scope, list(by_key))
    table = [
        {
            "key": key,
            "name": names.get(key, key),
            "total": sheet.count(Stage.ENROLLED),
            "steps": [sheet.count(stage) for stage in Stage.values],
            "shares": [sheet.share(Stage.ENROLLED, dimension) for dimension in TARGET_GROUPS],
        }
        for key, sheet in by_key.items()
    ]
    return sorted(table, key=lambda row: (-(row["total"] or 0), str(row["name"])))


def scope_names(scope: str, keys: list[str]) -> dict[str, str]:
    if scope == ScopeKind.KIND:
        return {value: str(label) for value, label in ProgramKind.choices}
    if scope == ScopeKind.COUNTRY:
        countries = Country.objects.filter(pk__in=keys).only("name", "names")
        names = {country.pk: str(country) for country in countries}
        return {NO_COUNTRY: _("Country not known"), **names}
    if scope == ScopeKind.PROGRAM:
        programs = Program.objects.filter(slug__in=keys).only("slug", "title")
        return {program.slug: str(program) for program in programs}
    return {}


#: What an operator may count by, and where it stands.
COLUMNS = {
    **{name: name for name in ("gender", "residence", "disability", "age_band")},
    "country": "country_code",
    "kind": "intake__program__kind",
}
EXACT_STAGES = ("applied", "offered", "enrolled", "completed", "withdrawn")


def raw_counts(*, program: str, intake: str, by: list[str]) -> dict[str, Any]:
    """For an operator at the command line only: exact counts of each stage, with nothing hidden."""
    facts: QuerySet[ParticipationFact] = ParticipationFact.objects.all()
    if program:
        facts = facts.filter(intake__program__slug__iexact=program)
    if intake:
        facts = facts.filter(intake__slug__iexact=intake)
    counts = {f"n_{stage}": Count(f"{stage}_on") for stage in EXACT_STAGES}
    columns = [COLUMNS[name] for name in by]
    table = facts.values(*columns).annotate(**counts).order_by(*columns)
    totals = facts.aggregate(people=Count("person", distinct=True), **counts)
    return {
        "people": totals["people"],
        "totals": {stage: totals[f"n_{stage}"] for stage in EXACT_STAGES},
        "groups": [
            {**{name: row[COLUMNS[name]] for name in by}, **{each: row[f"n_{each}"] for each in EXACT_STAGES}}
            for row in table
        ]
        if by
        else [],
    }
