"""What every API view has: our viewer and actor, and repeats that do not act twice."""

import hashlib
import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import IdempotencyKey
from apps.accounts.roles import Viewer
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid

LONGEST = 100


def _mark_of(value: Any) -> str:
    """What tells one body from another where it is not JSON: a file by its content."""
    if not isinstance(value, UploadedFile):
        return str(value)
    mark = hashlib.sha256(b"".join(value.chunks())).hexdigest()
    value.seek(0)
    return f"{value.name} {mark}"


class ApiView(GenericAPIView):
    @property
    def viewer(self) -> Viewer:
        return self.request._request.viewer

    @property
    def actor(self) -> Actor:
        return self.request._request.actor

    def checked(self, request: Request) -> dict[str, Any]:
        """The body as the view's serializer understands it; an unknown field is refused."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


class RepeatableView(ApiView):
    """A POST with an `Idempotency-Key` acts once; the key, the answer and the deed share a transaction.

    The same key with another body is a conflict. Keys belong to the caller and are kept a day.
    """

    def act(self, request: Request, **kwargs: Any) -> Response:
        raise AssertionError("a view that can be repeated says what it does in act()")

    def post(self, request: Request, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key or not request.user.is_authenticated:
            return self.act(request, **kwargs)
        if len(key) > LONGEST or not key.isascii() or not key.isprintable():
            raise Invalid(_("An Idempotency-Key has at most 100 printable characters."))
        body = json.dumps(request.data, sort_keys=True, default=_mark_of)
        mark = hashlib.sha256(f"{request.path}\n{body}".encode()).hexdigest()
        return self._once(request, key, mark, kwargs)

    @transaction.atomic
    def _once(self, request: Request, key: str, fingerprint: str, kwargs: dict[str, Any]) -> Response:
        try:
            with transaction.atomic():
                row = IdempotencyKey.objects.create(user=request.user, key=key, fingerprint=fingerprint)
        except IntegrityError:  # a repeat, or the other of two at once: it waits for the first here
            row = IdempotencyKey.objects.select_for_update().get(user=request.user, key=key)
            if row.fingerprint != fingerprint:
                raise Conflict(_("This Idempotency-Key was used for something else.")) from None
            return Response(row.answer, status=row.status)
        answer = self.act(request, **kwargs)
        plain = json.loads(json.dumps(answer.data, default=str))
        IdempotencyKey.objects.filter(pk=row.pk).update(status=answer.status_code, answer=plain)
        return answer
