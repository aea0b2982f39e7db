"""The forms of the pages, asked as JSON: the same names, the same limits, the same cleaning."""

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from rest_framework import serializers

from apps.core.api.serializers import PublicIdField, StrictSerializer
from apps.core.errors import Invalid
from apps.core.forms import DateField, TextField


class FormSerializer(StrictSerializer):
    """Takes what `form_class` takes. JSON of a wrong type is 400; what the form refuses is 422, at its
    field. Fields the serializer declares itself stand in for the form's; `left_out` are not asked.
    """

    form_class: type[forms.Form]
    left_out: frozenset[str] = frozenset()

    def get_fields(self) -> dict[str, serializers.Field]:
        declared = super().get_fields()
        asked = {
            name: as_json(field)
            for name, field in self.form_class.base_fields.items()
            if name not in self.left_out and name not in declared
        }
        return {**asked, **declared}

    def form(self, sent: dict[str, Any]) -> forms.Form:
        return self.form_class(sent)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return clean_with(self.form(as_sent(attrs)))


def clean_with(form: forms.Form) -> dict[str, Any]:
    """What the form makes of its data, or Invalid with its words."""
    if not form.is_valid():
        raise Invalid(fields=errors_of(form))
    return form.cleaned_data


def errors_of(form: forms.Form) -> dict[str, list[str]]:
    return {
        "" if name == "__all__" else name: [str(each) for each in found]
        for name, found in form.errors.items()
    }


def as_sent(data: Mapping[str, Any]) -> dict[str, Any]:
    """JSON's types as a browser would send them; what is false or null is a box left alone."""
    return {name: _sent(value) for name, value in data.items() if value is not None and value is not False}


def _sent(value: Any) -> Any:
    if value is True:
        return "on"
    if isinstance(value, list):
        return [str(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _text(field: Any, kind: dict[str, Any]) -> serializers.Field:
    return serializers.CharField(
        **kind, max_length=field.room, allow_blank=not field.required, trim_whitespace=False
    )


def _line(field: Any, kind: dict[str, Any]) -> serializers.Field:
    return serializers.CharField(**kind, max_length=field.max_length, allow_blank=not field.required)


def _amount(field: Any, kind: dict[str, Any]) -> serializers.Field:
    return serializers.DecimalField(
        **kind,
        allow_null=not field.required,
        max_digits=field.max_digits,
        decimal_places=field.decimal_places,
        min_value=field.min_value,
        max_value=field.max_value,
    )


def _number(field: Any, kind: dict[str, Any]) -> serializers.Field:
    return serializers.IntegerField(
        **kind, allow_null=not field.required, min_value=field.min_value, max_value=field.max_value
    )


def _choice(field: Any, kind: dict[str, Any]) -> serializers.Field:
    return serializers.ChoiceField(**kind, choices=list(field.choices), allow_blank=not field.required)


#: How each kind of form field is asked in JSON; the first that fits.
KINDS: list[tuple[type[forms.Field], Callable[[Any, dict[str, Any]], serializers.Field]]] = [
    (TextField, _text),
    (DateField, lambda field, kind: serializers.DateField(**kind, allow_null=not field.required)),
    (forms.DateTimeField, lambda field, kind: serializers.DateTimeField(**kind, allow_null=True)),
    (forms.TimeField, lambda field, kind: serializers.TimeField(**kind)),
    (forms.UUIDField, lambda field, kind: PublicIdField(**kind)),
    (forms.DecimalField, _amount),
    (forms.IntegerField, _number),
    (forms.BooleanField, lambda field, kind: serializers.BooleanField(**kind)),
    (
        forms.ModelMultipleChoiceField,
        lambda field, kind: serializers.ListField(**kind, child=PublicIdField(), max_length=1000),
    ),
    (forms.ModelChoiceField, lambda field, kind: serializers.CharField(**kind, max_length=36)),
    (forms.ChoiceField, _choice),
    (forms.CharField, _line),
]


def as_json(field: forms.Field) -> serializers.Field:
    make = next(make for kind, make in KINDS if isinstance(field, kind))
    asked: dict[str, Any] = {"required": field.required}
    if field.help_text:
        asked["help_text"] = str(field.help_text)
    return make(field, asked)
