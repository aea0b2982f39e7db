"""The signed address a referee answers at. It is computed when a message leaves and never stored."""

import re
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

_SIGNER = Signer(salt="apps.applications.referee", sep=".")
#: What mail programs add to the end of an address is not part of it.
_TOKEN = re.compile(r"^[0-9a-f]{32}\.[A-Za-z0-9_-]{20,64}")


def token_of(public_id: UUID) -> str:
    return _SIGNER.sign(public_id.hex)


def public_id_from(token: str) -> UUID | None:
    """The reference a link leads to; None for every other text, in the same time."""
    found = _TOKEN.match(token)
    try:
        return UUID(_SIGNER.unsign(found.group() if found else "."))
    except (BadSignature, ValueError):
        return None


def referee_link(public_id: UUID, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse("applications:referee-link", args=[token_of(public_id)])
