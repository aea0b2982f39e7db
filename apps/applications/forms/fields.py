"""One Django field for each kind of question that stands alone or in a column of rows."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.applications.forms.options import Boxes, Choice, Radios
from apps.applications.rules.definition import Question
from apps.core.forms import (
    AmountField,
    DateField,
    LineField,
    LongTextField,
    OneOfField,
    SeveralOfField,
    TickField,
    UploadField,
    WholeNumberField,
)
from apps.core.texts import say_marked
from apps.places.selectors import country_choices

#: An answer is kept as JSON, which has room for the marks of Thai, Khmer and Burmese beside the letters.
MARKS_TOO = 3
#: Numbers of twelve digits at most: they are exact in a browser's conditions too.
LARGEST = 10**9


class ClockField(forms.Field):
    """A time of day, or a date with one, kept as the text a browser sends: 14:30, 2026-11-26T14:30."""

    default_error_messages = {
        "required": _("Enter a time."),
        "invalid": _("Enter a time, for example 14:30."),
    }

    def __init__(self, *, with_date: bool, **kwargs: Any) -> None:
        self.with_date = with_date
        widget = forms.TextInput({"type": "datetime-local" if with_date else "time"})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        text = str(value or "").strip()[:40]
        if not text:
            return ""
        try:
            if self.with_date:
                return datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M")
            return time.fromisoformat(text).strftime("%H:%M")
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class StatementWidget(forms.Widget):
    template_name = "django/forms/widgets/statement.html"


class StatementField(forms.Field):
    """Words to read between the questions. Nothing is answered and nothing is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "required": False, "widget": StatementWidget})


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(UploadField):
    """Several files of one question: a list, empty when none was chosen."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = [each for each in data if each] if isinstance(data, list | tuple) else [data] if data else []
        if not found:
            return [] if super().clean(None, initial) is None else initial
        return [super(FilesField, self).clean(each, initial) for each in found[:50]]


def choices_of(question: Question) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(option.value, say_marked(option.label, language) or option.value) for option in question.options]


def _number(question: Question, **kwargs: Any) -> forms.Field:
    least = float(question.least or -LARGEST)
    largest = float(question.largest or LARGEST)
    if question.whole:
        return WholeNumberField(least=int(least), most=int(largest), **kwargs)
    return AmountField(least=question.least or -LARGEST, most=question.largest or LARGEST, **kwargs)


def _document(question: Question, **kwargs: Any) -> forms.Field:
    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx"})
    return UploadField(widget=widget, allow_empty_file=True, **kwargs)


def _photos(question: Question, **kwargs: Any) -> forms.Field:
    return FilesField(widget=FilesInput(attrs={"accept": ".jpg,.jpeg,.png"}), allow_empty_file=True, **kwargs)


def _several(question: Question, **kwargs: Any) -> forms.Field:
    return SeveralOfField(choices=choices_of(question), widget=Boxes, **kwargs)


def _one(question: Question, **kwargs: Any) -> forms.Field:
    """A few options are best read together; a long list is best searched."""
    choices = choices_of(question)
    if len(choices) <= MOST_RADIOS:
        return OneOfField(choices=choices, widget=Radios, **kwargs)
    return OneOfField(choices=[("", _("Choose one")), *choices], widget=Choice, **kwargs)


def _yes_no(question: Question, **kwargs: Any) -> forms.Field:
    return OneOfField(choices=YES_NO, widget=forms.RadioSelect, **kwargs)


MOST_RADIOS = 15
YES_NO = [("yes", _("Yes")), ("no", _("No"))]

BUILDERS: dict[str, Callable[..., forms.Field]] = {
    "text": lambda question, **kwargs: LineField(
        most=question.most, room=question.most * MARKS_TOO, **kwargs
    ),
    "long_text": lambda question, **kwargs: LongTextField(
        most=question.most, room=question.most * MARKS_TOO, counted=True, **kwargs
    ),
    "number": _number,
    "date": lambda question, **kwargs: DateField(**kwargs),
    "time": lambda question, **kwargs: ClockField(with_date=False, **kwargs),
    "date_time": lambda question, **kwargs: ClockField(with_date=True, **kwargs),
    "yes_no": _yes_no,
    "one_choice": _one,
    "several_choices": _several,
    "country": lambda question, **kwargs: OneOfField(
        choices=[("", _("Choose a country")), *country_choices()], **kwargs
    ),
    "declaration": lambda question, **kwargs: TickField(**kwargs),
    "document": _document,
    "photos": _photos,
    "statement": lambda question, **kwargs: StatementField(**kwargs),
}


def label_of(question: Question) -> str:
    """The question with its unit: "Weight (kg)" is read out and printed as one."""
    language = get_language() or "en"
    label = say_marked(question.label, language)
    return format_html("{} ({})", label, say_marked(question.unit, language)) if question.unit else label


def plain(value: Any) -> Any:
    """JSON's own types: dates as 2001-03-27, numbers as text so that 0.10 stays 0.10."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, bool | list | dict | str) or value is None:
        return value
    return str(value)


#: What we keep of an answer that has the wrong shape, so that the person finds it again.
LONGEST_TYPED = 20_000


def typed(value: Any) -> Any:
    """What was typed, as far as it can be kept: texts without NUL, lists of them."""
    if isinstance(value, list):
        return [str(each or "").replace("\x00", "")[:100] for each in value[:50]] if any(value) else ""
    return str(value or "").replace("\x00", "")[:LONGEST_TYPED]
