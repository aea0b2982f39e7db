"""The applicant stands by what someone typed for them: by code, on paper, or from their own account."""

import hashlib
import hmac
import secrets
import uuid
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus, ConfirmationWay, DocumentStatus
from apps.applications.events import ApplicationConfirmed, ConfirmationAsked
from apps.applications.models import Application, Confirmation, ConfirmationCode
from apps.applications.refusals import REASONS
from apps.applications.rules.fingerprint import fingerprint
from apps.applications.rules.inspection import LARGEST, Refused, inspect, shown_name
from apps.applications.selectors import ACTIVE_DOCUMENTS, form_of, task_list
from apps.applications.services.checking import first_look
from apps.applications.services.opening import Locked, require_open_to
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish

#: Someone reads the code on their phone and tells it, perhaps over the telephone.
LASTS = timedelta(hours=1)
MOST_TRIES = 5
#: Codes for one application in an hour, and codes to one address in a day, whoever asks for them.
MOST_AN_HOUR, MOST_A_DAY = 3, 10
OPEN = (ApplicationStatus.DRAFT, ApplicationStatus.MORE_INFORMATION)


def answers_now(application: Application) -> str:
    """The fingerprint of everything the applicant stands by: answers, files, and who hears of it."""
    files = ACTIVE_DOCUMENTS.filter(application=application).values_list("question", "sha256")
    return fingerprint(
        {
            "answers": dict(application.sections.order_by("section").values_list("section", "answers")),
            "files": sorted(map(list, files)),
            "eligibility": application.eligibility_answers,
            "form": application.form_version_id,
            "route": application.notice_route,
        }
    )


def code_of(code: ConfirmationCode) -> str:
    """The six digits. They stand in no table and no event; without the secret key nobody knows them."""
    mac = salted_hmac("applications.confirmation", f"{code.application_id}:{code.seed}", algorithm="sha256")
    return f"{int(mac.hexdigest(), 16) % 10**6:06d}"


@transaction.atomic
def ask_for_confirmation(*, application: Application, address: str, actor: Actor) -> ConfirmationCode:
    """Send a code to the applicant's own address, for the answers as they are now.

    Raises Invalid when there is no address or too many codes were sent, Conflict when the
    application is not open. An earlier code ends: only the newest one counts.
    """
    draft = _locked(application, actor)
    if not address:
        raise Invalid(_("We have no e-mail address of this person. Use signed paper."))
    _must_be_whole(draft)
    now = timezone.now()
    if draft.codes.filter(created_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise Invalid(_("Three codes were sent in the last hour. Wait an hour, or use signed paper."))
    to_address = ConfirmationCode.objects.filter(address=address, created_at__gt=now - timedelta(days=1))
    if to_address.count() >= MOST_A_DAY:
        raise Invalid(_("Too many codes were sent to this address today. Use signed paper."))
    draft.codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    code = ConfirmationCode.objects.create(
        application=draft,
        address=address,
        seed=secrets.token_hex(32),
        fingerprint=answers_now(draft),
        expires_at=now + LASTS,
    )
    publish(ConfirmationAsked(application_id=draft.pk, code_id=code.pk), actor=actor)
    return code


def confirm_by_code(*, application: Application, code: str, actor: Actor) -> Confirmation:
    """Compare with the newest code; five tries. A wrong try is counted even though it is refused."""
    with transaction.atomic():
        draft = _locked(application, actor)
        newest = draft.codes.filter(used_at=None, expires_at__gt=timezone.now()).order_by("-id").first()
        if newest is None or newest.tries >= MOST_TRIES:
            refusal = Invalid(fields={"code": [_("This code is over. Send a new one.")]})
        elif newest.fingerprint != answers_now(draft):
            refusal = Invalid(
                fields={"code": [_("Answers were changed after this code was sent. Send a new one.")]}
            )
        elif hmac.compare_digest(code_of(newest), code):
            ConfirmationCode.objects.filter(pk=newest.pk).update(used_at=Now())
            return _record(draft, actor, way=ConfirmationWay.CODE, address=newest.address)
        else:
            ConfirmationCode.objects.filter(pk=newest.pk).update(tries=F("tries") + 1)
            refusal = Invalid(fields={"code": [_("This is not the code we sent. Look at it again.")]})
    raise refusal


@transaction.atomic
def confirm_on_paper(
    *, application: Application, scan: UploadedFile | None, reason: str, actor: Actor
) -> Confirmation:
    """A signed sheet: its picture, or a reason why there is none. Coordinators see which it was."""
    draft = _locked(application, actor)
    _must_be_whole(draft)
    if scan is None and not reason.strip():
        words = _("Add a photo of the signed paper, or say why there is none.")
        raise Invalid(fields={"scan": [words]})
    return _record(
        draft,
        actor,
        way=ConfirmationWay.PAPER,
        reason=reason.strip()[:500],
        **(_stored(scan) if scan else {}),
    )


def must_be_confirmed(application: Application, *, actor: Actor) -> None:
    """Called with the row locked, before sending: point it at the confirmation of exactly these answers.

    Who sends from their own account confirms by sending. Raises Invalid where nobody confirmed.
    """
    require_open_to(application, actor)
    if not application.is_assisted:
        return
    person = application.person
    if person and person.user_id and person.user_id == actor.user_id:
        confirmation = _record(application, actor, way=ConfirmationWay.OWN_ACCOUNT)
    else:
        found = current_confirmation(application)
        if found is None:
            raise Invalid(_("The applicant has not confirmed these answers yet."))
        confirmation = found
    Application.objects.filter(pk=application.pk).update(confirmation=confirmation)
    application.confirmation = confirmation


def current_confirmation(application: Application) -> Confirmation | None:
    """The confirmation of the answers as they are now; a change of one answer ends it."""
    found = application.confirmations.filter(fingerprint=answers_now(application))
    return found.order_by("-id").first()


def _locked(application: Application, actor: Actor) -> Application:
    draft = (
        Application.objects.select_for_update(of=("self",))
        .select_related("form_version", "person", "intake")
        .get(pk=application.pk)
    )
    require_open_to(draft, actor)
    if draft.status not in OPEN:
        raise Locked(_("This application has been sent. Its answers can no longer change."))
    if not draft.is_assisted:
        raise Conflict(_("Nobody helps with this application: its applicant sends it."))
    return draft


def _must_be_whole(draft: Application) -> None:
    """Nobody signs a sheet with blanks. Sections outside a question for more were complete when sent."""
    if any(task.state != "completed" for task in task_list(draft, form_of(draft))):
        raise Invalid(_("Some sections are not complete yet. Complete them first."))


def _record(draft: Application, actor: Actor, *, way: str, **values: str) -> Confirmation:
    confirmation = Confirmation.objects.create(
        application=draft,
        way=way,
        fingerprint=answers_now(draft),
        recorded_by_id=actor.person_id,
        **values,
    )
    publish(ApplicationConfirmed(application_id=draft.pk, way=way), actor=actor)
    return confirmation


def _stored(scan: UploadedFile) -> dict[str, str]:
    """Inspected like every upload. Kept apart from the documents, so that reviewers have no way to it."""
    too_large = (scan.size or 0) > LARGEST
    try:
        if too_large:
            raise Refused("large")
        accepted = inspect(scan.name or "", scan.read())
        if first_look(accepted.content) != DocumentStatus.CLEAN:
            raise Refused("waiting")
    except Refused as refused:
        raise Invalid(fields={"scan": [REASONS[refused.code]]}) from None
    return {
        "stored_as": default_storage.save(f"documents/{uuid.uuid4().hex}", ContentFile(accepted.content)),
        "name": shown_name(scan.name or ""),
        "content_type": accepted.content_type,
        "sha256": hashlib.sha256(accepted.content).hexdigest(),
    }
