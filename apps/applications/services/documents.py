"""Keeping uploaded documents: inspected, renamed, outside the web root."""

import hashlib
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus
from apps.applications.events import DocumentRemoved, DocumentStored
from apps.applications.models import Application, Document
from apps.applications.refusals import REASONS
from apps.applications.rules.inspection import LARGEST, Refused, inspect, require_size, shown_name
from apps.applications.services.checking import first_look
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish

MOST_DOCUMENTS = 20
#: Of all times, replaced and removed ones included.
MOST_EVER = MOST_DOCUMENTS * 5
OPEN = (ApplicationStatus.DRAFT, ApplicationStatus.MORE_INFORMATION)


def add_document(*, application: Application, question: str, upload: UploadedFile, actor: Actor) -> Document:
    """Inspect and keep one file; a new file takes the place of the earlier one of the same question.

    Raises Invalid with words for the field, Conflict when the application is sent.
    """
    try:
        name, content, declared_type = read_upload(upload)
        return keep_file(
            application=application,
            question=question,
            name=name,
            content=content,
            declared_type=declared_type,
            actor=actor,
        )
    except Refused as refused:
        raise Invalid(fields={question: [REASONS[refused.code]]}) from None


def read_upload(upload: UploadedFile) -> tuple[str, bytes, str]:
    """Name, content and declared type; what is too large is refused before it is read."""
    require_size(upload.size or 0)
    return upload.name or "", upload.read(LARGEST + 1), upload.content_type or ""


def keep_file(
    *, application: Application, question: str, name: str, content: bytes, declared_type: str, actor: Actor
) -> Document:
    """The same content twice is one document, also from two tabs at once. Raises Refused or Conflict.

    The file is written before its row: a row without a file would be a lie.
    """
    accepted = inspect(name, content, declared_type)
    values = {"question": question, "name": shown_name(name), "content_type": accepted.content_type}
    return store(
        application=application,
        content=accepted.content,
        values={**values, "status": first_look(content)},
        actor=actor,
    )


def store(*, application: Application, content: bytes, values: dict[str, Any], actor: Actor) -> Document:
    """Write the file under a random name, then its row in place of the question's earlier one."""
    sha256 = hashlib.sha256(content).hexdigest()
    stored_as = write_file(content)
    values = {**values, "size": len(content), "sha256": sha256, "stored_as": stored_as}
    try:
        document = _record(application=application, values=values, actor=actor)
    except BaseException:
        default_storage.delete(stored_as)
        raise
    if document.stored_as != stored_as:
        default_storage.delete(stored_as)
    return document


def write_file(content: bytes) -> str:
    return default_storage.save(f"documents/{uuid.uuid4().hex}", ContentFile(content))


@transaction.atomic
def _record(*, application: Application, values: dict[str, Any], actor: Actor) -> Document:
    draft = lock_open(application)
    earlier = kept_for(draft, values["question"])
    if same := earlier.filter(sha256=values["sha256"]).first():
        return same
    others = draft.documents.filter(removed_at=None).exclude(question=values["question"]).count()
    if others >= MOST_DOCUMENTS or draft.documents.count() >= MOST_EVER:
        raise Refused("quota")
    earlier.update(removed_at=Now())
    document = Document.objects.create(application=draft, **values)
    publish(DocumentStored(application_id=draft.pk, document_id=document.pk), actor=actor)
    return document


@transaction.atomic
def remove_document(*, document: Document, actor: Actor) -> None:
    """Idempotent. The file itself goes with the retention sweep, never with a click."""
    application = lock_open(document.application)
    if Document.objects.filter(pk=document.pk, removed_at=None).update(removed_at=Now()):
        publish(DocumentRemoved(application_id=application.pk, document_id=document.pk), actor=actor)


def kept_for(application: Application, question: str) -> QuerySet[Document]:
    return Document.objects.filter(application=application, question=question, removed_at=None)


def lock_open(application: Application) -> Application:
    """Lock the application's row, so that no file changes while it is being sent. Raises Conflict."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.status not in OPEN:
        raise Conflict(_("This application has been sent. Its answers can no longer change."))
    return locked
