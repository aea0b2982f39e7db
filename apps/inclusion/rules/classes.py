"""From sealed answers to the coarse classes figures are split by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.inclusion.rules.ages import age_band, is_minor
from apps.inclusion.rules.functioning import DOMAINS, TEEN, CutOff, Status, all_refused, difficulty
from apps.inclusion.rules.residence import NOWHERE, Place, residence_of

GENDERS = {"woman": "woman", "man": "man", "another": "another", "pnts": "not_said", "not_said": "not_said"}
DECLARED = frozenset({"yes", "no", "not_said"})


@dataclass(frozen=True, slots=True)
class Classes:
    """Of one person on the day they applied. `disability` is by SS3; SS1, SS2 and SS4 are for sensitivity."""

    gender: str = "missing"
    residence: str = "missing"
    residence_basis: str = ""
    residence_conflict: bool | None = None
    disability: str = "missing"
    ss1: str = Status.UNKNOWN.value
    ss2: str = Status.UNKNOWN.value
    ss4: str = Status.UNKNOWN.value
    age_band: str = "missing"


MISSING = Classes()


def classes_of(
    answers: Mapping[str, Any] | None,
    *,
    place: Place = NOWHERE,
    born_on: date | None = None,
    on: date | None = None,
) -> Classes:
    """Missing, prefer not to say and no stay three things; the age is of the application, not of the answers.

    `answers` may name its `instrument`: what somebody said at 17 is no reading for adults a year later.
    """
    band = age_band(born_on, on)
    if not answers:
        return Classes(age_band=band)
    residence = residence_of(str(answers.get("residence") or ""), place)
    six = [answers.get(domain) for domain in DOMAINS]
    is_adult = not is_minor(born_on, on) and answers.get("instrument") != TEEN
    return Classes(
        gender=GENDERS.get(str(answers.get("gender", "")), "missing"),
        residence=residence.value,
        residence_basis=residence.basis,
        residence_conflict=residence.conflict,
        disability=_disability(answers, six, is_adult),
        ss1=_sensitivity(six, CutOff.SS1, is_adult),
        ss2=_sensitivity(six, CutOff.SS2, is_adult),
        ss4=_sensitivity(six, CutOff.SS4, is_adult),
        age_band=band,
    )


def _disability(answers: Mapping[str, Any], six: list[Any], is_adult: bool) -> str:
    """A record's own word where there is one, else the Washington Group's six answers."""
    if answers.get("disability") in DECLARED:
        return str(answers["disability"])
    if all(answer is None for answer in six):
        return "missing"
    if all_refused(six):
        return "not_said"
    return str(difficulty(six)) if is_adult else Status.UNKNOWN.value


def _sensitivity(six: list[Any], cut_off: CutOff, is_adult: bool) -> str:
    return str(difficulty(six, cut_off)) if is_adult else Status.UNKNOWN.value
