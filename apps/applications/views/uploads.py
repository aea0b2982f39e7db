"""The tus 1.0 protocol (https://tus.io/protocols/resumable-upload): core, creation, expiration, checksum
and termination. Only the owner of the application finds anything here; for everyone else it is absent.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views import View

from apps.applications.enums import UploadStatus
from apps.applications.models import Application, Upload
from apps.applications.refusals import REASONS, why
from apps.applications.rules.inspection import LARGEST
from apps.applications.rules.receiving import ALGORITHMS, Checksum
from apps.applications.selectors import own_application, upload_of
from apps.applications.services import begin_upload, end_upload, receive
from apps.applications.services.uploads import KEPT_FOR, WrongOffset
from apps.applications.views.own import drafts_of, helped_application
from apps.core.access import Access
from apps.core.errors import Conflict, DomainError

Row = TypeVar("Row", bound=Model)

VERSION = "1.0.0"
PIECE = 8 * 1024
BODY_TYPE = "application/offset+octet-stream"
DIGITS = re.compile(r"[0-9]{1,15}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_METADATA = 8000


class BadRequest(DomainError):
    """The sender does not speak the protocol. English: no person reads it."""

    code = "protocol"


class NoLength(BadRequest):
    status = 411


class TooLarge(BadRequest):
    status = 413


class OtherType(BadRequest):
    status = 415


class TusView(View):
    """Finds the application, then speaks the protocol. CSRF is the site's own: a token in a header."""

    access = Access.PUBLIC
    http_method_names = ["get", "head", "post", "patch", "delete", "options"]
    application: Application

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        override = request.headers.get("X-HTTP-Method-Override", "")
        if request.method == "POST" and override in ("PATCH", "DELETE"):
            request.method = override
        own = own_application(request.viewer, drafts_of(request), kwargs["public_id"])
        try:
            own = own or helped_application(request, kwargs["public_id"])
            if own is None:
                raise Absent
            self.application = own
            answer = self._answer(request, *args, **kwargs)
        except DomainError as error:
            answer = _refusal(error)
        answer["Tus-Resumable"] = VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        spoken = request.method in ("GET", "OPTIONS") or request.headers.get("Tus-Resumable") == VERSION
        if not spoken:
            return HttpResponse(status=412, headers={"Tus-Version": VERSION})
        return super().dispatch(request, *args, **kwargs)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(
            status=204,
            headers={
                "Tus-Version": VERSION,
                "Tus-Extension": "creation,expiration,checksum,termination",
                "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
                "Tus-Max-Size": str(LARGEST),
            },
        )


class Absent(DomainError):
    """The same for what is not there and for what belongs to someone else."""

    status = 404
    code = "absent"
    message = _lazy("We cannot find this. If you were signed out, sign in and choose the file again.")


def _only(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise Absent
    return row


def _refusal(error: DomainError) -> HttpResponse:
    """409 means to the protocol "ask for the offset and go on": other conflicts must not say so."""
    final = isinstance(error, Conflict) and not isinstance(error, WrongOffset)
    answer = HttpResponse(
        str(error.message), content_type="text/plain; charset=utf-8", status=403 if final else error.status
    )
    if error.status == 429:
        answer["Retry-After"] = "300"
    return answer


class UploadsView(TusView):
    """POST: announce a file. Its name and size are judged before any of it is sent."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        length = _number(request, "Upload-Length")
        if length > LARGEST:
            raise TooLarge(REASONS["large"])
        told = _metadata(request.headers.get("Upload-Metadata", ""))
        sha256 = _text(told, "sha256").lower()
        if sha256 and not SHA256.fullmatch(sha256):
            raise BadRequest("sha256 is 64 hexadecimal digits")
        fingerprint = told.get("fingerprint", b"").hex()
        if len(fingerprint) not in (0, 64):
            raise BadRequest("fingerprint is the sha256 itself, 32 bytes")
        upload = begin_upload(
            application=self.application,
            question=_text(told, "question"),
            name=_text(told, "filename") or _text(told, "name"),
            length=length,
            declared_type=_text(told, "filetype"),
            sha256=sha256 or fingerprint,
            can_join=bool(fingerprint),
            actor=request.actor,
        )
        place = reverse("applications:upload", args=[public_id, upload.public_id])
        return HttpResponse(status=201, headers={"Location": place, **_progress(upload)})


class UploadView(TusView):
    """HEAD: how far it came. PATCH: go on from there. DELETE: give up. GET: the receipt, in words."""

    def head(self, request: HttpRequest, public_id: UUID, upload_id: UUID) -> HttpResponse:
        upload = self._upload(upload_id)
        if upload.status in (UploadStatus.REFUSED, UploadStatus.ENDED):
            return HttpResponse(status=410)
        return HttpResponse(headers={**_progress(upload), "Upload-Length": str(upload.length)})

    def patch(self, request: HttpRequest, public_id: UUID, upload_id: UUID) -> HttpResponse:
        upload = self._upload(upload_id)
        if "Transfer-Encoding" in request.headers:
            raise NoLength("send a Content-Length")
        offset, coming = _number(request, "Upload-Offset"), int(request.headers.get("Content-Length") or 0)
        if coming and request.content_type != BODY_TYPE:
            raise OtherType(f"send {BODY_TYPE}")
        if offset + coming > upload.length:
            raise TooLarge("more than was announced")
        checksum = _checksum(request.headers.get("Upload-Checksum"))
        upload = receive(
            upload=upload,
            offset=offset,
            pieces=_pieces(request, coming),
            checksum=checksum,
            actor=request.actor,
        )
        if upload.status == UploadStatus.REFUSED:
            return HttpResponse(receipt(upload), content_type="text/plain; charset=utf-8", status=422)
        return HttpResponse(status=204, headers=_progress(upload))

    def delete(self, request: HttpRequest, public_id: UUID, upload_id: UUID) -> HttpResponse:
        end_upload(upload=self._upload(upload_id), actor=request.actor)
        return HttpResponse(status=204)

    def get(self, request: HttpRequest, public_id: UUID, upload_id: UUID) -> JsonResponse:
        upload = self._upload(upload_id)
        return JsonResponse({"state": upload.status, "offset": upload.offset, "text": receipt(upload)})

    def _upload(self, upload_id: UUID) -> Upload:
        return _only(upload_of(self.application, upload_id))


def receipt(upload: Upload) -> str:
    """What became of the file, for the person who sent it."""
    if upload.status == UploadStatus.REFUSED:
        return why(upload.name, upload.refusal)
    if upload.status == UploadStatus.ENDED:
        return _("This upload has ended. Choose the file again.")
    if upload.status == UploadStatus.RECEIVING or upload.document is None:
        return _("{name} is on its way.").format(name=upload.name)
    words = (
        _("We have {name}, {size}, checked.")
        if upload.document.is_clean
        else _("We have {name}, {size}. We are still checking it; you can go on.")
    )
    return words.format(name=upload.name, size=filesizeformat(upload.length))


def _progress(upload: Upload) -> dict[str, str]:
    headers = {"Upload-Offset": str(upload.offset)}
    if upload.status == UploadStatus.RECEIVING:
        headers["Upload-Expires"] = http_date((upload.heard_at + KEPT_FOR).timestamp())
    return headers


def _number(request: HttpRequest, header: str) -> int:
    value = request.headers.get(header, "")
    if not DIGITS.fullmatch(value):
        raise BadRequest(f"{header} is a number")
    return int(value)


def _metadata(header: str) -> dict[str, bytes]:
    """Pairs of a key and its value in base64."""
    if len(header) > MOST_METADATA:
        raise BadRequest("Upload-Metadata is too long")
    told: dict[str, bytes] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _space, value = pair.partition(" ")
        try:
            told[key] = base64.b64decode(value, validate=True)
        except binascii.Error:
            raise BadRequest(f"Upload-Metadata: {key[:40]!r} is not base64") from None
    return told


def _text(told: dict[str, bytes], key: str) -> str:
    try:
        return told.get(key, b"").decode()
    except UnicodeDecodeError:
        raise BadRequest(f"Upload-Metadata: {key!r} is not text") from None


def _checksum(header: str | None) -> Checksum | None:
    if header is None:
        return None
    algorithm, _space, value = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadRequest(f"Upload-Checksum: one of {', '.join(ALGORITHMS)}")
    try:
        return Checksum(algorithm, base64.b64decode(value, validate=True))
    except binascii.Error:
        raise BadRequest("Upload-Checksum is not base64") from None


def _pieces(request: HttpRequest, coming: int) -> Iterator[bytes]:
    """What arrives of the body, until it is whole or the line is dead."""
    try:
        while coming > 0 and (piece := request.read(min(PIECE, coming))):
            coming -= len(piece)
            yield piece
    except OSError:  # the line died: what came before counts
        return
