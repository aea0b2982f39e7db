"""A human look: asked by the applicant, answered by somebody who did not take the decision."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.selection.enums import DecisionStatus, LookStatus
from apps.selection.events import HumanLookAnswered, HumanLookAsked, HumanLookWithdrawn
from apps.selection.models import Decision, HumanLook
from apps.selection.selectors.looking import ANSWER_WITHIN, ANSWERED, can_be_asked
from apps.selection.services.deciding import correct_decision


@transaction.atomic
def ask_human_look(*, decision: Decision, words: str, actor: Actor) -> HumanLook:
    """The applicant asks, once for each version of the decision. The same words twice are one request.

    Locks the decision, so that it is not corrected while one asks. Raises NotAllowed for somebody else,
    Invalid without words, Conflict when the time is over, a newer version is in force, or other words
    were sent before: those stay as they are.
    """
    decision = _locked(decision)
    if actor.person_id != _applicant_of(decision):
        raise NotAllowed
    if not (words := words.strip()):
        raise Invalid(fields={"words": [_("Say what a person should look at.")]})
    before = HumanLook.objects.filter(decision=decision).first()
    if before is not None:
        if before.words == words:
            return before
        raise Conflict(_("You have asked about this decision before. It can be asked once."))
    if decision.status != DecisionStatus.RELEASED:
        raise Conflict(_("This decision has changed meanwhile. Read it again before you ask."))
    if not can_be_asked(decision):
        raise Conflict(_("The time to ask is over."))
    now = timezone.now()
    look = HumanLook.objects.create(decision=decision, words=words, asked_at=now, due_at=now + ANSWER_WITHIN)
    publish(HumanLookAsked(application_id=decision.application_id, look_id=look.pk), actor=actor)
    return look


@transaction.atomic
def withdraw_look(*, look: HumanLook, actor: Actor) -> HumanLook:
    """The applicant takes the request back while nobody has answered. Twice is once."""
    decision = _locked(look.decision)
    look = HumanLook.objects.select_for_update().get(pk=look.pk)
    if actor.person_id != _applicant_of(decision):
        raise NotAllowed
    if look.status == LookStatus.WITHDRAWN:
        return look
    change(look, to=LookStatus.WITHDRAWN)
    publish(HumanLookWithdrawn(application_id=decision.application_id, look_id=look.pk), actor=actor)
    return look


@transaction.atomic
def answer_look(
    *, look: HumanLook, verdict: str, answer: str, outcome: str = "", reason: str = "", actor: Actor
) -> HumanLook:
    """Say that the decision stays, or correct it; either in words for the applicant.

    "corrected" makes the correction with `outcome` and `reason` in the same transaction: it is held until
    a batch releases it, and so is this answer. Where somebody corrected the decision meanwhile, that is
    the correction. Locks decision, then look; of two answers one wins and the other gets Conflict. Raises
    NotAllowed for who took the decision or is the applicant, Invalid for what is missing.
    """
    decision = _locked(look.decision)
    look = HumanLook.objects.select_for_update().get(pk=look.pk)
    _must_be_somebody_else(decision, actor)
    if not answer.strip():
        raise Invalid(fields={"answer": [_("Answer in words: the applicant reads them.")]})
    if verdict not in ANSWERED:
        raise Invalid(fields={"verdict": [_("Choose one.")]})
    if look.status != LookStatus.WAITING:
        raise Conflict(_("This request was answered or taken back meanwhile."))
    is_corrected = decision.status == DecisionStatus.CORRECTED
    if is_corrected and verdict == LookStatus.UPHELD:
        raise Conflict(_("This decision was corrected meanwhile: it does not stay."))
    if verdict == LookStatus.CORRECTED and not is_corrected:
        _correct(decision, outcome, reason, actor)
    change(
        look,
        to=verdict,
        answer=answer.strip(),
        answered_at=timezone.now(),
        answered_by_id=actor.person_id,
    )
    publish(
        HumanLookAnswered(application_id=decision.application_id, look_id=look.pk, status=verdict),
        actor=actor,
    )
    return look


def _correct(decision: Decision, outcome: str, reason: str, actor: Actor) -> None:
    if not outcome:
        raise Invalid(fields={"outcome": [_("Choose the right decision.")]})
    correct_decision(decision=decision, outcome=outcome, reason=reason, actor=actor)


def _locked(decision: Decision) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("application__person")
    return rows.get(pk=decision.pk)


def _applicant_of(decision: Decision) -> int | None:
    person = decision.application.person
    return person.user_id if person else None


def _must_be_somebody_else(decision: Decision, actor: Actor) -> None:
    if actor.person_id == decision.decided_by_id:
        raise NotAllowed(_("You took this decision. Somebody else must look at it."))
    if actor.person_id == _applicant_of(decision):
        raise NotAllowed
