"""A coordinator's way: check first, look at the report, then import the very same file or drop it."""

import base64
import hashlib
import io
import uuid
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change, change_many
from apps.records.enums import ImportStatus
from apps.records.models import ImportRun
from apps.records.rules.reading import MIB, Limits
from apps.records.selectors import mapping_named
from apps.records.services.importing import import_file

LARGEST_UPLOAD = 5 * MIB
#: What one request checks within seconds; operators import larger files with `import_records`.
WEB_LIMITS = Limits(most_bytes=20 * MIB, most_rows=20_000)
#: A file that waits longer for its import is dropped.
KEPT_FOR = timedelta(hours=24)


def check_records(
    *, mapping_name: str, upload: UploadedFile, organisation: Organisation, actor: Actor
) -> ImportRun:
    """Go through the file without keeping anything of it but the report, and a sealed copy when it is good.

    Raises Invalid at the field `file` when it is empty or too large, at `mapping` when we know none of
    that name. Everything else wrong with the file stands in the report. Drops copies of yesterday's.
    """
    mapping = mapping_named(mapping_name)
    if not upload.size:
        raise Invalid(fields={"file": [_("The file is empty. Choose another one.")]})
    if upload.size > LARGEST_UPLOAD:
        message = _("This file is larger than 5 MB. Send it in parts, or packed with gzip.")
        raise Invalid(fields={"file": [message]})
    content = upload.read()
    forget_stale_checks()
    run = import_file(
        mapping=mapping,
        packed=io.BytesIO(content),
        file_name=upload.name or "",
        organisation=organisation,
        limits=WEB_LIMITS,
        dry_run=True,
        actor=actor,
    )
    if run.status == ImportStatus.CHECKED:
        # The file first, then the row that names it: a row without its file could never be imported.
        kept_as = default_storage.save(f"imports/{uuid.uuid4().hex}", ContentFile(_seal().encrypt(content)))
        ImportRun.objects.filter(pk=run.pk).update(kept_as=kept_as)
        run.kept_as = kept_as
    return run


def import_checked(*, run: ImportRun, actor: Actor) -> ImportRun:
    """Import the file of a check, once: of two clicks one imports and the other gets Conflict.

    The report may differ from the check's when other rows came in between; then the run is refused
    and nothing is imported. Raises Conflict when the copy was dropped.
    """
    _must_wait(run)
    try:
        with default_storage.open(run.kept_as, "rb") as sealed:
            content = _seal().decrypt(sealed.read())
    except (FileNotFoundError, InvalidToken):
        raise Conflict(_("We keep a checked file for one day. Send it again.")) from None
    with transaction.atomic():
        locked = (
            ImportRun.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=run.pk)
        )
        _must_wait(locked)
        kept_as = locked.kept_as
        run = import_file(
            mapping=mapping_named(locked.mapping),
            packed=io.BytesIO(content),
            file_name=locked.file_name,
            organisation=locked.organisation,
            limits=WEB_LIMITS,
            run=locked,
            actor=actor,
        )
        transaction.on_commit(lambda: default_storage.delete(kept_as))
    return run


@transaction.atomic
def discard_check(*, run: ImportRun, actor: Actor) -> None:
    """Drop a checked file without importing it. Raises Conflict when it was imported meanwhile."""
    kept_as = run.kept_as
    change(run, to=ImportStatus.DISCARDED, finished_at=Now(), kept_as="")
    if kept_as:
        transaction.on_commit(lambda: default_storage.delete(kept_as))


@transaction.atomic
def forget_stale_checks() -> int:
    """Discard every check older than a day, with its copy; return how many. Needs no clock of its own."""
    stale = ImportRun.objects.filter(status=ImportStatus.CHECKED, created_at__lt=Now() - KEPT_FOR)
    rows = list(stale.order_by("pk").select_for_update(skip_locked=True).values_list("pk", "kept_as"))
    change_many(
        ImportRun.objects.filter(pk__in=[pk for pk, _kept in rows]),
        to=ImportStatus.DISCARDED,
        finished_at=Now(),
        kept_as="",
    )
    for name in (kept for _pk, kept in rows if kept):
        default_storage.delete(name)
    return len(rows)


def _must_wait(run: ImportRun) -> None:
    if run.status != ImportStatus.CHECKED or not run.kept_as:
        raise Conflict(_("This file was imported or discarded already."))


def _seal() -> Fernet:
    """The copy holds what people declared, so it never lies readable on a disk."""
    digest = hashlib.sha256(b"records.imports:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
