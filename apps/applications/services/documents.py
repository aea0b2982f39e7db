"""Keeping uploaded documents: inspected, renamed, outside the web root."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import DocumentStatus
from apps.applications.events import DocumentRemoved, DocumentStored
from apps.applications.models import Application, Document
from apps.applications.rules.inspection import LARGEST, Refused, inspect, shown_name
from apps.applications.services.opening import require_open
from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.events.services import publish

MOST_DOCUMENTS = 20
REASONS = {
    "empty": _("This file is empty. Choose it again, or take a new photo."),
    "large": _("This file is too large. Send at most 10 MB, 300 pages or 40 million pixels."),
    "harmful": _("This file carries harmful code. We did not keep it."),
    "type": _("We take PDF, JPG, PNG and DOCX files. Save or photograph it as one of these."),
    "content": _("We cannot open this file. It may be damaged, or of another type than its name says."),
    "locked": _("This file is locked with a password. Send one without a password."),
    "active": _(
        "This file contains programs or other files inside. Send a plain copy, for example a print to PDF."
    ),
}


def add_document(*, application: Application, question: str, upload: UploadedFile, actor: Actor) -> Document:
    """Inspect and keep one file; a new file takes the place of the earlier one of the same question.

    The file is written before its row: a row without a file would be a lie, a file without a row is
    swept. The same content twice is one document. Raises Invalid with words for the field.
    """
    content = b"" if (upload.size or 0) > LARGEST else upload.read()
    try:
        if (upload.size or 0) > LARGEST:
            raise Refused("large")
        accepted = inspect(upload.name or "", content)
    except Refused as refused:
        raise Invalid(fields={question: [REASONS[refused.code]]}) from None
    sha256 = hashlib.sha256(accepted.content).hexdigest()
    earlier = Document.objects.filter(application=application, question=question, removed_at=None)
    if same := earlier.filter(sha256=sha256).first():
        return same
    stored_as = default_storage.save(f"documents/{uuid.uuid4().hex}", ContentFile(accepted.content))
    return _record(
        application=application,
        values={
            "question": question,
            "name": shown_name(upload.name or ""),
            "content_type": accepted.content_type,
            "size": len(accepted.content),
            "sha256": sha256,
            "stored_as": stored_as,
            "status": DocumentStatus.CLEAN,
        },
        actor=actor,
    )


@transaction.atomic
def _record(*, application: Application, values: dict, actor: Actor) -> Document:
    draft = Application.objects.select_for_update().get(pk=application.pk)
    require_open(draft, question=values["question"], actor=actor)
    if draft.documents.count() >= MOST_DOCUMENTS * 5 or (
        draft.documents.filter(removed_at=None).count() >= MOST_DOCUMENTS
    ):
        raise Invalid(fields={values["question"]: [_("You have sent the most files we can take.")]})
    draft.documents.filter(question=values["question"], removed_at=None).update(removed_at=Now())
    document = Document.objects.create(application=draft, **values)
    publish(DocumentStored(application_id=draft.pk, document_id=document.pk), actor=actor)
    return document


@transaction.atomic
def remove_document(*, document: Document, actor: Actor) -> None:
    """Idempotent. The file itself goes with the retention sweep, never with a click."""
    application = Application.objects.select_for_update().get(pk=document.application_id)
    require_open(application, question=document.question, actor=actor)
    if Document.objects.filter(pk=document.pk, removed_at=None).update(removed_at=Now()):
        publish(DocumentRemoved(application_id=application.pk, document_id=document.pk), actor=actor)
