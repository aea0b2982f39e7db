"""Decisions that people take on the frozen choice, held until they are released together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import Outcome
from apps.applications.models import Application
from apps.applications.references import lacking_references
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish, publish_many
from apps.programs.models import Intake
from apps.selection.enums import DecisionStatus
from apps.selection.events import DecisionHeld
from apps.selection.models import Decision, FrozenChoice
from apps.selection.selectors import RANKED, in_force
from apps.selection.selectors.facts import Facts, facts_of
from apps.selection.services.freezing import choice_for_decisions
from apps.selection.services.undoing import require_possible


@dataclass(frozen=True, slots=True)
class Basis:
    """What every decision of one call rests on."""

    frozen: FrozenChoice | None
    facts: Mapping[int, Facts]
    reason: str
    person_id: int

    def values_for(self, pk: int, outcomes: Mapping[int, str]) -> dict[str, Any]:
        facts, outcome = self.facts[pk], outcomes[pk]
        return {
            "outcome": outcome,
            "reason": self.reason if facts.suggestion != outcome else "",
            "score": facts.score,
            "rank": facts.rank,
            "inputs": facts.inputs,
            "frozen": self.frozen,
            "decided_by_id": self.person_id,
        }


@transaction.atomic
def hold_decisions(
    *, intake: Intake, outcomes: Mapping[int, str], reason: str, actor: Actor
) -> list[Decision]:
    """Decide some applications of an intake; nobody outside staff sees it yet.

    Decisions rest on the frozen choice, and keep what of it concerns each person. A held decision may be
    changed until it is in a batch. What differs from the choice needs a reason. Locks: intake, then
    applications, then decisions, each in key order. Raises Invalid without a reason, Conflict for an
    application that cannot be decided or an intake whose choice is not frozen yet.
    """
    frozen = choice_for_decisions(intake=intake, actor=actor)
    _lock_applications(intake, outcomes)
    _must_have_references(outcomes)
    if not set(outcomes.values()) <= set(Outcome.values):
        raise Invalid(_("Choose an outcome."))
    basis = Basis(frozen, facts_of(intake, frozen, list(outcomes)), reason, actor.person_id)
    if not reason.strip() and any(basis.facts[pk].suggestion != wanted for pk, wanted in outcomes.items()):
        raise Invalid(fields={"reason": [_("Say why these differ from the suggestion.")]})
    decisions = _hold(outcomes, basis)
    events = [DecisionHeld(application_id=row.application_id, decision_id=row.pk) for row in decisions]
    publish_many(events, actor=actor)
    return decisions


def _lock_applications(intake: Intake, outcomes: Mapping[int, str]) -> None:
    allowed = set(
        Application.objects.filter(pk__in=outcomes, intake=intake, status__in=RANKED)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", flat=True)
    )
    if allowed != set(outcomes):
        raise Conflict(_("An application was withdrawn or changed meanwhile. Look at the list again."))


def _hold(outcomes: Mapping[int, str], basis: Basis) -> list[Decision]:
    """New decisions in one statement; those held before change one by one, which is rare."""
    current = {row.application_id: row for row in in_force(list(outcomes)).select_for_update()}
    for before in current.values():
        _must_be_changeable(before)
        Decision.objects.filter(pk=before.pk).update(**basis.values_for(before.application_id, outcomes))
    past = Decision.objects.filter(application__in=outcomes).values("application_id").annotate(n=Count("id"))
    versions = {row["application_id"]: row["n"] for row in past}
    new = [
        Decision(application_id=pk, version=versions.get(pk, 0) + 1, **basis.values_for(pk, outcomes))
        for pk in sorted(outcomes)
        if pk not in current
    ]
    return [*current.values(), *Decision.objects.bulk_create(new, batch_size=1000)]


def _must_be_changeable(before: Decision) -> None:
    if before.status == DecisionStatus.RELEASED:
        raise Conflict(_("One of these was released already. Correct it on its own page."))
    if before.batch_id is not None:
        raise Conflict(_("One of these waits in a batch. Cancel the batch first."))


def _must_have_references(outcomes: Mapping[int, str]) -> None:
    """Nobody is decided about while a reference the program asks for is missing (ADR 21)."""
    lacking = [row.reference for row in lacking_references(outcomes)]
    if lacking:
        message = _("References are missing: {numbers}. Wait for them, or go on without on the page of each.")
        raise Conflict(message.format(numbers=", ".join(lacking[:10])))


@transaction.atomic
def write_feedback(*, decision: Decision, text: str, actor: Actor) -> None:
    """What the applicant reads in a person's own words, until the decision is released."""
    rows = Decision.objects.filter(pk=decision.pk, status=DecisionStatus.HELD)
    if not rows.update(feedback=text.strip()):
        raise Conflict


@transaction.atomic
def correct_decision(*, decision: Decision, outcome: str, reason: str, actor: Actor) -> Decision:
    """A new version in the place of a released decision, held again until a batch releases it.

    The old one stays readable, and what it gave stays too until the correction is released. Raises
    Conflict for a decision nobody was told of yet, and where an answer stands in the way.
    """
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say what was wrong.")]})
    if outcome == decision.outcome:
        raise Invalid(fields={"outcome": [_("This is the decision already. Choose another one.")]})
    if decision.status != DecisionStatus.RELEASED:
        raise Conflict
    again = Decision(
        application_id=decision.application_id,
        version=decision.version + 1,
        outcome=outcome,
        reason=reason,
        feedback=decision.feedback,
        score=decision.score,
        rank=decision.rank,
        inputs=decision.inputs,
        frozen_id=decision.frozen_id,
        decided_by_id=actor.person_id,
    )
    require_possible([again])
    change(decision, to=DecisionStatus.CORRECTED)
    again.save()
    publish(DecisionHeld(application_id=again.application_id, decision_id=again.pk), actor=actor)
    return again
