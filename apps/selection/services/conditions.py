"""What must be true before a place is final: set while a decision is held, settled after the offer."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import Outcome
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish, publish_many
from apps.programs.models import Intake
from apps.selection.enums import (
    CONDITION_NEEDS_A_REASON,
    HOLDS_A_SEAT,
    ConditionStatus,
    DecisionStatus,
    OfferStatus,
)
from apps.selection.events import ConditionSettled, ConditionsMet, ConditionsSet, OfferRescinded
from apps.selection.models import Decision, Offer, OfferCondition
from apps.selection.selectors import has_open_conditions
from apps.selection.services.locking import lock_with_intake
from apps.selection.services.seats import free_seat

MOST_CONDITIONS, LONGEST_CONDITION = 20, 500
#: A person who waits may be offered a place later, under the same conditions.
BINDABLE = (Outcome.OFFER, Outcome.WAITLIST)


@transaction.atomic
def set_conditions(*, decisions: Sequence[Decision], texts: Sequence[str], actor: Actor) -> None:
    """Bind held decisions to these conditions, in the place of those they had. An empty list frees them.

    Locks the intake and then the decisions, as a release does: either it carries the new conditions or
    this raises Conflict, because people were told. Raises Invalid for a condition that is empty or too
    long, for too many, and for people who are not offered anything.
    """
    wanted = _tidy(texts)
    keys = [row.pk for row in decisions]
    intakes = Intake.objects.filter(pk__in={row.application.intake_id for row in decisions})
    list(intakes.order_by("pk").select_for_update())
    rows = list(Decision.objects.filter(pk__in=keys).order_by("pk").select_for_update())
    if any(row.status != DecisionStatus.HELD for row in rows):
        raise Conflict(_("One of these was released already. What was told cannot be changed."))
    if not rows or any(row.outcome not in BINDABLE for row in rows):
        raise Invalid(_("Only an offer or a place on the waitlist can have conditions."))
    Decision.objects.filter(pk__in=keys).update(conditions=wanted)
    events = [
        ConditionsSet(application_id=row.application_id, decision_id=row.pk, number=len(wanted))
        for row in rows
    ]
    publish_many(events, actor=actor)


def _tidy(texts: Sequence[str]) -> list[str]:
    wanted = [text.strip() for text in texts]
    if any(not text or len(text) > LONGEST_CONDITION for text in wanted):
        words = _("Each condition has words, and at most {most} characters.")
        raise Invalid(fields={"texts": [words.format(most=LONGEST_CONDITION)]})
    if len(wanted) > MOST_CONDITIONS or len(set(wanted)) < len(wanted):
        words = _("At most {most} conditions, each of them once.")
        raise Invalid(fields={"texts": [words.format(most=MOST_CONDITIONS)]})
    return wanted


@transaction.atomic
def settle_condition(*, condition: OfferCondition, status: str, reason: str, actor: Actor) -> Offer:
    """Say that a condition is met, waived, not met, or open again after a mistake.

    Not met takes the offer back in this transaction, and its seat goes to the next who waits. When the
    last one of an accepted offer is settled, enrolments hear of it. Locks intake, offer, condition:
    an answer to the offer comes wholly before or after. Saying the same twice is once. Raises Invalid
    without a reason where one is needed, Conflict when the offer has ended or taking part has begun.
    """
    if status not in ConditionStatus.values:
        raise Invalid(fields={"status": [_("Choose what became of the condition.")]})
    if status in CONDITION_NEEDS_A_REASON and not reason.strip():
        raise Invalid(fields={"reason": [_("Say why: the applicant reads it.")]})
    offer = lock_with_intake(condition.offer)
    condition = OfferCondition.objects.select_for_update().get(pk=condition.pk)
    if condition.status == status:
        return offer
    _must_stand(offer)
    change(
        condition,
        to=status,
        reason=reason.strip()[:500],
        decided_by_id=actor.user_id,
        decided_at=None if status == ConditionStatus.UNMET else Now(),
    )
    ids = {"offer_id": offer.pk, "application_id": offer.application_id}
    publish(ConditionSettled(**ids, condition_id=condition.pk, status=status), actor=actor)
    if status == ConditionStatus.NOT_MET:
        change(offer, to=OfferStatus.RESCINDED, decline_reason=condition.reason)
        publish(OfferRescinded(**ids), actor=actor)
        free_seat(intake=offer.intake, lanes=offer.lanes, actor=actor)
    elif offer.status == OfferStatus.ACCEPTED and not has_open_conditions(offer):
        publish(ConditionsMet(**ids), actor=actor)
    return offer


def _must_stand(offer: Offer) -> None:
    """An accepted offer with nothing open has become an enrolment, or is becoming one."""
    if offer.status not in HOLDS_A_SEAT:
        raise Conflict(_("This offer has ended."))
    if offer.status == OfferStatus.ACCEPTED and not has_open_conditions(offer):
        raise Conflict(_("Everything was settled and taking part has begun. End the enrolment instead."))
