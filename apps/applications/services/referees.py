"""What a referee does, and what the post says about reaching them."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ReferenceStatus
from apps.applications.events import ReferenceBounced, ReferenceDeclined, ReferenceGiven, ReferenceOpened
from apps.applications.models import Reference
from apps.applications.references import is_open_to_referee
from apps.applications.rules.references import read_asked, unanswered
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish


@transaction.atomic
def open_reference(*, reference: Reference, actor: Actor) -> None:
    """Somebody looks at the questions. The only thing a GET ever changes; once for each request."""
    row = _locked(reference)
    if row.status in (ReferenceStatus.REQUESTED, ReferenceStatus.BOUNCED) and is_open_to_referee(row):
        change(row, to=ReferenceStatus.OPENED, opened_at=Now())
        publish(ReferenceOpened(application_id=row.application_id, reference_id=row.pk), actor=actor)


@transaction.atomic
def save_reference(
    *, reference: Reference, answers: Mapping[str, str], version: int, actor: Actor
) -> Reference:
    """Keep what was typed, complete or not. `version` is the one the referee saw.

    Raises Conflict when another window kept something else in between, or the request has ended.
    """
    row = _locked(reference)
    if not is_open_to_referee(row):
        raise Conflict(_("This request is no longer open."))
    if row.answers == dict(answers):
        return row
    if row.version != version:
        raise Conflict(_("Another window kept other answers in the meantime. Both are shown below."))
    rows = Reference.objects.filter(pk=row.pk)
    rows.update(answers=dict(answers), version=version + 1)
    row.answers, row.version = dict(answers), version + 1
    return row


@transaction.atomic
def give_reference(
    *, reference: Reference, answers: Mapping[str, str], version: int, actor: Actor
) -> Reference:
    """The answers become final. Twice is once.

    Raises Invalid at each question that lacks an answer, and then keeps nothing (callers save first
    what is not complete), Conflict as `save_reference` does.
    """
    row = _locked(reference)
    if row.status == ReferenceStatus.GIVEN and row.answers == dict(answers):
        return row
    row = save_reference(reference=reference, answers=answers, version=version, actor=actor)
    wrong = unanswered(read_asked(row.questions), answers)
    if wrong:
        raise Invalid(fields={key: [_("Answer this question.")] for key in wrong})
    change(row, to=ReferenceStatus.GIVEN, given_at=Now())
    publish(ReferenceGiven(application_id=row.application_id, reference_id=row.pk), actor=actor)
    return row


@transaction.atomic
def decline_reference(*, reference: Reference, reason: str, actor: Actor) -> None:
    """The referee would rather not. The reason is for coordinators; what was typed goes. Twice is once."""
    row = _locked(reference)
    if row.status == ReferenceStatus.DECLINED:
        return
    if not is_open_to_referee(row):
        raise Conflict(_("This request is no longer open."))
    change(row, to=ReferenceStatus.DECLINED, declined_at=Now(), decline_reason=reason, answers={})
    publish(ReferenceDeclined(application_id=row.application_id, reference_id=row.pk), actor=actor)


@transaction.atomic
def record_bounce(*, reference_id: int, actor: Actor) -> None:
    """A message did not arrive. A referee who has opened the questions was reached by another one.

    Idempotent; a reference that is gone or past this is left alone.
    """
    row = Reference.objects.select_for_update().filter(pk=reference_id).first()
    if row is not None and row.status == ReferenceStatus.REQUESTED:
        change(row, to=ReferenceStatus.BOUNCED, bounced_at=Now())
        publish(ReferenceBounced(application_id=row.application_id, reference_id=row.pk), actor=actor)


def _locked(reference: Reference) -> Reference:
    rows = Reference.objects.select_for_update(of=("self",)).select_related("application")
    return rows.get(pk=reference.pk)
