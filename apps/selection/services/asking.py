"""An applicant asks that a person looks again: at a decision, or at having been found not eligible."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.selection.enums import DecisionStatus, LookStatus
from apps.selection.events import HumanLookAsked, HumanLookWithdrawn
from apps.selection.models import Decision, HumanLook
from apps.selection.selectors.findings import finding_of
from apps.selection.selectors.looking import ANSWER_WITHIN, can_be_asked
from apps.selection.services.matters import applicant_of, lock_application, lock_decision, lock_matter


@transaction.atomic
def ask_human_look(*, decision: Decision, words: str, actor: Actor) -> HumanLook:
    """The applicant asks, once for each version of the decision. The same words twice are one request.

    Locks the decision, so that it is not corrected while one asks. Raises NotAllowed for somebody else,
    Invalid without words, Conflict when the time is over, a newer version is in force, or other words
    were sent before: those stay as they are.
    """
    decision = lock_decision(decision.pk)
    words = _words_of(decision.application, words, actor)
    before = HumanLook.objects.filter(decision=decision).first()
    if before is not None:
        return _same(before, words)
    if decision.status != DecisionStatus.RELEASED:
        raise Conflict(_("This decision has changed meanwhile. Read it again before you ask."))
    if not can_be_asked(decision):
        raise Conflict(_("The time to ask is over."))
    return _keep(HumanLook(application=decision.application, decision=decision, words=words), actor)


@transaction.atomic
def ask_eligibility_look(*, application: Application, words: str, actor: Actor) -> HumanLook:
    """Who was found not eligible asks, once for each finding. The same words twice are one request.

    Locks the application, so that nobody finds it eligible while one asks. Raises as ask_human_look();
    Conflict also when no finding is in force.
    """
    application = lock_application(application.pk)
    words = _words_of(application, words, actor)
    finding = finding_of(application)
    before = HumanLook.objects.filter(finding=finding.record).first() if finding else None
    if before is not None:
        return _same(before, words)
    if finding is None or not finding.in_force:
        raise Conflict(_("This decision has changed meanwhile. Read it again before you ask."))
    if not finding.can_be_asked:
        raise Conflict(_("The time to ask is over."))
    return _keep(HumanLook(application=application, finding=finding.record, words=words), actor)


@transaction.atomic
def withdraw_look(*, look: HumanLook, actor: Actor) -> HumanLook:
    """The applicant takes the request back while nobody has answered. Twice is once."""
    matter = lock_matter(look)
    look = HumanLook.objects.select_for_update().get(pk=look.pk)
    if actor.person_id != matter.applicant_id:
        raise NotAllowed
    if look.status == LookStatus.WITHDRAWN:
        return look
    change(look, to=LookStatus.WITHDRAWN)
    publish(HumanLookWithdrawn(application_id=look.application_id, look_id=look.pk), actor=actor)
    return look


def _words_of(application: Application, words: str, actor: Actor) -> str:
    if actor.person_id != applicant_of(application):
        raise NotAllowed
    if not (words := words.strip()):
        raise Invalid(fields={"words": [_("Say what a person should look at.")]})
    return words


def _same(before: HumanLook, words: str) -> HumanLook:
    if before.words != words:
        raise Conflict(_("You have asked about this decision before. It can be asked once."))
    return before


def _keep(look: HumanLook, actor: Actor) -> HumanLook:
    look.asked_at = timezone.now()
    look.due_at = look.asked_at + ANSWER_WITHIN
    look.save()
    publish(HumanLookAsked(application_id=look.application_id, look_id=look.pk), actor=actor)
    return look
