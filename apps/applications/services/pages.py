"""Several photos as one document: pages are kept as they came, the PDF is assembled from them anew."""

import hashlib
from collections.abc import Callable, Sequence
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.applications.events import DocumentRemoved
from apps.applications.models import Application, Document, DocumentPage
from apps.applications.refusals import REASONS, why
from apps.applications.rules.assembling import assemble
from apps.applications.rules.inspection import CONTENT_TYPES, Refused, inspect_photo, shown_name
from apps.applications.services.checking import first_look
from apps.applications.services.documents import kept_for, lock_open, read_upload, store, write_file
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish

MOST_PAGES = 20
Pages = list[DocumentPage]


def add_pages(
    *, application: Application, question: str, uploads: Sequence[UploadedFile], actor: Actor
) -> Document | None:
    """Put photos behind the pages there are. A photo that is a page already is not added again.

    What can be kept is kept; then Invalid names each photo that was refused, with its reason.
    """
    pages: Pages = []
    refused: list[str | Promise] = []
    for upload in uploads:
        try:
            pages.append(_page(*read_upload(upload)))
        except Refused as error:
            refused.append(why(shown_name(upload.name or ""), error.code))
    document = None
    if pages:
        try:
            document = _put_behind(application, question, pages, actor)
        except Refused as error:
            refused.append(REASONS[error.code])
    if refused:
        raise Invalid(fields={question: refused})
    return document


def keep_page(
    *, application: Application, question: str, name: str, content: bytes, declared_type: str, actor: Actor
) -> Document | None:
    """The same for one photo that arrived in pieces. Raises Refused or Conflict."""
    return _put_behind(application, question, [_page(name, content, declared_type)], actor)


def reorder_pages(
    *, application: Application, question: str, order: Sequence[UUID], actor: Actor
) -> Document:
    """`order` names every page once. Raises Conflict when another window added or removed one."""

    def in_order(pages: Pages) -> Pages:
        by_id = {page.public_id: page for page in pages}
        if sorted(by_id) != sorted(order):
            raise Conflict(_("The pages changed in another window. Look at them again."))
        return [by_id[each] for each in order]

    return _assembled(application, question, in_order, actor)  # type: ignore[return-value]


def remove_page(*, application: Application, question: str, page: UUID, actor: Actor) -> Document | None:
    """Idempotent; without its last page the document is gone."""
    return _assembled(
        application, question, lambda pages: [each for each in pages if each.public_id != page], actor
    )


def _page(name: str, content: bytes, declared_type: str) -> DocumentPage:
    accepted = inspect_photo(name, content, declared_type)
    return DocumentPage(
        name=shown_name(name),
        size=len(accepted.content),
        sha256=hashlib.sha256(accepted.content).hexdigest(),
        stored_as=write_file(accepted.content),
    )


def _put_behind(application: Application, question: str, new: Pages, actor: Actor) -> Document | None:
    def longer(pages: Pages) -> Pages:
        found = {page.sha256: page for page in [*new, *pages]} | {page.sha256: page for page in pages}
        ordered = dict.fromkeys(page.sha256 for page in [*pages, *new])
        if len(ordered) > MOST_PAGES:
            raise Refused("pages")
        return [found[sha256] for sha256 in ordered]

    return _assembled(application, question, longer, actor)


@transaction.atomic
def _assembled(
    application: Application, question: str, changed: Callable[[Pages], Pages], actor: Actor
) -> Document | None:
    """Lock the application, change the list of pages, and make the document of the new list.

    The earlier document stays as a removed row, as with every replaced file; its pages move on.
    """
    draft = lock_open(application)
    earlier = kept_for(draft, question).first()
    before = list(earlier.pages.order_by("position")) if earlier else []
    pages = changed(list(before))
    if pages == before:
        return earlier
    if not pages:
        kept_for(draft, question).update(removed_at=Now())
        if earlier:
            publish(DocumentRemoved(application_id=draft.pk, document_id=earlier.pk), actor=actor)
        return None
    content = assemble([_content(page) for page in pages])
    document = store(
        application=draft,
        content=content,
        values={
            "question": question,
            "name": f"{question}.pdf",
            "content_type": CONTENT_TYPES["pdf"],
            "status": first_look(content),
        },
        actor=actor,
    )
    for position, page in enumerate(pages, start=1):
        page.document, page.position = document, position
        page.save()
    return document


def _content(page: DocumentPage) -> bytes:
    with default_storage.open(page.stored_as) as file:
        return file.read()
