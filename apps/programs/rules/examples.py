"""Examples that show a rule works: one answer that passes it and one that fails it.

A rule that nobody can fail, or nobody can pass, is a mistake somebody made while typing it; so is a
value that no answer can have. Proposals lie on the edge of the rule, where mistakes are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from apps.programs.rules.eligibility import Finding, Rule, assess

PASSES, FAILS = "passes", "fails"
#: What a question for a number takes, see core.forms.AmountField.
LEAST, MOST, CENT = Decimal(0), Decimal(10_000_000), Decimal("0.01")
EARLIEST_BIRTH = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Shown:
    """One example of a rule: what it should do and what it does. Without an answer there is none."""

    wanted: str
    answer: Any = None
    is_stated: bool = False
    finding: Finding | None = None

    @property
    def is_good(self) -> bool:
        met = {PASSES: Finding.MET, FAILS: Finding.NOT_MET}
        return self.finding == met[self.wanted]


def coverage(
    rule: Rule, *, stated: Mapping[str, Any], choices: Iterable[Any], day: date
) -> tuple[Shown, Shown]:
    """The passing and the failing example, each tried on the rule as it is now.

    What a coordinator stated comes first, else what we propose. `choices` are the answers a question
    with a list can have; a stated answer outside of it passes nothing and fails nothing.
    """
    possible = list(choices)
    proposed = propose(rule, choices=possible, day=day)
    shown = []
    for wanted in (PASSES, FAILS):
        is_stated = stated.get(wanted) not in (None, "")
        answer = stated[wanted] if is_stated else proposed.get(wanted)
        if answer is None:
            shown.append(Shown(wanted))
            continue
        can_be = not possible or answer in possible
        finding = assess([rule], {rule.key: answer}, day=day).findings[rule.key] if can_be else None
        shown.append(Shown(wanted, answer, is_stated, finding))
    return shown[0], shown[1]


def propose(rule: Rule, *, choices: Iterable[Any], day: date) -> dict[str, Any]:
    """A passing and a failing answer, each only where one exists."""
    if rule.test in ("is", "one_of"):
        return _from_list(rule, list(choices), day)
    if rule.test in ("at_least", "at_most"):
        return _numbers(rule)
    if rule.test == "age_between":
        least, most = map(int, rule.value)
        return _births(least, most, day)
    return {}


def _from_list(rule: Rule, choices: list[Any], day: date) -> dict[str, Any]:
    found = {choice: assess([rule], {rule.key: choice}, day=day).findings[rule.key] for choice in choices}
    wanted = {PASSES: Finding.MET, FAILS: Finding.NOT_MET}
    first = {
        name: next((choice for choice in choices if found[choice] == finding), None)
        for name, finding in wanted.items()
    }
    return {name: choice for name, choice in first.items() if choice is not None}


def _numbers(rule: Rule) -> dict[str, Any]:
    """The nearest two decimals on either side of the edge, within what the question takes."""
    edge = Decimal(str(rule.value))
    if rule.test == "at_least":
        passing = max(edge.quantize(CENT, ROUND_CEILING), LEAST)
        failing = min(edge.quantize(CENT, ROUND_CEILING) - CENT, MOST)
    else:
        passing = min(edge.quantize(CENT, ROUND_FLOOR), MOST)
        failing = max(edge.quantize(CENT, ROUND_FLOOR) + CENT, LEAST)
    pair = {PASSES: passing, FAILS: failing}
    return {name: float(number) for name, number in pair.items() if LEAST <= number <= MOST}


def _births(least: int, most: int, day: date) -> dict[str, Any]:
    """Somebody who turns `least` on the day; one who does so the day after, else one too old by a year."""
    youngest = _years_before(day, least)
    too_young = youngest + timedelta(days=1)
    too_old = _years_before(day, most + 1)
    pair = {PASSES: youngest, FAILS: too_young if least > 0 else too_old}
    return {name: born.isoformat() for name, born in pair.items() if born and born >= EARLIEST_BIRTH}


def _years_before(day: date, years: int) -> date:
    """Born then, somebody is exactly `years` old on `day`; who is born on 29 February waits for 1 March."""
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February in a common year
        return date(year, 2, 28)
