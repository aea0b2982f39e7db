"""A section of a form definition as a Django form: one field for each question."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.applications.models import Document
from apps.applications.rules.definition import Question, Section
from apps.core.forms import (
    AmountField,
    DateField,
    LineField,
    LongTextField,
    OneOfField,
    SeveralOfField,
    TickField,
    UploadField,
)
from apps.core.texts import say_marked
from apps.places.selectors import country_choices

#: An answer is kept as JSON, which has room for the marks of Thai, Khmer and Burmese beside the letters.
MARKS_TOO = 3
#: What we keep of an answer that has the wrong shape, so that the person finds it again.
LONGEST_TYPED = 20_000


def _choices(question: Question) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [(option.value, say_marked(option.label, language)) for option in question.options]


def _country(question: Question, **kwargs: Any) -> forms.Field:
    return OneOfField(choices=[("", _("Choose a country")), *country_choices()], **kwargs)


def _declaration(question: Question, **kwargs: Any) -> forms.Field:
    return TickField(**kwargs)


def _yes_no(question: Question, **kwargs: Any) -> forms.Field:
    return OneOfField(choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect, **kwargs)


def _one_choice(question: Question, **kwargs: Any) -> forms.Field:
    return OneOfField(choices=_choices(question), widget=forms.RadioSelect, **kwargs)


def _several(question: Question, **kwargs: Any) -> forms.Field:
    return SeveralOfField(choices=_choices(question), widget=forms.CheckboxSelectMultiple, **kwargs)


def _document(question: Question, **kwargs: Any) -> forms.Field:
    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx"})
    return UploadField(widget=widget, allow_empty_file=True, **kwargs)


BUILDERS: dict[str, Callable[..., forms.Field]] = {
    "text": lambda question, **kwargs: LineField(most=question.most, **kwargs),
    "long_text": lambda question, **kwargs: LongTextField(
        most=question.most, room=question.most * MARKS_TOO, **kwargs
    ),
    "number": lambda question, **kwargs: AmountField(least=-(10**9), most=10**9, **kwargs),
    "date": lambda question, **kwargs: DateField(**kwargs),
    "yes_no": _yes_no,
    "one_choice": _one_choice,
    "several_choices": _several,
    "country": _country,
    "declaration": _declaration,
    "document": _document,
}


class SectionForm(forms.Form):
    """`documents` are those kept already, by question: a required file need not be sent twice."""

    def __init__(
        self, section: Section, documents: Mapping[str, Document], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        language = get_language() or "en"
        for question in section.questions:
            kept = documents.get(question.key)
            hint: str = say_marked(question.hint, language)
            if kept is not None:
                hint = _("We have {name}. Choose a file only to replace it.").format(name=kept.name)
            self.fields[question.key] = BUILDERS[question.kind](
                question,
                label=say_marked(question.label, language),
                help_text=hint,
                required=question.required and kept is None,
            )

    def answers(self) -> dict[str, Any]:
        """What to keep: clean values where the answer is clean, else what was typed."""
        kept = {}
        for question in self.section.questions:
            if question.kind == "document":
                continue
            if question.key in self.errors:
                value = self._typed(question)
            else:
                value = _plain(self.cleaned_data.get(question.key))
            if value not in (None, "", []):
                kept[question.key] = value
        return kept

    def _typed(self, question: Question) -> Any:
        field = self[question.key]
        value = field.data
        if isinstance(value, list):
            return [str(each or "").replace("\x00", "")[:100] for each in value[:50]] if any(value) else ""
        return str(value or "").replace("\x00", "")[:LONGEST_TYPED]

    def uploads(self) -> dict[str, Any]:
        return {
            question.key: self.cleaned_data[question.key]
            for question in self.section.documents
            if self.cleaned_data.get(question.key)
        }


def _plain(value: Any) -> Any:
    """JSON's own types: dates as 2001-03-27, numbers as text so that 0.10 stays 0.10."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, bool | list | str) or value is None:
        return value
    return str(value)


class WithdrawForm(forms.Form):
    reason = LongTextField(
        label=_("Why do you withdraw?"),
        help_text=_("You do not have to say. It helps us to do better."),
        required=False,
        most=500,
        rows=3,
    )
