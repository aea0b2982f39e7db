"""Answering and taking back. Silence, an unticked box and an old wording are never a yes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.people.enums import ConsentPurpose, ConsentStatus, HowGiven
from apps.people.events import ConsentDeclined, ConsentGiven, ConsentWithdrawn
from apps.people.models import Consent, Person, SupportNeed
from apps.people.selectors import wording_for
from apps.people.services.texts import text_row


@transaction.atomic
def answer_consent(
    *,
    person: Person,
    purpose: str,
    is_given: bool,
    language: str,
    mark: str | None = None,
    how: str = HowGiven.PAGE,
    actor: Actor,
) -> Consent:
    """Keep a yes or a no to the wording in force. The same answer twice is once.

    `mark` is that of the wording the person saw; Conflict when another has been published since. The
    person's row is locked, so that two windows answer one after the other. A no after a yes is a
    withdrawal.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    wording = wording_for(person, purpose, language)
    if mark is not None and mark != wording.mark:
        raise Conflict(_("The wording has changed since you opened this page. Read it again, then answer."))
    current = Consent.objects.current().filter(person=person, purpose=purpose).select_related("text").first()
    if current is not None and current.status == ConsentStatus.GIVEN:
        if is_given:
            return current
        return withdraw_consent(person=person, purpose=purpose, actor=actor) or current
    last = Consent.objects.filter(person=person, purpose=purpose).order_by("-id").first()
    text = text_row(wording)
    if not is_given and last and last.status == ConsentStatus.DECLINED and last.text_id == text.pk:
        return last
    row = current or Consent(person=person, purpose=purpose)
    row.text, row.how, row.answered_by_id = text, how, actor.user_id
    row.save()
    to = ConsentStatus.GIVEN if is_given else ConsentStatus.DECLINED
    change(row, to=to, answered_at=timezone.now())
    said = ConsentGiven if is_given else ConsentDeclined
    publish(said(person_id=person.pk, consent_id=row.pk, purpose=purpose), actor=actor)
    return row


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: str, actor: Actor) -> Consent | None:
    """Take back what was allowed, effective with this transaction. Twice is once, also at one moment.

    What support was asked for is deleted here; what stands above hears the event.
    """
    given = Consent.objects.given().filter(person=person, purpose=purpose)
    row = given.select_for_update(of=("self",)).first()
    if row is None:
        return None
    change(row, to=ConsentStatus.WITHDRAWN, ended_at=timezone.now())
    if purpose == ConsentPurpose.SUPPORT:
        SupportNeed.objects.filter(person=person).delete()
    publish(ConsentWithdrawn(person_id=person.pk, consent_id=row.pk, purpose=purpose), actor=actor)
    return row
