"""Whether someone may apply, rule by rule, with the reason for each rule not met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from apps.core.ages import age_on


class Finding(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_ANSWERED = "not_answered"


@dataclass(frozen=True, slots=True)
class Rule:
    """`test` and `value` are those of programs.EligibilityRule; see `passes` for their shapes."""

    key: str
    test: str
    value: Any


@dataclass(frozen=True, slots=True)
class Result:
    findings: Mapping[str, Finding]

    @property
    def is_met(self) -> bool:
        return all(finding == Finding.MET for finding in self.findings.values())

    @property
    def not_met(self) -> list[str]:
        return [key for key, finding in self.findings.items() if finding == Finding.NOT_MET]


def passes(test: str, value: Any, answer: Any, day: date) -> bool:
    """Whether one answer passes. Shapes of `value`: is → the wanted answer; one_of → a list;
    at_least, at_most → a number; age_between → [least, most] in completed years on `day`.
    """
    if test == "is":
        return bool(answer == value)
    if test == "one_of":
        return answer in value
    if test == "at_least":
        return float(answer) >= float(value)
    if test == "at_most":
        return float(answer) <= float(value)
    if test == "age_between":
        least, most = value
        return int(least) <= age_on(date.fromisoformat(str(answer)), day) <= int(most)
    raise ValueError(f"unknown test {test}")


def assess(rules: Sequence[Rule], answers: Mapping[str, Any], *, day: date) -> Result:
    """Every rule's finding. An answer nobody can read counts as not answered, never as not met."""
    findings = {}
    for rule in rules:
        answer = answers.get(rule.key)
        if answer in (None, ""):
            findings[rule.key] = Finding.NOT_ANSWERED
            continue
        try:
            good = passes(rule.test, rule.value, answer, day)
        except (TypeError, ValueError):
            findings[rule.key] = Finding.NOT_ANSWERED
            continue
        findings[rule.key] = Finding.MET if good else Finding.NOT_MET
    return Result(findings)
