"""Reading released figures: the only thing about groups that leaves this app."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet
from django.utils.translation import gettext as _

from apps.inclusion.enums import NO_COUNTRY, Dimension, Group, ScopeKind, Stage
from apps.inclusion.models import ParticipationFact, Release, ReleasedFigure
from apps.inclusion.rules.shares import Share
from apps.places.models import Country
from apps.programs.enums import InclusionGroup, ProgramKind
from apps.programs.models import InclusionTarget, Program

TARGET_GROUPS = {
    Dimension.GENDER: InclusionGroup.WOMEN,
    Dimension.RESIDENCE: InclusionGroup.RURAL,
    Dimension.DISABILITY: InclusionGroup.DISABILITY,
}


def latest_release() -> Release | None:
    return Release.objects.order_by("-number").first()


Figures = Mapping[tuple[str, str, str], int | None]


def figures_of(release: Release, scope: str, scope_key: str) -> dict[tuple[str, str, str], int | None]:
    """(stage, dimension, group) → count, or None where it is hidden; one statement."""
    rows = ReleasedFigure.objects.filter(release=release, scope=scope, scope_key=scope_key)
    return {
        (stage, dimension, group): value
        for stage, dimension, group, value in rows.values_list("stage", "dimension", "group", "value")
    }


@dataclass(frozen=True, slots=True)
class Headline:
    """One group's share among those who take part, beside what was aimed at."""

    dimension: str
    label: str
    share: Share | None
    target: float | None

    @property
    def percent(self) -> float | None:
        return 100 * self.share.value if self.share and self.share.value is not None else None

    @property
    def interval(self) -> tuple[float, float] | None:
        found = self.share.interval if self.share else None
        return (100 * found[0], 100 * found[1]) if found else None

    @property
    def response_percent(self) -> float | None:
        rate = self.share.response_rate if self.share else None
        return 100 * rate if rate is not None else None


def share_of(figures: Figures, stage: str, dimension: str) -> Share | None:
    """The focus group's share at a stage, or None when one of its figures is hidden."""
    focus = figures.get((stage, dimension, Group.FOCUS))
    rest = figures.get((stage, dimension, Group.REST))
    silent = figures.get((stage, dimension, Group.NOT_STATED))
    if focus is None or rest is None or silent is None:
        return None
    return Share(count=focus, answered=focus + rest, everyone=focus + rest + silent)


def headlines(figures: Figures, targets: Mapping[str, float]) -> list[Headline]:
    return [
        Headline(
            dimension=dimension.value,
            label=str(TARGET_GROUPS[dimension].label),
            share=share_of(figures, Stage.ENROLLED, dimension),
            target=targets.get(TARGET_GROUPS[dimension]),
        )
        for dimension in Dimension
    ]


def targets_for(scope: str, scope_key: str) -> dict[str, float]:
    """The mean of what the intakes in a scope aim at, in percent."""
    filters = {
        ScopeKind.ALL.value: Q(),
        ScopeKind.KIND.value: Q(intake__program__kind=scope_key),
        ScopeKind.PROGRAM.value: Q(intake__program__slug=scope_key),
        ScopeKind.COUNTRY.value: Q(intake__program__country=scope_key),
    }
    rows = InclusionTarget.objects.filter(filters[scope]).values("group").annotate(mean=Avg("percent"))
    return {row["group"]: float(row["mean"]) for row in rows}


def funnel(figures: Figures) -> list[dict[str, Any]]:
    """Each stage with its total and the focus group of each dimension; None where hidden."""
    return [
        {
            "stage": str(Stage(stage).label),
            "total": figures.get((stage, "", "")),
            "groups": [figures.get((stage, dimension.value, Group.FOCUS)) for dimension in Dimension],
        }
        for stage in Stage.values
    ]


def breakdown(release: Release, scope: str) -> list[dict[str, Any]]:
    """Every kind, program or country with its funnel and the shares of the three groups; two statements."""
    return breakdowns(release, [scope])[scope]


def breakdowns(release: Release, scopes: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The breakdown of each scope: one statement for all figures, and one for the names of each scope."""
    wanted = Q(stage=Stage.ENROLLED) | Q(dimension="")
    rows = ReleasedFigure.objects.filter(wanted, release=release, scope__in=list(scopes))
    found: dict[str, dict[str, dict[tuple[str, str, str], int | None]]] = {scope: {} for scope in scopes}
    columns = ("scope", "scope_key", "stage", "dimension", "group", "value")
    for scope, key, stage, dimension, group, value in rows.values_list(*columns):
        found[scope].setdefault(key, {})[(stage, dimension, group)] = value
    return {scope: _table(scope, by_key) for scope, by_key in found.items()}


def _table(scope: str, by_key: Mapping[str, Figures]) -> list[dict[str, Any]]:
    names = scope_names(scope, list(by_key))
    table = [
        {
            "key": key,
            "name": names.get(key, key),
            "total": figures.get((Stage.ENROLLED.value, "", "")),
            "steps": [figures.get((stage, "", "")) for stage in Stage.values],
            "shares": [share_of(figures, Stage.ENROLLED, dimension) for dimension in Dimension],
        }
        for key, figures in by_key.items()
    ]
    return sorted(table, key=lambda row: (-(row["total"] or 0), str(row["name"])))


def scope_names(scope: str, keys: list[str]) -> dict[str, str]:
    if scope == ScopeKind.KIND:
        return {value: str(label) for value, label in ProgramKind.choices}
    if scope == ScopeKind.COUNTRY:
        names = {country.pk: str(country) for country in Country.objects.filter(pk__in=keys)}
        return {NO_COUNTRY: _("Country not known"), **names}
    if scope == ScopeKind.PROGRAM:
        return {program.slug: str(program) for program in Program.objects.filter(slug__in=keys)}
    return {}


def raw_counts(*, program: str, intake: str, by: list[str]) -> dict[str, Any]:
    """For an operator at the command line only: exact counts of each stage, with nothing hidden."""
    facts: QuerySet[ParticipationFact] = ParticipationFact.objects.all()
    if program:
        facts = facts.filter(program__slug__iexact=program)
    if intake:
        facts = facts.filter(intake__slug__iexact=intake)
    stages = ["applied", "offered", "enrolled", "completed", "withdrawn"]
    counts = {stage: Count("id", filter=Q(**{stage: True})) for stage in stages}
    table = facts.values(*by).annotate(**{f"n_{stage}": each for stage, each in counts.items()}).order_by(*by)
    totals = facts.aggregate(
        people=Count("person", distinct=True), **{f"n_{s}": c for s, c in counts.items()}
    )
    return {
        "people": totals["people"],
        "totals": {stage: totals[f"n_{stage}"] for stage in stages},
        "groups": [
            {**{name: row[name] for name in by}, **{stage: row[f"n_{stage}"] for stage in stages}}
            for row in table
        ]
        if by
        else [],
    }
