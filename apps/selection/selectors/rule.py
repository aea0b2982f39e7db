"""The rule: the live rows, the version in force, and where the two differ."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from apps.core.prepared import Given, prepared
from apps.programs.enums import TARGETS_CHOOSE
from apps.programs.models import InclusionTarget, Intake
from apps.programs.selectors import inclusion_mode_of
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import Criterion, ReviewAssignment
from apps.selection.enums import ProposalStatus
from apps.selection.models import CountryMinimum, RuleProposal, RuleVersion, SelectionRule
from apps.selection.rules.rule import Rule, RuleCriterion, differences, seats_wanted


def rule_of(intake: Intake) -> SelectionRule:
    """The stored rule, or the usual one (not saved) while nobody has set it."""
    return SelectionRule.objects.filter(intake=intake).first() or SelectionRule(intake=intake)


@prepared
def _versions() -> QuerySet[RuleVersion]:
    found = RuleVersion.objects.filter(rule__intake=Given("intake")).order_by("-number")
    return found.select_related("rule", "fixed_by", "approved_by")


def versions_of(intake: Intake) -> list[RuleVersion]:
    """Every version with its rule and people, the one in force first; one statement."""
    return _versions(intake=intake.pk)


def rule_in_force(intake: Intake) -> Rule:
    """What decides now: the newest version once the rule is fixed, else the live rows."""
    versions = versions_of(intake)
    return Rule.from_data(versions[0].data) if versions else live_rule(intake, rule_of(intake))


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rule that decides now, the version it is fixed in, and the lottery's seed once it is public."""

    rule: Rule
    version: RuleVersion | None
    seed: bytes


def ruling_of(intake: Intake) -> Ruling:
    """One statement once the rule is fixed."""
    versions = versions_of(intake)
    if versions:
        return Ruling(Rule.from_data(versions[0].data), versions[0], bytes.fromhex(versions[0].rule.seed))
    row = rule_of(intake)
    return Ruling(live_rule(intake, row), None, bytes.fromhex(row.seed))


def live_rule(intake: Intake, rule: SelectionRule) -> Rule:
    """What the rows say now. Once a rule is fixed they decide nothing any more."""
    mode = inclusion_mode_of(intake.program_id)
    return Rule(
        floor=Decimal(rule.floor),
        seats=intake.seats,
        waitlist_size=rule.waitlist_size,
        scores=rule.scores,
        method=rule.method,
        tie_break=rule.tie_break,
        waitlist_rule=rule.waitlist_rule,
        budget=rule.budget,
        cost_each=rule.cost_each,
        countries=_countries(rule),
        mode=mode,
        targets=_targets(intake) if mode in TARGETS_CHOOSE else {},
        criteria=_criteria(intake),
        reviews_each=intake.reviews_each,
    )


def rule_as_data(intake: Intake, rule: SelectionRule) -> dict[str, Any]:
    """The live rows as data: what the fingerprint is made of when the rule is fixed."""
    return live_rule(intake, rule).as_data()


def _countries(rule: SelectionRule) -> dict[str, tuple[int, int | None]]:
    rows = CountryMinimum.objects.filter(rule=rule.pk).values_list("country_id", "at_least", "cost_each")
    return {code: (at_least, cost) for code, at_least, cost in rows}


def _targets(intake: Intake) -> dict[str, int]:
    rows = InclusionTarget.objects.filter(intake=intake).values_list("group", "percent")
    return {group: seats_wanted(percent, intake.seats) for group, percent in rows}


def _criteria(intake: Intake) -> tuple[RuleCriterion, ...]:
    rows = Criterion.objects.filter(rubric__intake=intake).order_by("number")
    return tuple(RuleCriterion(each.title, each.weight, each.highest, each.is_independent) for each in rows)


def drift_of(intake: Intake) -> list[str]:
    """Fields in which the live rows have left the version in force behind; none before it is fixed."""
    versions = versions_of(intake)
    if not versions:
        return []
    return differences(Rule.from_data(versions[0].data), live_rule(intake, versions[0].rule))


def scores_seen(intake: Intake) -> int:
    """Submitted reviews of an intake at this moment; those that only practise do not count."""
    rows = ReviewAssignment.objects.counted().filter(application__intake=intake)
    return rows.filter(status=AssignmentStatus.SUBMITTED).count()


def open_proposal(intake: Intake) -> RuleProposal | None:
    """The change that waits for a second person; there is one at most."""
    waiting = RuleProposal.objects.filter(rule__intake=intake, status=ProposalStatus.PROPOSED)
    return waiting.select_related("rule", "proposed_by").first()


def closed_proposals(intake: Intake) -> QuerySet[RuleProposal]:
    """Changes that were asked for and did not come about, newest first."""
    ended = (ProposalStatus.REFUSED, ProposalStatus.WITHDRAWN)
    return RuleProposal.objects.filter(rule__intake=intake, status__in=ended).select_related(
        "proposed_by", "decided_by"
    )
