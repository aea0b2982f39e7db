"""Reading a fairness report: everything is worked out anew from the frozen figures, so nothing else is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from apps.inclusion.enums import (
    NO_COUNTRY,
    NOT_STATED,
    Dimension,
    Disability,
    FairnessDimension,
    FairnessStage,
    Gender,
    Residence,
)
from apps.inclusion.models import FairnessFigure, FairnessReport
from apps.inclusion.rules.shares import MANY_NOT_STATED, TOO_MANY_NOT_STATED
from apps.inclusion.rules.telling import Class, Range, Table
from apps.inclusion.rules.verdicts import Label, Verdict, judge
from apps.places.models import Country
from apps.programs.models import Intake

ANSWERS: dict[str, dict[str, Any]] = {
    Dimension.GENDER: {**dict(Gender.choices), Gender.ANOTHER: _lazy("Another term")},
    Dimension.RESIDENCE: dict(Residence.choices),
    Dimension.DISABILITY: dict(Disability.choices),
}
JOIN = "+"


def latest_fairness_report(intake: Intake) -> FairnessReport | None:
    return FairnessReport.objects.filter(intake=intake).order_by("-number").first()


def told_tables(figures: Sequence[FairnessFigure]) -> dict[str, list[Table]]:
    """The tables of some figures of one report, by dimension; of the applied, too."""
    kept: dict[tuple[str, str, str], list[FairnessFigure]] = {}
    for row in figures:
        kept.setdefault((row.dimension, row.stage, row.base), []).append(row)
    tables: dict[str, list[Table]] = {}
    for (dimension, stage, base), rows in kept.items():
        pool = {tuple(row.group.split(JOIN)): row.pool for row in rows}
        reached = {tuple(row.group.split(JOIN)): Range(row.low, row.high) for row in rows}
        tables.setdefault(dimension, []).append(Table(stage, base, pool, reached))
    return tables


@dataclass(frozen=True, slots=True)
class Line:
    """One class of a table, with its name."""

    name: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class StageReading:
    """How many of those who came to `base` came to `stage`."""

    stage: str
    base: str
    chosen: int
    everyone: int
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        return str(FairnessStage(self.stage).label)

    @property
    def base_label(self) -> str:
        return str(FairnessStage(self.base).label)

    @property
    def reference(self) -> str:
        return next((line.name for line in self.lines if line.verdict.label == Label.REFERENCE), "")


@dataclass(frozen=True, slots=True)
class DimensionReading:
    """`answered` is None where fewer than ten did not answer; without `counted_at` nothing is told."""

    dimension: str
    counted_at: datetime | None = None
    everyone: int = 0
    answered: int | None = None
    stages: tuple[StageReading, ...] = ()

    @property
    def untold(self) -> list[str]:
        """The stages that are not told, by name."""
        told = {each.stage for each in self.stages} | {FairnessStage.APPLIED, FairnessStage.MERIT}
        return [str(label) for stage, label in FairnessStage.choices if stage not in told]

    @property
    def label(self) -> str:
        return str(FairnessDimension(self.dimension).label)

    @property
    def silent_share(self) -> float:
        return 1 - self.answered / self.everyone if self.answered is not None and self.everyone else 0.0

    @property
    def response_percent(self) -> float:
        return 100 * (1 - self.silent_share)

    @property
    def needs_a_warning(self) -> bool:
        return self.silent_share > MANY_NOT_STATED

    @property
    def is_too_silent(self) -> bool:
        return self.silent_share > TOO_MANY_NOT_STATED


def chose_by_merit(report: FairnessReport) -> bool:
    """Whether exactly those were offered a place whom the order of merit alone would have chosen."""
    offered = Q(stage__in=[FairnessStage.OFFERED, FairnessStage.ACCEPTED, FairnessStage.ENROLLED])
    return not report.standings.filter(offered & Q(by_merit=False) | ~offered & Q(by_merit=True)).exists()


def fairness_of(report: FairnessReport) -> list[DimensionReading]:
    """Every dimension of a report; two statements."""
    figures = list(report.figures.all())
    tables = told_tables(figures)
    countries = [part for each in figures if each.dimension == "country" for part in each.group.split(JOIN)]
    names = {row.pk: str(row) for row in Country.objects.filter(pk__in=countries)}
    return [
        _dimension(
            dimension, tables[dimension], [row for row in figures if row.dimension == dimension], names
        )
        if dimension in tables
        else DimensionReading(dimension)
        for dimension in FairnessDimension.values
    ]


def _dimension(
    dimension: str, tables: list[Table], figures: list[FairnessFigure], countries: dict[str, str]
) -> DimensionReading:
    pool = tables[0].pool
    everyone = sum(pool.values())
    silent = sum(count for each, count in pool.items() if _is_silent(each))
    told = DimensionReading(
        dimension=dimension,
        counted_at=figures[0].counted_at,
        everyone=everyone,
        answered=everyone - silent if silent or dimension == FairnessDimension.COUNTRY else None,
    )
    chosen = {row.stage: row.chosen for row in figures}
    order = FairnessStage.values
    stages = tuple(
        _stage(dimension, table, chosen[table.stage], is_too_silent=told.is_too_silent, countries=countries)
        for table in sorted(tables, key=lambda table: order.index(table.stage))
        if table.stage != FairnessStage.APPLIED
    )
    return DimensionReading(dimension, told.counted_at, everyone, told.answered, stages)


def _stage(
    dimension: str, table: Table, chosen: int, *, is_too_silent: bool, countries: dict[str, str]
) -> StageReading:
    everyone = sum(table.pool.values())
    groups = frozenset(each for each in table.pool if not is_too_silent and _is_group(dimension, each))
    verdicts = judge(table, chosen=chosen, everyone=everyone, comparable=groups)
    lines = tuple(Line(_name(dimension, each.group, countries), each) for each in verdicts)
    return StageReading(table.stage, table.base, chosen, everyone, lines)


def _is_silent(group: Class) -> bool:
    return all(answer in NOT_STATED for answer in group)


def _is_group(dimension: str, group: Class) -> bool:
    """Countries told together have nothing in common; who is silent is no group."""
    if dimension == FairnessDimension.COUNTRY:
        return len(group) == 1 and group[0] != NO_COUNTRY
    return not _is_silent(group)


def _name(dimension: str, group: Class, countries: dict[str, str]) -> str:
    if dimension == FairnessDimension.COUNTRY:
        return _country_name(group, countries)
    said = [str(ANSWERS[dimension][answer]) for answer in group if answer not in NOT_STATED]
    if len(said) == len(group) or len(group) == 1:
        return _listed(said or [str(ANSWERS[dimension][group[0]])])
    return _("{groups}, and who did not say").format(groups=_listed(said)) if said else _("Did not say")


def _listed(names: Sequence[str]) -> str:
    return str(get_text_list([names[0], *(name.lower() for name in names[1:])], _("or")))


def _country_name(group: Class, countries: dict[str, str]) -> str:
    if len(group) > 1:
        return _("Other countries")
    return _("Country not known") if group[0] == NO_COUNTRY else countries.get(group[0], group[0])
