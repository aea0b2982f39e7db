"""Questions of people without an account, and their answers."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Invalid, TooMany
from apps.core.lifecycle import change
from apps.core.limits import is_within
from apps.events.services import publish
from apps.programs.enums import EnquiryStatus
from apps.programs.events import EnquiryAnswered, EnquiryClosed, EnquiryReceived
from apps.programs.models import Enquiry, Intake

HOUR, DAY = 3600, timedelta(days=1)
#: A school or a village centre shares one address of the network; one person does not ask all day.
MOST_FROM_ONE_PLACE, MOST_FROM_ONE_ADDRESS = 20, 3


@transaction.atomic
def ask(
    *,
    intake: Intake,
    email: str,
    question: str,
    not_met: Sequence[str],
    language: str,
    place: str,
    actor: Actor,
) -> Enquiry:
    """Keep a question for the coordinators of `intake`. The same question twice is one question.

    `place` is where on the network it comes from; it is counted and not kept. Raises TooMany. No mail
    goes out before a person answers: nobody can use this to write to others.
    """
    email = email.strip().lower()
    asked = Enquiry.objects.filter(email=email, created_at__gt=timezone.now() - DAY)
    again = asked.filter(intake=intake, question=question).first()
    if again is not None:
        return again
    if not is_within("enquiry", place, most=MOST_FROM_ONE_PLACE, seconds=HOUR):
        raise TooMany
    if asked.count() >= MOST_FROM_ONE_ADDRESS:
        raise TooMany(_("We have your questions already. A person will answer you by e-mail."))
    enquiry = Enquiry.objects.create(
        intake=intake, email=email, question=question, not_met=list(not_met), language=language
    )
    publish(EnquiryReceived(enquiry_id=enquiry.pk, intake_id=intake.pk), actor=actor)
    return enquiry


@transaction.atomic
def answer_enquiry(*, enquiry: Enquiry, answer: str, actor: Actor) -> None:
    """Answer by e-mail, once: of two coordinators the second is told. Raises Invalid, Conflict."""
    if not answer.strip():
        raise Invalid(fields={"answer": [_("Write an answer.")]})
    change(enquiry, to=EnquiryStatus.ANSWERED, answer=answer, answered_by_id=actor.user_id, answered_at=Now())
    publish(EnquiryAnswered(enquiry_id=enquiry.pk, intake_id=enquiry.intake_id), actor=actor)


@transaction.atomic
def close_enquiry(*, enquiry: Enquiry, actor: Actor) -> None:
    """Put away what needs no answer. It can still be answered later."""
    change(enquiry, to=EnquiryStatus.CLOSED, answered_by_id=actor.user_id, answered_at=Now())
    publish(EnquiryClosed(enquiry_id=enquiry.pk, intake_id=enquiry.intake_id), actor=actor)
