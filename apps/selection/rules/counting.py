"""What a list of people leaves wanting, counted in whole numbers and apart from any solver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.selection.rules.terms import ONE_TO_ONE, Candidate, Terms, country_key


@dataclass(frozen=True, slots=True)
class Count:
    shortfall: Mapping[str, int]
    counted_for: Mapping[int, str]

    @property
    def total(self) -> int:
        return sum(self.shortfall.values())


def count(chosen: Sequence[Candidate], terms: Terms) -> Count:
    """`chosen` in ranking order. One-to-one counts a person for one target, every other method for all theirs.

    Minima of countries count everybody from there, whatever target their seat counts for.
    """
    matched = match(chosen, terms.targets) if terms.method == ONE_TO_ONE else {}
    shortfall = {}
    for group, wanted in sorted(terms.targets.items()):
        members = sum(group in each.groups for each in chosen)
        have = list(matched.values()).count(group) if terms.method == ONE_TO_ONE else members
        shortfall[group] = max(0, wanted - have)
    for country, wanted in sorted(terms.minima.items()):
        have = sum(each.country == country for each in chosen)
        shortfall[country_key(country)] = max(0, wanted - have)
    return Count(shortfall, matched)


def match(chosen: Sequence[Candidate], targets: Mapping[str, int]) -> dict[int, str]:
    """As many people as possible, each counted for one target (augmenting paths).

    Repeatable: people are taken in ranking order and targets in alphabetical order, and nobody counted once
    is dropped again, so those counted are the best placed who can be.
    """
    counted: dict[str, list[Candidate]] = {group: [] for group, wanted in targets.items() if wanted}
    for person in chosen:
        _place(person, counted, targets, set())
    found = {person.id: group for group, people in counted.items() for person in people}
    return {person.id: found[person.id] for person in chosen if person.id in found}


def _place(
    person: Candidate, counted: dict[str, list[Candidate]], targets: Mapping[str, int], seen: set[str]
) -> bool:
    """Count this person for a target, moving others to another of their targets where that makes room."""
    for group in sorted(person.groups & counted.keys() - seen):
        seen.add(group)
        people = counted[group]
        if len(people) < targets[group]:
            people.append(person)
            return True
        for number, other in enumerate(people):
            if _place(other, counted, targets, seen):
                people[number] = person
                return True
    return False
