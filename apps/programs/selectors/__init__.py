"""Reading programs and intakes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from apps.core.prepared import Given, hand_over, prepared
from apps.core.zones import zone_or
from apps.programs.enums import IntakeStatus
from apps.programs.models import EligibilityRule, Intake
from apps.programs.rules.eligibility import Result, Rule, assess
from apps.programs.selectors.inclusion import groups_that_count, inclusion_mode_of

__all__ = [
    "age_day",
    "catalogue",
    "check_eligibility",
    "groups_that_count",
    "inclusion_mode_of",
    "public_intake",
    "rule_from",
    "rules_of",
    "takes_applications",
]


def catalogue(*, kind: str = "", text: str = "") -> QuerySet[Intake]:
    """What is open now or opens later, for anyone to see."""
    found = Intake.objects.listed()
    if kind:
        found = found.filter(program__kind=kind)
    if text:
        words = {
            "title_text": Cast("program__title", TextField()),
            "say": Cast("program__summary", TextField()),
        }
        found = found.annotate(**words).filter(Q(title_text__icontains=text) | Q(say__icontains=text))
    return found


@prepared
def _public() -> QuerySet[Intake]:
    return (
        Intake.objects.filter(program__slug=Given("program"), slug=Given("intake"), program__is_listed=True)
        .exclude(status=IntakeStatus.DRAFT)
        .select_related("program__organisation", "program__country")
    )


@prepared
def _rules() -> QuerySet[EligibilityRule]:
    return EligibilityRule.objects.filter(intake=Given("intake"))


def public_intake(program_slug: str, intake_slug: str) -> Intake | None:
    """One intake's public page, its rules read; drafts and imported history have none."""
    found = _public.one(program=program_slug, intake=intake_slug)
    if found is not None:
        hand_over(found, "eligibility_rules", _rules(intake=found.pk))
    return found


def takes_applications(intake: Intake) -> bool:
    """By the server's clock, whatever the last sweep of the clock has done."""
    now = timezone.now()
    started = intake.opens_at is None or intake.opens_at <= now
    return (
        intake.status == IntakeStatus.OPEN and started and bool(intake.closes_at and now < intake.closes_at)
    )


def age_day(intake: Intake) -> date:
    """The day ages are measured on: the first day of the program, else the day it closes."""
    if intake.starts_on:
        return intake.starts_on
    closes = intake.closes_at or timezone.now()
    return timezone.localtime(closes, zone_or(intake.time_zone, "UTC")).date()


def rules_of(intake: Intake) -> list[EligibilityRule]:
    """The rules in their order; read once for a page that asks them and then judges the answers."""
    return list(intake.eligibility_rules.all())


def check_eligibility(intake: Intake, answers: Mapping[str, Any]) -> tuple[Result, list[EligibilityRule]]:
    """The finding for each rule, and the rules in their order."""
    rows = rules_of(intake)
    return assess([rule_from(row) for row in rows], answers, day=age_day(intake)), rows


def rule_from(row: EligibilityRule) -> Rule:
    return Rule(key=row.key, test=row.test, value=row.value)
