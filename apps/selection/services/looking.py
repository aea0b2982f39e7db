"""A human look is answered by somebody who did not take what is looked at."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.selection.enums import LookStatus
from apps.selection.events import HumanLookAnswered
from apps.selection.models import HumanLook
from apps.selection.selectors.looking import ANSWERED
from apps.selection.services.matters import Matter, lock_matter


@transaction.atomic
def answer_look(
    *, look: HumanLook, verdict: str, answer: str, outcome: str = "", reason: str = "", actor: Actor
) -> HumanLook:
    """Say that it stays, or put it right; either in words for the applicant.

    "corrected" makes the correction in the same transaction, with `reason`. Of a decision it needs an
    `outcome`, and is held until a batch releases it, and so is this answer; an application that was found
    not eligible goes on at once. Where somebody put it right meanwhile, that is the correction. Locks what
    is looked at, then the look; of two answers one wins and the other gets Conflict. Raises NotAllowed for
    who settled it or is the applicant, Invalid for what is missing.
    """
    matter = lock_matter(look)
    look = HumanLook.objects.select_for_update().get(pk=look.pk)
    _must_be_somebody_else(matter, actor)
    _must_be_said(verdict, answer)
    if look.status != LookStatus.WAITING:
        raise Conflict(_("This request was answered or taken back meanwhile."))
    if matter.is_changed and verdict == LookStatus.UPHELD:
        raise Conflict(_("This decision was corrected meanwhile: it does not stay."))
    if verdict == LookStatus.CORRECTED and not matter.is_changed:
        matter.correct(outcome=outcome, reason=reason, actor=actor)
    change(
        look,
        to=verdict,
        answer=answer.strip(),
        answered_at=timezone.now(),
        answered_by_id=actor.person_id,
    )
    told = HumanLookAnswered(application_id=look.application_id, look_id=look.pk, status=verdict)
    publish(told, actor=actor)
    return look


def _must_be_somebody_else(matter: Matter, actor: Actor) -> None:
    if actor.person_id == matter.settled_by_id:
        raise NotAllowed(_("You took this decision. Somebody else must look at it."))
    if actor.person_id == matter.applicant_id:
        raise NotAllowed


def _must_be_said(verdict: str, answer: str) -> None:
    if not answer.strip():
        raise Invalid(fields={"answer": [_("Answer in words: the applicant reads them.")]})
    if verdict not in ANSWERED:
        raise Invalid(fields={"verdict": [_("Choose one.")]})
