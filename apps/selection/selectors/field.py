"""Everybody who can be chosen for an intake, as the rule in force sees them. A fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from apps.applications.models import Application
from apps.applications.selectors import declared_in
from apps.programs.models import Intake
from apps.reviews.selectors import Marks, scores_by_application
from apps.selection.enums import ScoreKind, TieBreak, Wanted
from apps.selection.models import Override
from apps.selection.rules.lottery import Entry, order
from apps.selection.rules.rule import Rule
from apps.selection.rules.terms import MERIT, Candidate, Terms
from apps.selection.selectors.rule import Ruling
from apps.selection.selectors.statuses import RANKED


@dataclass(frozen=True, slots=True)
class Field:
    """`candidates` stand in the order of the ranking; `unscored` have no submitted review.

    `is_drawn` is False while the lottery's seed is still sealed: equal scores then stand in the order of
    the numbers of applications, which decides nothing.
    """

    candidates: tuple[Candidate, ...]
    unscored: tuple[int, ...]
    marks: Mapping[int, Marks]
    is_drawn: bool = True


def field_of(intake: Intake, ruling: Ruling) -> Field:
    """Three statements at most, whatever the number of applications."""
    rule = ruling.rule
    marks = scores_by_application(intake, with_adjusted=rule.scores == ScoreKind.ADJUSTED)
    rows = list(
        Application.objects.filter(intake=intake, status__in=RANKED)
        .order_by("pk")
        .values_list("pk", "public_id", "submitted_at", "person__country_id")
    )
    merits = {pk: merit for pk, *_rest in rows if (merit := merit_of(marks.get(pk), rule)) is not None}
    groups = declared_in(intake) if rule.targets else {}
    entries = [
        Entry(pk, str(public_id), merits[pk], _moment(sent))
        for pk, public_id, sent, _c in rows
        if pk in merits
    ]
    countries = {pk: country or "" for pk, _public, _sent, country in rows}
    return Field(
        candidates=tuple(
            Candidate(
                id=entry.id,
                merit=entry.merit,
                order=number,
                groups=groups.get(entry.id, frozenset()) & rule.targets.keys(),
                country=countries[entry.id],
                cost=cost_in(countries[entry.id], rule),
            )
            for number, entry in enumerate(_ordered(entries, rule, ruling.seed), start=1)
        ),
        unscored=tuple(pk for pk, *_rest in rows if pk not in merits),
        marks=marks,
        is_drawn=rule.tie_break != TieBreak.LOTTERY or bool(ruling.seed),
    )


def merit_of(marks: Marks | None, rule: Rule) -> int | None:
    """Thousandths of a point, from whichever mean the rule counts."""
    if marks is None or marks.mean is None:
        return None
    counted = (
        marks.adjusted if rule.scores == ScoreKind.ADJUSTED and marks.adjusted is not None else marks.mean
    )
    return int((Decimal(counted) * 1000).quantize(Decimal(1), ROUND_HALF_UP))


def cost_in(country: str, rule: Rule) -> int:
    _least, cost = rule.countries.get(country, (0, None))
    return rule.cost_each if cost is None else cost


def _moment(sent: datetime | None) -> str:
    return sent.astimezone(UTC).isoformat() if sent else ""


def _ordered(entries: Sequence[Entry], rule: Rule, seed: bytes) -> list[Entry]:
    if rule.tie_break == TieBreak.LOTTERY and not seed:
        return sorted(entries, key=lambda each: (-each.merit, each.id))
    return order(entries, rule=rule.tie_break, seed=seed)


def terms_of(intake: Intake, rule: Rule, settings: Mapping[str, Any] | None = None) -> Terms:
    """The rule in force, the overrides in force, and what a scenario asks to be otherwise.

    Where only the ranking decides the method is "merit", so that equal questions have equal terms.

    `settings` may hold seats, floor (points, as text), targets, minima, budget and method.
    """
    asked = dict(settings or {})
    overrides = list(
        Override.objects.filter(intake=intake, ended_at=None).values_list("application_id", "wanted")
    )
    floor = Decimal(asked.get("floor", rule.floor))
    minima = {code: least for code, (least, _cost) in rule.countries.items() if least}
    terms = Terms(
        seats=asked.get("seats", rule.seats),
        floor=int((floor * 1000).quantize(Decimal(1), ROUND_HALF_UP)),
        targets=asked.get("targets", dict(rule.targets)),
        minima=asked.get("minima", minima),
        budget=asked.get("budget", rule.budget),
        method=asked.get("method", rule.method),
        included=frozenset(pk for pk, wanted in overrides if wanted == Wanted.IN),
        excluded=frozenset(pk for pk, wanted in overrides if wanted == Wanted.OUT),
    )
    return replace(terms, method=MERIT) if terms.is_by_merit else terms
