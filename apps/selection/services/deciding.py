"""Decisions that are held until they are released together."""

from collections.abc import Mapping

from django.db import transaction
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
from apps.selection.models import Decision
from apps.selection.selectors import RANKED, in_force, ranking
from apps.selection.services.undoing import require_possible


@transaction.atomic
def hold_decisions(
    *, intake: Intake, outcomes: Mapping[int, str], reason: str, actor: Actor
) -> list[Decision]:
    """Decide some applications of an intake; nobody outside staff sees it yet.

    A held decision may be changed until it is in a batch. What differs from the ranking's suggestion
    needs a reason. Raises Invalid without one, Conflict for an application that cannot be decided.
    """
    places = {place.candidate.id: place for place in ranking(intake)}
    allowed = set(
        Application.objects.filter(pk__in=outcomes, intake=intake, status__in=RANKED)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", flat=True)
    )
    if allowed != set(outcomes):
        raise Conflict(_("An application was withdrawn or changed meanwhile. Look at the list again."))
    _must_have_references(outcomes)
    if not set(outcomes.values()) <= set(Outcome.values):
        raise Invalid(_("Choose an outcome."))
    surprising = [pk for pk, outcome in outcomes.items() if places[pk].suggestion != outcome]
    if surprising and not reason.strip():
        raise Invalid(fields={"reason": [_("Say why these differ from the suggestion.")]})
    current = {row.application_id: row for row in in_force(list(outcomes)).select_for_update()}
    decisions = []
    for pk, outcome in sorted(outcomes.items()):
        before = current.get(pk)
        _must_be_changeable(before)
        place = places[pk]
        values = {
            "outcome": outcome,
            "reason": reason if pk in surprising else "",
            "score": place.candidate.score,
            "rank": place.rank,
            "inputs": {"suggestion": place.suggestion, "reviews": place.candidate.reviews},
            "decided_by_id": actor.person_id,
        }
        if before is not None:
            Decision.objects.filter(pk=before.pk).update(**values)
            decisions.append(before)
        else:
            version = Decision.objects.filter(application_id=pk).count() + 1
            decisions.append(Decision.objects.create(application_id=pk, version=version, **values))
    publish_many(
        [DecisionHeld(application_id=row.application_id, decision_id=row.pk) for row in decisions],
        actor=actor,
    )
    return decisions


def _must_be_changeable(before: Decision | None) -> None:
    if before is not None and before.status == DecisionStatus.RELEASED:
        raise Conflict(_("One of these was released already. Correct it on its own page."))
    if before is not None and before.batch_id is not None:
        raise Conflict(_("One of these waits in a batch. Cancel the batch first."))


def _must_have_references(outcomes: Mapping[int, str]) -> None:
    """Nobody is decided about while a reference the program asks for is missing (ADR 21)."""
    lacking = [row.reference for row in lacking_references(outcomes)]
    if lacking:
        message = _("References are missing: {numbers}. Wait for them, or go on without on the page of each.")
        raise Conflict(message.format(numbers=", ".join(lacking[:10])))


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
        score=decision.score,
        rank=decision.rank,
        inputs=decision.inputs,
        decided_by_id=actor.person_id,
    )
    require_possible([again])
    change(decision, to=DecisionStatus.CORRECTED)
    again.save()
    publish(DecisionHeld(application_id=again.application_id, decision_id=again.pk), actor=actor)
    return again
