"""Form fields that treat people's text well, and the way refusals reach the field they belong to."""

import datetime
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.core.cleaning import has_control_characters, length_as_seen, tidy
from apps.core.dates import common_year, day_in_words
from apps.core.errors import DomainError

#: A text of n visible characters may carry marks, but not thousands of them on one letter.
BYTES_PER_CHARACTER = 16


def attach(form: forms.BaseForm, error: DomainError) -> None:
    """Show a service's refusal where it belongs: at its fields, else above the form."""
    placed = False
    for name, messages in error.fields.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, str(message))
            placed = True
    if not placed:
        form.add_error(None, str(error.message))


class TextField(forms.CharField):
    """Text up to `most` characters as a reader counts them; NFC, trimmed, no control characters.

    A column counts every mark of Thai or Khmer as a character of its own, so no more than `room` of
    those are taken: `most` unless the text goes where there is more.
    """

    default_error_messages = {
        "required": _("Fill this in."),
        "control": _("This text contains a character we cannot keep. Type it again."),
        "too_long": _("This is too long: {count} characters. The most is {most}."),
    }

    def __init__(self, *, most: int = 200, room: int | None = None, **kwargs: Any) -> None:
        self.most, self.room = most, room or most
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text and has_control_characters(text):
            raise ValidationError(self.error_messages["control"], code="control")
        return tidy(text) if text else ""

    def validate(self, value: str) -> None:
        super().validate(value)
        count = length_as_seen(value)
        if count <= self.most and len(value) > self.room:
            count = len(value)
        if count > self.most or len(value.encode()) > self.most * BYTES_PER_CHARACTER:
            message = str(self.error_messages["too_long"]).format(count=count, most=self.most)
            raise ValidationError(message, code="too_long")


class CountedTextarea(forms.Textarea):
    """A text box that says how much goes into it; the page's script counts down while one types."""

    def __init__(self, *, most: int, rows: int) -> None:
        self.most = most
        super().__init__(attrs={"rows": rows, "data-most": most})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["most"] = self.most
        return context


class LongTextField(TextField):
    def __init__(self, *, most: int = 3000, rows: int = 6, counted: bool = False, **kwargs: Any) -> None:
        widget = CountedTextarea(most=most, rows=rows) if counted else forms.Textarea(attrs={"rows": rows})
        kwargs.setdefault("widget", widget)
        super().__init__(most=most, **kwargs)


class LineField(TextField):
    """One line: a name, a title, a place."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class OneOfField(forms.ChoiceField):
    default_error_messages = {
        "required": _("Choose one answer."),
        "invalid_choice": _("Choose one of the answers shown."),
    }


class SeveralOfField(forms.MultipleChoiceField):
    default_error_messages = {
        "required": _("Choose at least one answer."),
        "invalid_choice": _("Choose among the answers shown."),
    }


class TickField(forms.BooleanField):
    default_error_messages = {"required": _("Tick the box to go on.")}


class UploadField(forms.FileField):
    default_error_messages = {"required": _("Choose a file.")}


class DateParts(forms.MultiWidget):
    """Day, month and year as three boxes: people know their birthday, not a calendar widget."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput({"label": _("Day"), "width": "govuk-input--width-2"}),
            "month": forms.TextInput({"label": _("Month"), "width": "govuk-input--width-2"}),
            "year": forms.TextInput({"label": _("Year"), "width": "govuk-input--width-4"}),
        }
        super().__init__(parts, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, list):  # what was typed before and did not make a date
            return value
        if isinstance(value, str) and value:
            value = datetime.date.fromisoformat(value)
        return [value.day, value.month, value.year] if value else [None, None, None]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Also takes a whole ISO date under the plain name, as machines and older phones send it."""
        if data.get(name):
            parts = str(data[name]).split("-")
            return list(reversed(parts)) if len(parts) == 3 else [data[name], "", ""]
        return super().value_from_datadict(data, files, name)


class DateField(forms.Field):
    """A date in three parts, between `earliest` and `latest`; two-digit years are refused.

    The year may be of the Buddhist era, as people in Thailand write it.
    """

    widget = DateParts
    default_error_messages = {
        "required": _("Enter a date."),
        "incomplete": _("Enter a day, a month and a year, for example 27 3 2001."),
        "invalid": _("This date does not exist. Enter a real date, for example 27 3 2001."),
        "range": _("Enter a date between {earliest} and {latest}."),
    }

    def __init__(
        self,
        *,
        earliest: datetime.date = datetime.date(1900, 1, 1),
        latest: datetime.date = datetime.date(2100, 12, 31),
        **kwargs: Any,
    ) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime.date | None:
        if isinstance(value, datetime.date) or not value:
            return value or None
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        if not all(parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            day, month, year = (int(unicodedata.normalize("NFKC", part)[:6]) for part in parts)
            return datetime.date(common_year(year), month, day)
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value is not None and not self.earliest <= value <= self.latest:
            words = str(self.error_messages["range"])
            limits = {"earliest": day_in_words(self.earliest), "latest": day_in_words(self.latest)}
            raise ValidationError(words.format(**limits), code="range")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


def limits(least: Any, most: Any) -> dict[str, Any]:
    """What a number outside its limits is told: both limits at once."""
    words = format_lazy(_("Enter a number from {least} to {most}."), least=f"{least:,}", most=f"{most:,}")
    return {"min_value": words, "max_value": words}


class WholeNumberField(forms.IntegerField):
    """A whole number within stated limits; digits of every script are understood."""

    default_error_messages = {
        "required": _("Enter a number."),
        "invalid": _("Enter a whole number, for example 12."),
    }

    def __init__(self, *, least: int = 0, most: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=most, **kwargs)
        self.error_messages = {**limits(least, most), **self.error_messages}

    def to_python(self, value: Any) -> int | None:
        text = unicodedata.normalize("NFKC", str(value)).strip() if value not in self.empty_values else ""
        if len(text) > 20:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


class AmountField(forms.DecimalField):
    """An amount of money or a share: two decimals, never NaN or infinite."""

    default_error_messages = {
        "required": _("Enter a number."),
        "invalid": _("Enter a number, for example 12.50."),
        "max_decimal_places": _("Enter at most two digits after the point."),
    }

    def __init__(self, *, least: Any = 0, most: Any = 10_000_000, **kwargs: Any) -> None:
        super().__init__(
            min_value=Decimal(str(least)),
            max_value=Decimal(str(most)),
            max_digits=12,
            decimal_places=2,
            **kwargs,
        )
        too_long = dict.fromkeys(("max_digits", "max_whole_digits"), self.error_messages["invalid"])
        stated = limits(Decimal(str(least)), Decimal(str(most)))
        self.error_messages = {**stated, **too_long, **self.error_messages}

    def to_python(self, value: Any) -> Any:
        text = unicodedata.normalize("NFKC", str(value)).strip() if value not in self.empty_values else ""
        if len(text) > 20 or "e" in text.lower():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)
