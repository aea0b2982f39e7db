"""What else is open to somebody, and whether the rules of an intake are shown to work."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core.dates import day_in_words
from apps.core.texts import say
from apps.places.models import Country
from apps.places.selectors import country_names
from apps.programs.enums import IntakeStatus, RuleAnswer
from apps.programs.models import EligibilityRule, Intake
from apps.programs.rules.alternatives import Asked, judged_elsewhere
from apps.programs.rules.eligibility import Finding
from apps.programs.rules.examples import Shown, coverage
from apps.programs.selectors import age_day, catalogue, rule_from, takes_applications

#: More than this nobody reads; and the page stays fast whatever the catalogue holds.
MOST_COMPARED, MOST_SHOWN = 60, 5


@dataclass(frozen=True, slots=True)
class Alternative:
    """`unanswered` counts the questions of that intake which the answers so far say nothing about."""

    intake: Intake
    unanswered: int


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    row: EligibilityRule
    passing: Shown
    failing: Shown

    @property
    def is_good(self) -> bool:
        return self.passing.is_good and self.failing.is_good


@dataclass(frozen=True, slots=True)
class UnmetRule:
    """A stated rule, why it matters, and what was answered, in words of the reader's language."""

    key: str
    question: Mapping[str, str]
    unmet: Mapping[str, str]
    answer: str


def unmet_rules(intake: Intake, keys: Iterable[str], answers: Mapping[str, Any]) -> list[UnmetRule]:
    """In the order of the rules; one that is gone since is left out. One statement."""
    rows = intake.eligibility_rules.filter(key__in=list(keys))
    return [UnmetRule(row.key, row.question, row.unmet, in_words(row, answers.get(row.key))) for row in rows]


def in_words(row: EligibilityRule, answer: Any) -> str:
    """An answer to the question of a rule; one of another shape, which the API lets in, as it was given."""
    return "" if answer in (None, "") else WORDS[RuleAnswer(row.answer)](row, answer)


def _yes_or_no(_row: EligibilityRule, answer: Any) -> str:
    return {"True": _("Yes"), "False": _("No")}.get(str(answer), str(answer))


def _chosen(row: EligibilityRule, answer: Any) -> str:
    labels = {each["value"]: each["label"] for each in row.options}
    return say(labels.get(str(answer), {}), get_language() or "en") or str(answer)


def _country(_row: EligibilityRule, answer: Any) -> str:
    return country_names([str(answer)]).get(str(answer), str(answer))


def _day(_row: EligibilityRule, answer: Any) -> str:
    try:
        return day_in_words(date.fromisoformat(str(answer)))
    except ValueError:
        return str(answer)


def _number(_row: EligibilityRule, answer: Any) -> str:
    if not isinstance(answer, int | float):
        return str(answer)
    return number_format(int(answer) if float(answer).is_integer() else answer)


WORDS: Mapping[RuleAnswer, Callable[[EligibilityRule, Any], str]] = {
    RuleAnswer.YES_NO: _yes_or_no,
    RuleAnswer.ONE_CHOICE: _chosen,
    RuleAnswer.COUNTRY: _country,
    RuleAnswer.BIRTH_DATE: _day,
    RuleAnswer.NUMBER: _number,
}


def open_to(intake: Intake, rows: Iterable[EligibilityRule], answers: Mapping[str, Any]) -> list[Alternative]:
    """Other open intakes with no rule that these answers fail; those that fit already come first."""
    known = [_asked(row) for row in rows]
    others = catalogue().filter(status=IntakeStatus.OPEN).exclude(pk=intake.pk)
    found = []
    for other in others.order_by("closes_at", "pk").prefetch_related("eligibility_rules")[:MOST_COMPARED]:
        asked = [_asked(row) for row in other.eligibility_rules.all()]
        result = judged_elsewhere(known, answers, asked, day=age_day(other))
        if takes_applications(other) and not result.not_met:
            unanswered = list(result.findings.values()).count(Finding.NOT_ANSWERED)
            found.append(Alternative(other, unanswered))
    return sorted(found, key=lambda each: each.unanswered)[:MOST_SHOWN]


def still_open(ids: Iterable[int]) -> list[Intake]:
    """Of intakes somebody was shown, those that take applications now, in the order shown."""
    wanted = list(ids)
    found = {each.pk: each for each in catalogue().filter(pk__in=wanted) if takes_applications(each)}
    return [found[pk] for pk in wanted if pk in found]


def _asked(row: EligibilityRule) -> Asked:
    return Asked(rule=rule_from(row), answer=row.answer)


def coverage_of(intake: Intake) -> list[RuleCoverage]:
    """Every rule with its passing and its failing example, tried on the rule as it is now."""
    rows = list(intake.eligibility_rules.all())
    countries = _countries() if any(row.answer == RuleAnswer.COUNTRY for row in rows) else []
    day = age_day(intake)
    return [
        RuleCoverage(
            row, *coverage(rule_from(row), stated=row.examples, choices=_choices(row, countries), day=day)
        )
        for row in rows
    ]


def uncovered(intake: Intake) -> int:
    """How many rules lack an example that shows what they do."""
    return sum(not each.is_good for each in coverage_of(intake))


def _countries() -> list[str]:
    """Ours first: a proposal people know is easier to judge."""
    return list(Country.objects.order_by("-is_member", "code").values_list("code", flat=True))


def _choices(row: EligibilityRule, countries: list[str]) -> list[Any]:
    if row.answer == RuleAnswer.YES_NO:
        return [True, False]
    if row.answer == RuleAnswer.ONE_CHOICE:
        return [each["value"] for each in row.options]
    return countries if row.answer == RuleAnswer.COUNTRY else []
