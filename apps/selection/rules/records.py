"""A choice kept so that it can be made again: what it was made from, by what, and what came out.

A record is plain data for JSON with whole numbers and text only, sorted so that equal content is equal
text, under a digest. It has numbers of applications and groups that have targets, so it is as confidential
as the declarations it comes from.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from apps.selection.rules.choosing import break_ties_by_targets, choose
from apps.selection.rules.ranking import fingerprint
from apps.selection.rules.terms import Candidate, Choice, Terms

VERSION = 1
#: How a choice can be made; the name is part of the record.
WAYS = {"choose": choose, "break_ties_by_targets": break_ties_by_targets}


class Unreadable(ValueError):
    """The record was changed after it was written, or is of a version this program does not know."""


def dump(
    candidates: Sequence[Candidate], terms: Terms, choice: Choice, *, way: str = "choose"
) -> dict[str, Any]:
    content = {
        "version": VERSION,
        "way": way,
        "candidates": [_candidate(each) for each in sorted(candidates, key=lambda each: each.order)],
        "terms": _terms(terms),
        "choice": _choice(choice),
    }
    return content | {"digest": fingerprint(content)}


def load(record: Mapping[str, Any]) -> tuple[tuple[Candidate, ...], Terms, Choice]:
    """Raises Unreadable."""
    content = {name: value for name, value in record.items() if name != "digest"}
    if content.get("version") != VERSION or content.get("way") not in WAYS:
        raise Unreadable(f"Version {content.get('version')!r} of a choice is not known.")
    if fingerprint(content) != record.get("digest"):
        raise Unreadable("The record is not what it was when it was written.")
    return (
        tuple(_read_candidate(each) for each in content["candidates"]),
        _read_terms(content["terms"]),
        _read_choice(content["choice"]),
    )


def replay(record: Mapping[str, Any], *, seconds: float = 60.0) -> Choice:
    """Choose again. Equal to the stored choice if that was proven: one list only can be the result.

    Raises Unreadable.
    """
    candidates, terms, _choice = load(record)
    return WAYS[record["way"]](candidates, terms, seconds=seconds)


def holds(record: Mapping[str, Any], *, seconds: float = 60.0) -> bool:
    """Whether choosing again gives the stored choice. Raises Unreadable."""
    _candidates, _terms, stored = load(record)
    return replay(record, seconds=seconds) == stored


def _candidate(each: Candidate) -> list[Any]:
    return [each.id, each.merit, each.order, sorted(each.groups), each.country, each.cost]


def _read_candidate(row: Sequence[Any]) -> Candidate:
    number, merit, order, groups, country, cost = row
    return Candidate(number, merit, order, frozenset(groups), country, cost)


def _terms(terms: Terms) -> dict[str, Any]:
    return {
        "seats": terms.seats,
        "floor": terms.floor,
        "targets": dict(sorted(terms.targets.items())),
        "minima": dict(sorted(terms.minima.items())),
        "budget": terms.budget,
        "method": terms.method,
        "included": sorted(terms.included),
        "excluded": sorted(terms.excluded),
    }


def _read_terms(data: Mapping[str, Any]) -> Terms:
    people = {name: frozenset(data[name]) for name in ("included", "excluded")}
    return Terms(**{**data, **people})


def _choice(choice: Choice) -> dict[str, Any]:
    """Keys of JSON are text and a gap is no whole number: people in pairs, the gap as text."""
    return {
        "chosen": list(choice.chosen),
        "shortfall": dict(sorted(choice.shortfall.items())),
        "total_shortfall": choice.total_shortfall,
        "merit": choice.merit,
        "is_proven": choice.is_proven,
        "gap": repr(float(choice.gap)),
        "counted_for": [[number, group] for number, group in sorted(choice.counted_for.items())],
    }


def _read_choice(data: Mapping[str, Any]) -> Choice:
    read = {
        "chosen": tuple(data["chosen"]),
        "gap": float(data["gap"]),
        "counted_for": dict(data["counted_for"]),
    }
    return Choice(**{**data, **read})
