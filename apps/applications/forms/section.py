"""A section of a form definition as a Django form: one field for each question."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from apps.applications.forms import fields
from apps.applications.forms.autofill import offer_autofill
from apps.applications.forms.options import offer
from apps.applications.forms.place import PlaceField
from apps.applications.forms.rows import RowForm, RowsField
from apps.applications.models import Document
from apps.applications.rules.conditions import holds, is_answered
from apps.applications.rules.counting import is_required
from apps.applications.rules.definition import FILE_KINDS, SILENT_KINDS, Option, Question, Section
from apps.core.burmese import in_unicode
from apps.core.texts import say, say_marked

BUILDERS: dict[str, Callable[..., forms.Field]] = {
    **fields.BUILDERS,
    "place": lambda question, **kwargs: PlaceField(**kwargs),
    "rows": lambda question, **kwargs: RowsField(question, **kwargs),
}

#: Told in every language, since a phone with Zawgyi may be set to any.
ZAWGYI = gettext_noop(
    "This text seems to be typed in Zawgyi, which many phones cannot show."
    " Press “Convert to Unicode and save”, or save again to keep it as it is."
)


class SectionForm(forms.Form):
    """`documents` are those kept already, by question: a required file need not be sent twice.

    `known` are the answers that count from the sections before. What is asked, and what is needed,
    is settled in the order of the questions; an answer to a question that is not asked is kept and
    never complained about.
    """

    def __init__(
        self,
        section: Section,
        documents: Mapping[str, Document],
        *args: Any,
        known: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.documents = section, documents
        self.known = dict(known or {})
        self.values: dict[str, Any] = {}
        self.is_zawgyi = False
        self.asked: dict[str, bool] = {}
        for question in section.questions:
            self.fields[question.key] = self._field(question)
        if not self.is_bound:
            self.values = {key: value for key, value in self.initial.items() if key in self.fields}
            self._settle(complain=False)

    def _field(self, question: Question) -> forms.Field:
        kept = self.documents.get(question.key)
        hint: str = say_marked(question.hint, get_language() or "en")
        if kept is not None:
            hint = _("We have {name}. Choose a file only to replace it.").format(name=kept.name)
        always = question.required and question.required_when is None
        field = BUILDERS[question.kind](
            question,
            label=fields.label_of(question),
            help_text=hint,
            required=always and kept is None,
        )
        field.is_sometimes_needed = question.required_when is not None  # type: ignore[attr-defined]
        return offer_autofill(field, question)

    def clean(self) -> dict[str, Any]:
        for question in self.section.answered:
            if question.key in self.errors:
                self.values[question.key] = self._typed(question)
            else:
                self.values[question.key] = fields.plain(self.cleaned_data.get(question.key))
        self._look_for_zawgyi()
        self._settle(complain=True)
        return self.cleaned_data

    def _look_for_zawgyi(self) -> None:
        """Offer to convert Burmese that others cannot read. What was saved so before is meant so."""
        for question in self.section.answered:
            value = self.values[question.key]
            converted = in_unicode(value)
            if converted == value:
                continue
            if "convert" in self.data:
                self.values[question.key] = converted
            elif value != self.initial.get(question.key):
                self.is_zawgyi = True
                self.add_error(question.key, _(ZAWGYI))

    def _typed(self, question: Question) -> Any:
        value = self[question.key].data
        if question.kind == "rows":
            return [row.typed() for row in value if isinstance(row, RowForm)]
        return fields.typed(value)

    def _settle(self, *, complain: bool) -> None:
        """Walk down the questions: what is asked, what is missing, what does not fit."""
        counting = dict(self.known)
        for question in self.section.questions:
            asked = self.asked[question.key] = holds(question.when, counting)
            if not asked:
                if complain:
                    self.errors.pop(question.key, None)
                continue
            offer(self.fields[question.key].widget, question.options, counting)
            value = self._value(question)
            if is_answered(value):
                counting[question.key] = value
            if complain:
                self._complain(question, value, counting)

    def _value(self, question: Question) -> Any:
        if question.kind in FILE_KINDS:
            sent = getattr(self, "cleaned_data", {}).get(question.key)
            return True if sent or question.key in self.documents else None
        return self.values.get(question.key)

    def _complain(self, question: Question, value: Any, counting: Mapping[str, Any]) -> None:
        key = question.key
        if key in self.errors or question.kind in SILENT_KINDS:
            return
        if not is_answered(value):
            if is_required(question, counting):
                self.add_error(key, self.fields[key].error_messages["required"])
            return
        if any(not holds(option.when, counting) for option in _chosen(question, value)):
            self.add_error(key, _("This does not fit your other answers. Choose again."))
        for check in question.checks:
            if not holds(check.that, counting, own=value):
                words = say(check.message, get_language() or "en")
                self.add_error(key, words or _("This answer is not possible. Look at it again."))

    @property
    def has_conditions(self) -> bool:
        """Whether the page needs the script that shows and hides questions while one types."""
        return any(map(_depends, self.section.questions))

    def known_json(self) -> str:
        """For the page: the answers of other sections that conditions here look at."""
        wanted = {key for question in self.section.questions for key in _depends(question)}
        return json.dumps({key: value for key, value in self.known.items() if key in wanted})

    def groups(self) -> list["Group"]:
        """The questions in order, as the page shows them."""
        return [
            Group(
                field=self[question.key],
                question=question,
                when=json.dumps(question.when.plain()) if question.when else "",
                is_asked=self.asked.get(question.key, True),
                is_kept=question.key in self.documents,
                document=self.documents.get(question.key),
            )
            for question in self.section.questions
        ]

    def answers(self) -> dict[str, Any]:
        """What to keep: clean values where the answer is clean, else what was typed."""
        return {
            question.key: self.values[question.key]
            for question in self.section.answered
            if self.values.get(question.key) not in (None, "", [], {})
        }

    def uploads(self) -> dict[str, Any]:
        return {
            question.key: self.cleaned_data[question.key]
            for question in self.section.documents
            if self.cleaned_data.get(question.key)
        }


@dataclass(frozen=True, slots=True)
class Group:
    """A question on the page. `when` is its condition as JSON, for the script; "" when it has none."""

    field: BoundField
    question: Question
    when: str
    is_asked: bool
    is_kept: bool
    document: Document | None


def _chosen(question: Question, value: Any) -> list[Option]:
    chosen = {str(each) for each in value} if isinstance(value, list) else {str(value)}
    return [option for option in question.options if option.value in chosen]


def _depends(question: Question) -> set[str]:
    conditions = [question.when, *(option.when for option in question.options)]
    return {key for condition in conditions if condition for key in condition.questions()}
