"""Handing a kept document to a browser: as a download, never as a page of ours, and only when it is clean."""

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import DocumentStatus
from apps.applications.models import Document
from apps.core.errors import Conflict

NOT_YET = {
    DocumentStatus.RECEIVED: _("We are still checking this file. Look again in a few minutes."),
    DocumentStatus.REJECTED: _("We refused this file because it carries harmful code."),
}


def open_document(document: Document, *, name: str = "") -> FileResponse:
    """`name` replaces the file's own name where that could say who the person is.

    Raises Conflict while the file waits for the scanner: this is the one door, for everyone.
    """
    if not document.is_clean:
        raise Conflict(NOT_YET[DocumentStatus(document.status)])
    answer = FileResponse(
        default_storage.open(document.stored_as),
        as_attachment=True,
        filename=name or document.name,
        content_type=document.content_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
