"""The rule that chooses, as one value: read from its stored data, and written back the same for ever."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import ROUND_CEILING, Decimal
from typing import Any

#: What the first rules, kept before there was a choice of these, meant by their words.
OLD_TIE_BREAKS = {"sent first": "sent_first"}


@dataclass(frozen=True, slots=True)
class RuleCriterion:
    """`title` in every language it has. An independent criterion never counts in the score."""

    title: Mapping[str, str]
    weight: Decimal
    highest: int
    independent: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Everything that decides who gets a place.

    `floor` is a mean weighted score from 0 to 100. `countries` says for a country's code how many
    places it gets at least, and what one there costs if not `cost_each`; `budget` and costs are in
    whole units of the program's currency. `targets` says for a group how many places are wanted: only
    while `mode` lets targets have a part. `reviews_each` is 0 where an old version does not tell.
    """

    floor: Decimal
    seats: int
    waitlist_size: int
    scores: str = "raw"
    method: str = "one_to_all"
    tie_break: str = "lottery"
    waitlist_rule: str = "in_order"
    budget: int | None = None
    cost_each: int = 0
    countries: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    mode: str = "outreach_only"
    targets: Mapping[str, int] = field(default_factory=dict)
    criteria: tuple[RuleCriterion, ...] = ()
    reviews_each: int = 0

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rule":
        """The rule that `as_data` wrote, now or in the days when it had fewer fields."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in data.items() if name in known}
        old = data.get("tie_break", "lottery")
        values["tie_break"] = OLD_TIE_BREAKS.get(old, old)
        values["floor"] = Decimal(data["floor"])
        values["countries"] = {code: (pair[0], pair[1]) for code, pair in data.get("countries", {}).items()}
        values["criteria"] = tuple(_criterion(each) for each in data.get("criteria", ()))
        return cls(**values)

    def as_data(self) -> dict[str, Any]:
        """Plain values in one spelling, so that equal rules have equal fingerprints."""
        return {
            "floor": f"{self.floor:.3f}",
            "seats": self.seats,
            "waitlist_size": self.waitlist_size,
            "scores": str(self.scores),
            "method": str(self.method),
            "tie_break": str(self.tie_break),
            "waitlist_rule": str(self.waitlist_rule),
            "budget": self.budget,
            "cost_each": self.cost_each,
            "countries": {code: list(pair) for code, pair in sorted(self.countries.items())},
            "mode": str(self.mode),
            "targets": dict(sorted(self.targets.items())),
            "criteria": [
                {
                    "title": dict(sorted(each.title.items())),
                    "weight": f"{each.weight:.2f}",
                    "highest": each.highest,
                    "independent": each.independent,
                }
                for each in self.criteria
            ],
            "reviews_each": self.reviews_each,
        }


def _criterion(data: Mapping[str, Any]) -> RuleCriterion:
    title = data["title"]
    return RuleCriterion(
        title={"en": title} if isinstance(title, str) else dict(title),
        weight=Decimal(data["weight"]),
        highest=data["highest"],
        independent=data.get("independent", False),
    )


def seats_wanted(percent: Decimal, seats: int) -> int:
    """A target in places: a share of the seats, rounded up so that the share is reached."""
    return int((percent * seats / 100).to_integral_value(ROUND_CEILING))


def differences(before: Rule, after: Rule) -> list[str]:
    """Names of the fields in which two rules are not the same, in the order of the rule."""
    old, new = before.as_data(), after.as_data()
    return [name for name in old if old[name] != new[name]]
