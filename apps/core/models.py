"""Abstract building blocks. Nothing here has a table."""

import uuid
from typing import Any

from django.db import models


class TimeStamped(models.Model):
    """When the row was written, and last changed through `save()`."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True


class PublicId(models.Model):
    """An identifier for addresses and the API: random, so that it tells and leads to nothing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


def empty_texts() -> dict[str, Any]:
    return {}


class TextsField(models.JSONField):
    """One text in several languages: {"en": "…", "th": "…"}. English is the declared fallback."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", empty_texts)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
