"""Sealing answers at rest: AES-256-GCM, the person and the purpose bound in, keys that can be changed."""

import base64
import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


def _keys() -> dict[str, AESGCM]:
    """Newest first; a key is known by the first letters of its digest."""
    keys = {}
    for text in settings.FIELD_ENCRYPTION_KEYS:
        raw = base64.b64decode(text)
        keys[hashlib.sha256(raw).hexdigest()[:12]] = AESGCM(raw)
    return keys


def _bound(person_id: int, purpose: str) -> bytes:
    return f"{purpose}:{person_id}".encode() if purpose else str(person_id).encode()


def seal(answers: dict[str, Any], *, person_id: int, purpose: str = "") -> tuple[bytes, str]:
    """The sealed answers and the id of the key; in another person's row, or another table, they do not open."""
    key_id, cipher = next(iter(_keys().items()))
    nonce = os.urandom(NONCE)
    text = json.dumps(answers, sort_keys=True).encode()
    return nonce + cipher.encrypt(nonce, text, _bound(person_id, purpose)), key_id


def unseal(sealed: bytes, key_id: str, *, person_id: int, purpose: str = "") -> dict[str, Any]:
    """Raises KeyError for a key that is gone, InvalidTag for a row that was tampered with."""
    cipher = _keys()[key_id]
    raw = bytes(sealed)
    return dict(json.loads(cipher.decrypt(raw[:NONCE], raw[NONCE:], _bound(person_id, purpose))))
