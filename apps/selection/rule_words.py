"""A rule's fields in words of staff, for pages that show what differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.texts import say
from apps.places.selectors import country_names
from apps.programs.enums import InclusionGroup, InclusionMode
from apps.selection.enums import Method, ScoreKind, TieBreak, WaitlistRule
from apps.selection.rules.rule import Rule, RuleCriterion, differences

LABELS: dict[str, Promise] = {
    "floor": gettext_lazy("Lowest score that can be chosen"),
    "seats": gettext_lazy("Seats"),
    "waitlist_size": gettext_lazy("Places on the waitlist"),
    "scores": gettext_lazy("Which scores count"),
    "method": gettext_lazy("How a person in several groups counts"),
    "tie_break": gettext_lazy("Order of equal scores"),
    "waitlist_rule": gettext_lazy("Who gets a place that becomes free"),
    "budget": gettext_lazy("Most that all places may cost together"),
    "cost_each": gettext_lazy("What one place costs"),
    "countries": gettext_lazy("Places for countries"),
    "mode": gettext_lazy("What the money may do about targets"),
    "targets": gettext_lazy("Targets, in places"),
    "criteria": gettext_lazy("Criteria"),
    "reviews_each": gettext_lazy("Readers for each application"),
}
CHOICES: dict[str, Any] = {
    "scores": ScoreKind,
    "method": Method,
    "tie_break": TieBreak,
    "waitlist_rule": WaitlistRule,
    "mode": InclusionMode,
}


@dataclass(frozen=True, slots=True)
class Difference:
    label: str | Promise
    before: str
    after: str


def differing(before: Rule, after: Rule, names: Iterable[str] | None = None) -> list[Difference]:
    """What is not the same, each in words; only `names` where told."""
    found = differences(before, after) if names is None else names
    return [Difference(LABELS[name], words_of(before, name), words_of(after, name)) for name in found]


def words_of(rule: Rule, name: str) -> str:
    value = getattr(rule, name)
    if name in CHOICES:
        return str(dict(CHOICES[name].choices).get(value, value))
    if name == "countries":
        return _of_countries(value)
    if name == "targets":
        labels = dict(InclusionGroup.choices)
        known = [group for group in labels if group in value]
        return ", ".join(f"{labels[group]}: {value[group]}" for group in known) or "–"
    if name == "criteria":
        return ", ".join(map(_of_criterion, value)) or "–"
    return "–" if value is None else f"{value:.2f}" if name == "floor" else f"{value:,}"


def _of_countries(countries: Any) -> str:
    names = country_names(countries) if countries else {}
    told = []
    for code, (at_least, cost) in sorted(countries.items()):
        price = "" if cost is None else _(" ({cost} each)").format(cost=f"{cost:,}")
        told.append(f"{names.get(code, code)}: {at_least}{price}")
    return ", ".join(told) or "–"


def _of_criterion(criterion: RuleCriterion) -> str:
    counted = _("not counted") if criterion.independent else f"× {criterion.weight.normalize():f}"
    return f"{say(criterion.title, 'en')} {counted}"
