"""Changing a rule that is fixed: one person asks with a reason, another decides, everyone can read it."""

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.programs.models import Intake
from apps.programs.services.seats import set_seats
from apps.selection.enums import ProposalStatus, TieBreak
from apps.selection.events import (
    RuleChanged,
    RuleChangeProposed,
    RuleChangeRefused,
    RuleChangeWithdrawn,
)
from apps.selection.models import RuleProposal, RuleVersion, SelectionRule
from apps.selection.rules.fingerprint import fingerprint
from apps.selection.rules.rule import Rule, differences
from apps.selection.selectors import rule_in_force, scores_seen
from apps.selection.services.ruling import SETTINGS, write_settings
from apps.selection.services.seeds import commit_seed, is_over, reveal_seed, rule_for_update


@transaction.atomic
def propose_rule_change(*, intake: Intake, wanted: Rule, reason: str, actor: Actor) -> RuleProposal:
    """Ask for another rule in the place of the one in force. Whole, so that the second person decides
    on exactly what they read, whatever is edited elsewhere meanwhile.

    Raises Conflict while the rule is not fixed or another change waits, Invalid without a reason or a
    difference.
    """
    rule = rule_for_update(intake)
    if rule.locked_at is None:
        raise Conflict(_("The rule is not fixed yet: change it directly."))
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say why. Everyone can read it.")]})
    if not differences(rule_in_force(intake), wanted):
        raise Invalid(_("This is the rule in force. Change something first."))
    try:
        with transaction.atomic():
            proposal = RuleProposal.objects.create(
                rule=rule, values=wanted.as_data(), reason=reason, proposed_by_id=actor.person_id
            )
    except IntegrityError:
        raise Conflict(_("Another change waits for a second person. Decide on it first.")) from None
    publish(RuleChangeProposed(intake_id=intake.pk, proposal_id=proposal.pk), actor=actor)
    return proposal


@transaction.atomic
def approve_rule_change(*, proposal: RuleProposal, actor: Actor) -> RuleVersion:
    """Put a proposed rule into force as the next version, and into the live rows what people set there.

    Rows are locked in this order: intake, rule, proposal. Raises NotAllowed for who asked, Conflict
    when somebody decided before, Invalid when seats that are held would go. Twice by one person is once.
    """
    intake, rule, proposal = _locked(proposal)
    if proposal.status == ProposalStatus.APPROVED and proposal.decided_by_id == actor.user_id:
        return rule.versions.latest("number")
    _must_be_another(proposal, actor)
    change(proposal, to=ProposalStatus.APPROVED, decided_by_id=actor.person_id, decided_at=Now())
    before, wanted = rule_in_force(intake), Rule.from_data(proposal.values)
    if wanted.seats != before.seats:
        set_seats(intake=intake, seats=wanted.seats, actor=actor)
    write_settings(rule, {name: getattr(wanted, name) for name in SETTINGS}, wanted.countries)
    if wanted.tie_break == TieBreak.LOTTERY:
        commit_seed(intake=intake, actor=actor)
        if is_over(intake):
            reveal_seed(intake=intake, actor=actor)
    return _next_version(rule, intake, proposal, actor)


def _next_version(rule: SelectionRule, intake: Intake, proposal: RuleProposal, actor: Actor) -> RuleVersion:
    mark = fingerprint(proposal.values)
    SelectionRule.objects.filter(pk=rule.pk).update(fingerprint=mark)
    made = RuleVersion.objects.create(
        rule=rule,
        number=rule.versions.latest("number").number + 1,
        data=proposal.values,
        fingerprint=mark,
        fixed_at=Now(),
        scores_seen=scores_seen(intake),
        reason=proposal.reason,
        fixed_by_id=proposal.proposed_by_id,
        approved_by_id=actor.person_id,
    )
    publish(RuleChanged(intake_id=intake.pk, number=made.number, fingerprint=mark), actor=actor)
    return made


@transaction.atomic
def refuse_rule_change(*, proposal: RuleProposal, answer: str, actor: Actor) -> None:
    """The rule stays. Raises NotAllowed for who asked, Invalid without a word why, Conflict when over."""
    intake, _rule, proposal = _locked(proposal)
    _must_be_another(proposal, actor)
    if not answer.strip():
        raise Invalid(fields={"answer": [_("Say why not.")]})
    change(
        proposal,
        to=ProposalStatus.REFUSED,
        decided_by_id=actor.person_id,
        decided_at=Now(),
        answer=answer,
    )
    publish(RuleChangeRefused(intake_id=intake.pk, proposal_id=proposal.pk), actor=actor)


@transaction.atomic
def withdraw_rule_change(*, proposal: RuleProposal, actor: Actor) -> None:
    """Who asked no longer wants it. Raises NotAllowed for anybody else, Conflict when it is over."""
    intake, _rule, proposal = _locked(proposal)
    if proposal.proposed_by_id != actor.user_id:
        raise NotAllowed(_("Only who asked for this change can take it back."))
    change(proposal, to=ProposalStatus.WITHDRAWN, decided_by_id=actor.person_id, decided_at=Now())
    publish(RuleChangeWithdrawn(intake_id=intake.pk, proposal_id=proposal.pk), actor=actor)


def _locked(proposal: RuleProposal) -> tuple[Intake, SelectionRule, RuleProposal]:
    intake = Intake.objects.get(pk=SelectionRule.objects.values("intake").get(pk=proposal.rule_id)["intake"])
    rule = rule_for_update(intake)
    return intake, rule, RuleProposal.objects.select_for_update().get(pk=proposal.pk)


def _must_be_another(proposal: RuleProposal, actor: Actor) -> None:
    if proposal.proposed_by_id == actor.user_id:
        raise NotAllowed(_("You asked for this change. Another coordinator must decide on it."))
