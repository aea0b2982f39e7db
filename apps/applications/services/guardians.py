"""A guardian agrees before someone below the age of consent can send an application."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus, GuardianStatus, GuardianWay
from apps.applications.events import GuardianAnswered, GuardianAsked
from apps.applications.models import Application, GuardianConfirmation
from apps.applications.selectors import guardianship_of
from apps.applications.services.documents import add_document
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.services import publish
from apps.people.enums import ConsentPurpose
from apps.people.models import Consent
from apps.people.selectors import wording_for
from apps.people.services.texts import text_row

LINK_HOLDS = timedelta(days=14)
MOST_ASKED = 3
A_DAY = timedelta(days=1)
#: The signed paper among the documents of the application; no form asks it, so no reviewer sees it.
PAPER = "guardian-paper"


def require_guardian(*, application: Application) -> None:
    """Raise Invalid while a guardian must agree and has not; asked by the day of sending."""
    if guardianship_of(application).blocks:
        message = _("At your age a parent or guardian agrees first. Open “Your permissions” and ask them.")
        raise Invalid(message, fields={"guardian": [message]})


@transaction.atomic
def ask_guardian(
    *, application: Application, name: str, relation: str, way: str, email: str, actor: Actor
) -> GuardianConfirmation:
    """Ask a guardian, in place of one who was asked before and has not agreed.

    The application's row is locked, so that two clicks are one asking after the other, and at most
    three a day reach anybody's mailbox.
    """
    draft = (
        Application.objects.select_for_update(of=("self",))
        .select_related("person__user")
        .get(pk=application.pk)
    )
    if draft.status != ApplicationStatus.DRAFT or draft.person is None:
        raise Conflict(_("This application has been sent. Its answers can no longer change."))
    if way == GuardianWay.LINK and not email:
        raise Invalid(fields={"email": [_("Enter the guardian's e-mail address.")]})
    own = draft.person.user.email if draft.person.user else ""
    if email and email.casefold() == own.casefold():
        raise Invalid(fields={"email": [_("This is your own address. Enter the guardian's.")]})
    rows = GuardianConfirmation.objects.filter(application=draft)
    if rows.filter(status=GuardianStatus.CONFIRMED).exists():
        raise Conflict(_("A guardian has agreed already."))
    if rows.filter(created_at__gt=Now() - A_DAY).count() >= MOST_ASKED:
        raise Invalid(_("You asked three times today. Wait until tomorrow, or use signed paper."))
    for earlier in rows.filter(status=GuardianStatus.ASKED):
        change(earlier, to=GuardianStatus.REPLACED, token_hash="")
    row = GuardianConfirmation.objects.create(
        application=draft,
        name=name,
        relation=relation,
        way=way,
        email=email if way == GuardianWay.LINK else "",
    )
    publish(GuardianAsked(application_id=draft.pk, guardian_id=row.pk, way=way), actor=actor)
    return row


@transaction.atomic
def issue_link(*, guardian: GuardianConfirmation, actor: Actor) -> str:
    """A new secret for the letter being written; the row keeps its hash. An older link ends."""
    token = secrets.token_urlsafe(32)
    GuardianConfirmation.objects.filter(pk=guardian.pk, status=GuardianStatus.ASKED).update(
        token_hash=hash_of(token), link_ends_at=Now() + LINK_HOLDS
    )
    return token


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def answer_as_guardian(
    *, guardian: GuardianConfirmation, agrees: bool, mark: str | None = None, language: str, actor: Actor
) -> GuardianConfirmation:
    """What the guardian says on the page of the link. The same answer twice is once; the link then ends.

    `mark` is that of the statement they read.
    """
    row = GuardianConfirmation.objects.select_for_update(of=("self",)).get(pk=guardian.pk)
    to = GuardianStatus.CONFIRMED if agrees else GuardianStatus.DECLINED
    if row.status == to:
        return row
    if row.link_ends_at is None or row.link_ends_at < timezone.now():
        raise Conflict(_("This link is over. Ask the applicant to send a new one."))
    return _answer(row, to=to, mark=mark, language=language, actor=actor)


@transaction.atomic
def record_paper(
    *, guardian: GuardianConfirmation, agrees: bool, reason: str, paper: UploadedFile | None, actor: Actor
) -> GuardianConfirmation:
    """A coordinator saw the signed paper: says so, with what was seen, and may keep a copy."""
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say what you saw.")]})
    row = GuardianConfirmation.objects.select_for_update(of=("self",)).get(pk=guardian.pk)
    if row.way != GuardianWay.PAPER:
        raise Conflict
    if paper is not None:
        try:
            add_document(application=row.application, question=PAPER, upload=paper, actor=actor)
        except Invalid as error:
            raise Invalid(fields={"paper": error.fields.get(PAPER, [error.message])}) from None
    to = GuardianStatus.CONFIRMED if agrees else GuardianStatus.DECLINED
    return _answer(
        row, to=to, language="en", actor=actor, recorded_by_id=actor.person_id, reason=reason[:500]
    )


def _answer(
    row: GuardianConfirmation,
    *,
    to: str,
    language: str,
    actor: Actor,
    mark: str | None = None,
    **values: Any,
) -> GuardianConfirmation:
    person = row.application.person
    wording = wording_for(person, ConsentPurpose.GUARDIAN, language)
    if mark is not None and mark != wording.mark:
        raise Conflict(_("The wording has changed since you opened this page. Read it again, then answer."))
    allowed = (
        Consent.objects.given().filter(person=person).order_by("purpose").values_list("purpose", flat=True)
    )
    text = text_row(wording)
    change(row, to=to, answered_at=timezone.now(), text=text, allowed=list(allowed), **values)
    event = GuardianAnswered(
        application_id=row.application_id, guardian_id=row.pk, status=to, reason=str(values.get("reason", ""))
    )
    publish(event, actor=actor)
    return row
