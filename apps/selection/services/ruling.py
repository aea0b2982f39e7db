"""The rule that chooses: set while it is open, then fixed before anybody can read and score."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.events.services import publish
from apps.programs.models import Intake
from apps.selection.enums import Method, ScoreKind, TieBreak, WaitlistRule
from apps.selection.events import RuleLocked
from apps.selection.models import CountryMinimum, RuleVersion, SelectionRule
from apps.selection.rules.fingerprint import fingerprint
from apps.selection.selectors import rule_as_data, scores_seen
from apps.selection.services.seeds import commit_seed, is_over, reveal_seed, rule_for_update

#: Columns of the rule that people set; the rest is kept by services.
SETTINGS = (
    *("floor", "waitlist_size", "scores", "method", "tie_break", "waitlist_rule"),
    *("budget", "cost_each"),
)
#: For a country: places at least, and what one there costs if not as usual.
Countries = Mapping[str, tuple[int, int | None]]


@transaction.atomic
def set_rule(
    *,
    intake: Intake,
    floor: Decimal | int,
    waitlist_size: int,
    scores: str = ScoreKind.RAW,
    method: str = Method.ONE_TO_ALL,
    tie_break: str = TieBreak.LOTTERY,
    waitlist_rule: str = WaitlistRule.IN_ORDER,
    budget: int | None = None,
    cost_each: int = 0,
    countries: Countries | None = None,
    version: int | None = None,
    actor: Actor,
) -> SelectionRule:
    """Replace the rule while it is not fixed. A lottery's seed is promised at once.

    `version` is the one the coordinator saw. Raises Conflict when the rule is fixed or a rival was faster.
    """
    rule = rule_for_update(intake)
    if rule.locked_at is not None:
        raise Conflict(_("The rule is locked: it was fixed before scores were seen."))
    if version is not None and version != rule.version:
        raise Conflict
    values = {
        "floor": floor,
        "waitlist_size": waitlist_size,
        "scores": scores,
        "method": method,
        "tie_break": tie_break,
        "waitlist_rule": waitlist_rule,
        "budget": budget,
        "cost_each": cost_each,
    }
    write_settings(rule, values, countries or {})
    if tie_break == TieBreak.LOTTERY:
        commit_seed(intake=intake, actor=actor)
    rule.refresh_from_db()
    return rule


def write_settings(rule: SelectionRule, values: Mapping[str, object], countries: Countries) -> None:
    """Put these in place of what the locked rule said."""
    SelectionRule.objects.filter(pk=rule.pk).update(**values, version=rule.version + 1)
    CountryMinimum.objects.filter(rule=rule).delete()
    CountryMinimum.objects.bulk_create(
        [
            CountryMinimum(rule=rule, country_id=code, at_least=at_least, cost_each=cost)
            for code, (at_least, cost) in sorted(countries.items())
        ]
    )


@transaction.atomic
def lock_rule(*, intake: Intake, actor: Actor) -> SelectionRule:
    """Fix the rule as version 1. Its fingerprint proves later that nobody touched it. Twice is once.

    A lottery that nobody promised a seed for is promised one now, and applicants are told when that
    was. Where applications have closed already the seed is opened too.
    """
    rule = rule_for_update(intake)
    if rule.locked_at is not None:
        return rule
    intake = Intake.objects.get(pk=intake.pk)
    if rule.tie_break == TieBreak.LOTTERY:
        rule = commit_seed(intake=intake, actor=actor)
        if is_over(intake):
            reveal_seed(intake=intake, actor=actor)
    data = rule_as_data(intake, rule)
    mark = fingerprint(data)
    SelectionRule.objects.filter(pk=rule.pk).update(locked_at=Now(), fingerprint=mark)
    RuleVersion.objects.create(
        rule=rule,
        number=1,
        data=data,
        fingerprint=mark,
        fixed_at=Now(),
        scores_seen=scores_seen(intake),
        fixed_by_id=actor.user_id,
    )
    publish(RuleLocked(intake_id=intake.pk, fingerprint=mark), actor=actor)
    rule.refresh_from_db()
    return rule
