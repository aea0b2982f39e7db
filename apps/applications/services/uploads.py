"""Files that arrive in pieces over a weak link. What counts is what lies on our disk, never what was sent.

Order of locks: the upload's row, then its application's. While bytes arrive nothing is locked: whoever
writes holds a claim on the row, which ends by itself when nothing is heard for `LEASE`.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from io import FileIO

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.applications.deadlines import deadline_of
from apps.applications.enums import ApplicationStatus, UploadStatus
from apps.applications.models import Application, Upload
from apps.applications.refusals import REASONS, why
from apps.applications.rules.inspection import MEGABYTE, Refused, kind_of, require_size, shown_name
from apps.applications.rules.receiving import Checksum, Writing
from apps.applications.selectors import file_questions
from apps.applications.services.documents import MOST_DOCUMENTS, OPEN, keep_file
from apps.applications.services.pages import keep_page
from apps.core.actors import CLOCK, Actor
from apps.core.errors import Conflict, DomainError, Invalid
from apps.core.lifecycle import change

LEASE = timedelta(seconds=10)
KEPT_FOR = timedelta(days=7)
MOST_UNFINISHED = 20
MOST_AN_HOUR = 120
MOST_BYTES = 100 * MEGABYTE
#: What becomes of a file that has arrived, by the kind of its question.
KEEPERS = {"document": keep_file, "photos": keep_page}


class WrongOffset(Conflict):
    """Another sender was first, or a piece was lost: ask for the offset and go on from there."""

    code = "wrong_offset"
    message = _("This is not where the file goes on.")


class TooMany(DomainError):
    status = 429
    code = "too_many"
    message = _("You are sending too many files at once. Wait a few minutes, then go on.")


class Gone(DomainError):
    status = 410
    code = "gone"
    message = _("This upload has ended. Choose the file again.")


class BadChecksum(DomainError):
    """460 is the protocol's own status for this."""

    status = 460
    code = "checksum"
    message = _("This piece was damaged on its way. Send it again.")


def begin_upload(
    *,
    application: Application,
    question: str,
    name: str,
    length: int,
    declared_type: str = "",
    sha256: str = "",
    can_join: bool = False,
    actor: Actor,
) -> Upload:
    """Make room for one file, or return the unfinished one of the same content.

    Only a sender that `can_join` gets one begun already: others take it that nothing was sent yet.
    What can be refused from its name and size is refused here, before a byte crosses a slow link.
    Raises Invalid, TooMany or Conflict.
    """
    require_time(application)
    try:
        if question not in file_questions(application):
            raise Invalid(_("There is no such question."))
        require_size(length)
        kind_of(name, declared_type)
        _require_room(application, length)
    except Refused as refused:
        raise Invalid(why(shown_name(name), refused.code)) from None
    unfinished = Upload.objects.filter(
        application=application, question=question, fingerprint=sha256, status=UploadStatus.RECEIVING
    )
    if can_join and (found := unfinished.first()):
        return found
    stored_as = storages["quarantine"].save(f"quarantine/{uuid.uuid4().hex}", ContentFile(b""))
    try:
        with transaction.atomic():
            return Upload.objects.create(
                application=application,
                question=question,
                name=shown_name(name),
                length=length,
                declared_type=declared_type[:100],
                sha256=sha256,
                fingerprint=sha256 if can_join else "",
                stored_as=stored_as,
            )
    except IntegrityError:  # the other of two tabs was first
        storages["quarantine"].delete(stored_as)
        if (first := unfinished.first()) is None:
            raise
        return first


def require_time(application: Application) -> None:
    """By the server's clock: the same moment after which the application itself is not taken."""
    due = deadline_of(application)
    over = due is not None and not due.allows(timezone.now())
    is_draft = application.status == ApplicationStatus.DRAFT
    if application.status not in OPEN or (is_draft and over):
        raise Conflict(REASONS["closed"])


def _require_room(application: Application, length: int) -> None:
    unfinished = Upload.objects.filter(application=application, status=UploadStatus.RECEIVING)
    hour = Upload.objects.filter(application=application, created_at__gt=timezone.now() - timedelta(hours=1))
    if unfinished.count() >= MOST_UNFINISHED or hour.count() >= MOST_AN_HOUR:
        raise TooMany
    kept = application.documents.filter(removed_at=None)
    if kept.count() > MOST_DOCUMENTS:
        raise Refused("quota")
    taken = (kept.aggregate(all=Sum("size"))["all"] or 0) + (
        unfinished.aggregate(all=Sum("length"))["all"] or 0
    )
    if taken + length > MOST_BYTES:
        raise Refused("quota")


def receive(
    *, upload: Upload, offset: int, pieces: Iterable[bytes], checksum: Checksum | None = None, actor: Actor
) -> Upload:
    """Append what arrives, for as long as it arrives, and say how far it came; finish when it is whole.

    Of two senders at one offset exactly one writes, the other gets WrongOffset. When the line dies in
    mid-piece, everything that came before counts. With a checksum the whole request counts or nothing.
    """
    if upload.status == UploadStatus.KEPT and offset == upload.length:  # the answer was lost on its way
        return upload
    token = uuid.uuid4()
    _claim(upload, offset, token)
    try:
        with _open_at(upload, offset) as file:
            writing = Writing(file, offset=offset, length=upload.length, checksum=checksum)
            for _moment in writing.write(pieces):
                if not _record(upload, token, writing.safe_offset):
                    raise WrongOffset
            intact = writing.finish()
        if not _record(upload, token, writing.safe_offset):
            raise WrongOffset
    finally:
        Upload.objects.filter(pk=upload.pk, claim=token).update(claim=None, claimed_until=None)
    if not intact:
        raise BadChecksum
    upload.refresh_from_db()
    return finish_upload(upload=upload, actor=actor) if upload.is_complete else upload


def _claim(upload: Upload, offset: int, token: uuid.UUID) -> None:
    free = Q(claimed_until=None) | Q(claimed_until__lt=Now())
    mine = Upload.objects.filter(free, pk=upload.pk, offset=offset, status=UploadStatus.RECEIVING)
    if mine.update(claim=token, claimed_until=Now() + LEASE, heard_at=Now()):
        return
    if not Upload.objects.filter(
        pk=upload.pk, status__in=[UploadStatus.RECEIVING, UploadStatus.KEPT]
    ).exists():
        raise Gone
    raise WrongOffset


def _record(upload: Upload, token: uuid.UUID, offset: int) -> bool:
    """The bytes are on disk already: a row that promises more than the disk has would be a lie."""
    mine = Upload.objects.filter(pk=upload.pk, claim=token, status=UploadStatus.RECEIVING)
    return bool(mine.update(offset=offset, claimed_until=Now() + LEASE, heard_at=Now()))


def _open_at(upload: Upload, offset: int) -> FileIO:
    """Ready to go on at `offset`; bytes behind it were never counted and are cut off."""
    try:
        file = open(storages["quarantine"].path(upload.stored_as), "r+b", buffering=0)  # noqa: SIM115  the caller closes it
    except FileNotFoundError:
        _give_up(upload, UploadStatus.REFUSED, refusal="lost")
        raise Gone(REASONS["lost"]) from None
    if file.seek(0, os.SEEK_END) < offset:
        file.close()
        _give_up(upload, UploadStatus.REFUSED, refusal="lost")
        raise Gone(REASONS["lost"])
    file.truncate(offset)
    file.seek(offset)
    return file


@transaction.atomic
def finish_upload(*, upload: Upload, actor: Actor) -> Upload:
    """Inspect a whole file and make it the document of its question, or refuse it with the reason.

    Twice, or from two requests at once, is once: the row is locked and a finished one comes back as it is.
    """
    row = (
        Upload.objects.select_for_update(of=("self",))
        .select_related("application__intake", "application__form_version")
        .get(pk=upload.pk)
    )
    if row.status != UploadStatus.RECEIVING or not row.is_complete:
        return row
    try:
        document = _keep(row, actor)
    except Refused as refused:
        change(row, to=UploadStatus.REFUSED, ended_at=Now(), refusal=refused.code)
    except Conflict:
        change(row, to=UploadStatus.REFUSED, ended_at=Now(), refusal="closed")
    else:
        change(row, to=UploadStatus.KEPT, ended_at=Now(), document=document)
    transaction.on_commit(lambda: storages["quarantine"].delete(row.stored_as))
    return row


def _keep(row: Upload, actor: Actor) -> object:
    require_time(row.application)
    try:
        with storages["quarantine"].open(row.stored_as) as file:
            content = file.read()
    except FileNotFoundError:
        raise Refused("lost") from None
    if len(content) != row.length:
        raise Refused("lost")
    if row.sha256 and hashlib.sha256(content).hexdigest() != row.sha256:
        raise Refused("changed")
    kind = file_questions(row.application).get(row.question)
    if kind is None:
        raise Refused("closed")
    return KEEPERS[kind](
        application=row.application,
        question=row.question,
        name=row.name,
        content=content,
        declared_type=row.declared_type,
        actor=actor,
    )


def end_upload(*, upload: Upload, actor: Actor) -> None:
    """The sender gives up. Idempotent; a file that has become a document is not touched."""
    _give_up(upload, UploadStatus.ENDED)


@transaction.atomic
def _give_up(upload: Upload, status: UploadStatus, **values: str) -> bool:
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if row.status != UploadStatus.RECEIVING:
        return False
    change(row, to=status, ended_at=Now(), claim=None, claimed_until=None, **values)
    transaction.on_commit(lambda: storages["quarantine"].delete(row.stored_as))
    return True


def sweep_uploads(*, now: datetime, limit: int = 200) -> int:
    """Finish what arrived whole and was left there; end what was silent for `KEPT_FOR`. Runs at any time."""
    receiving = Upload.objects.filter(status=UploadStatus.RECEIVING).order_by("heard_at")
    whole = receiving.filter(offset=F("length"), heard_at__lt=now - timedelta(minutes=1))
    for upload in whole[:limit]:
        finish_upload(upload=upload, actor=CLOCK)
    silent = list(receiving.filter(heard_at__lt=now - KEPT_FOR)[:limit])
    return sum(_give_up(upload, UploadStatus.ENDED) for upload in silent)
