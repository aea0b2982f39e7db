"""Every figure a release should have, counted one participation after the other."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tests.inclusion.real.source import STAGES, Participation

#: Scope, its key, stage, dimension, group.
Key = tuple[str, str, str, str, str]
#: What is told of everything, with the classes that make each group.
GROUPS = {
    ("gender", "woman"): ("woman",),
    ("gender", "other"): ("man", "another"),
    ("gender", "not_stated"): ("missing", "not_said"),
    ("residence", "rural"): ("rural",),
    ("residence", "other"): ("town", "city"),
    ("residence", "not_stated"): ("missing", "not_said"),
    ("disability", "yes"): ("yes",),
    ("disability", "no"): ("no",),
    ("disability", "not_stated"): ("missing", "not_said", "unknown"),
    ("age", "under_25"): ("under_25",),
    ("age", "other"): ("25_34", "over_34"),
    ("age", "not_stated"): ("missing",),
}
#: What is told as well of the whole, kinds and programs.
DETAILS = [
    *(("gender", "man"), ("gender", "another"), ("residence", "town"), ("residence", "city")),
    *(("age", "25_34"), ("age", "over_34")),
]
#: Why people are silent, of the whole and of kinds.
SILENCE = [
    *(("silence_gender", "not_said"), ("silence_gender", "missing")),
    *(("silence_residence", "not_said"), ("silence_residence", "missing")),
    *(("silence_disability", reason) for reason in ("not_said", "missing", "unknown")),
]
#: Two identities at once and all three, of the whole.
CROSSED = [
    *(("gender+residence", f"{one}+{two}") for one in ("woman", "other") for two in ("rural", "other")),
    *(("gender+disability", f"{one}+{two}") for one in ("woman", "other") for two in ("yes", "no")),
    *(("residence+disability", f"{one}+{two}") for one in ("rural", "other") for two in ("yes", "no")),
    ("gender+residence+disability", "woman+rural+yes"),
    ("gender+residence+disability", "stated"),
]
OF_ALL = [("", ""), *GROUPS]
TOLD_AT = {
    "all": [*OF_ALL, *DETAILS, *SILENCE, *CROSSED],
    "kind": [*OF_ALL, *DETAILS, *SILENCE],
    "country": OF_ALL,
    "program": [*OF_ALL, *DETAILS],
    "intake": OF_ALL,
}
IDENTITIES = ("gender", "residence", "disability")


def figures(people: Iterable[Participation], until: date) -> dict[Key, int]:
    """Everyone who came to a stage until a day. Nought where nobody did, as long as somebody is in the scope."""
    counted: Counter[Key] = Counter()
    scopes: set[tuple[str, str]] = set()
    for each in people:
        places = _places(each)
        came = [stage for stage in STAGES if stage in each.days and each.days[stage] <= until]
        for scope in _scopes(each) if came else ():
            scopes.add(scope)
            counted.update((*scope, stage, *place) for stage in came for place in places)
    told = {(*scope, stage, *place) for scope in scopes for stage in STAGES for place in TOLD_AT[scope[0]]}
    return {key: counted[key] for key in told}


def _scopes(each: Participation) -> list[tuple[str, str]]:
    intake = f"{each.program}/{each.intake}"
    named = {"kind": each.kind, "country": each.country, "program": each.program, "intake": intake}
    return [("all", ""), *named.items()]


def _places(each: Participation) -> list[tuple[str, str]]:
    """Dimension and group of every figure that counts this person, wherever it is told."""
    mine = [(name, group) for (name, group), classes in GROUPS.items() if getattr(each, name) in classes]
    mine += [(name, group) for name, group in DETAILS if getattr(each, name) == group]
    mine += [(name, reason) for name, reason in SILENCE if getattr(each, name[8:]) == reason]
    alone = {name: group for name, group in mine if name in IDENTITIES and (name, group) in GROUPS}
    stated = {name: group for name, group in alone.items() if group != "not_stated"}
    mine += [place for place in CROSSED if place[1] == "+".join(_in(stated, place[0].split("+")))]
    everything = ("gender+residence+disability", "stated")
    return [("", ""), *mine, *([everything] if len(stated) == len(IDENTITIES) else [])]


def _in(stated: dict[str, str], names: Sequence[str]) -> Iterator[str]:
    """The group in each of these dimensions, as long as all of them were answered."""
    return (stated[name] for name in names) if set(names) <= stated.keys() else iter(())


def apart(people: Iterable[Participation], until: date) -> dict[tuple[str, str, str], int]:
    """Counts of the whole that add up with no others. Nobody was asked by us, nor answered the six questions:
    a record's own word about a disability stands for the third cut-off. The lists of places say nothing.
    """
    found: Counter[tuple[str, str, str]] = Counter()
    persons: set[tuple[str, str]] = set()
    for each in people:
        for stage in (stage for stage, day in each.days.items() if day <= until):
            found[stage, "sensitivity", "ss3"] += each.disability == "yes"
            persons.add((stage, each.person))
    found.update((stage, "people", "") for stage, _person in persons)
    nobody = [
        *(("asked", "yes"), ("answered", "yes"), ("residence_conflict", "yes"), ("residence_conflict", "no")),
        *(("sensitivity", cut_off) for cut_off in ("ss1", "ss2", "ss3", "ss4")),
        ("people", ""),
    ]
    return {(stage, *place): found[stage, *place] for stage in STAGES for place in nobody}


def least(key: Key) -> int:
    """How many people a figure must count to be told: ten with sensitive answers, and where a total stands
    beside them; else five.
    """
    _scope, _scope_key, _stage, dimension, group = key
    is_sensitive = "disability" in dimension or dimension == "sensitivity" or group == "another"
    return 10 if is_sensitive or not dimension else 5


def to_fives(number: int) -> int:
    """The nearest multiple of five: a whole number never lies in the middle of two."""
    return 5 * ((number + 2) // 5)
