"""Handing a kept document to a browser: as a download, never as a page of ours."""

from django.core.files.storage import default_storage
from django.http import FileResponse

from apps.applications.models import Confirmation, Document


def open_document(document: Document | Confirmation, *, name: str = "") -> FileResponse:
    """`name` replaces the file's own name where that could say who the person is."""
    answer = FileResponse(
        default_storage.open(document.stored_as),
        as_attachment=True,
        filename=name or document.name,
        content_type=document.content_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
