"""From sealed answers to the coarse classes figures are split by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.inclusion.rules.functioning import DOMAINS, all_refused, difficulty
from apps.inclusion.rules.residence import residence_class

GENDERS = {"woman": "woman", "man": "man", "another": "another", "pnts": "not_said", "not_said": "not_said"}
DECLARED = frozenset({"yes", "no", "not_said"})


@dataclass(frozen=True, slots=True)
class Classes:
    gender: str
    residence: str
    disability: str


MISSING = Classes("missing", "missing", "missing")


def classes_of(answers: Mapping[str, Any] | None) -> Classes:
    """Missing, prefer not to say and no stay three things."""
    if not answers:
        return MISSING
    return Classes(
        gender=GENDERS.get(str(answers.get("gender", "")), "missing"),
        residence=_residence(answers.get("residence")),
        disability=_disability(answers),
    )


def _residence(answer: Any) -> str:
    return "not_said" if answer == "not_said" else residence_class(str(answer) if answer else None)


def _disability(answers: Mapping[str, Any]) -> str:
    """A record's own word where there is one, else the Washington Group's six answers."""
    if answers.get("disability") in DECLARED:
        return str(answers["disability"])
    six = [answers.get(domain) for domain in DOMAINS]
    if all(answer is None for answer in six):
        return "missing"
    return "not_said" if all_refused(six) else str(difficulty(six))
