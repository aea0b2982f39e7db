"""Serializers that take only what they name."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers


class StrictSerializer(serializers.Serializer):
    """An unknown field is an error, not a silence: nobody sends `status` and believes it worked."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            known = {name for name, field in self.fields.items() if not field.read_only}
            unknown = sorted(set(data) - known)
            if unknown:
                raise serializers.ValidationError(
                    {name: [_("We do not know this field.")] for name in unknown}
                )
        return super().to_internal_value(data)


class PublicIdField(serializers.UUIDField):
    """A public id as text; numbers and booleans are not ids, though Python could make one of them."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class NothingSerializer(StrictSerializer):
    """For calls that need no body."""


class RefusalSerializer(serializers.Serializer):
    """Every 4xx: a code for machines, words for people, and what is wrong at which field."""

    code = serializers.CharField()
    detail = serializers.CharField(allow_blank=True)
    fields_ = serializers.DictField()

    def get_fields(self) -> dict[str, serializers.Field]:
        """`fields` is a name that serializers keep for themselves."""
        found = super().get_fields()
        return {name.rstrip("_"): field for name, field in found.items()}


class ReasonSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=500)
