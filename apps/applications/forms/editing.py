"""What a coordinator types to change a form: a section, a question, the texts in one language."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.applications.rules.conditions import ITSELF
from apps.applications.rules.definition import CHOICE_KINDS, COLUMN_KINDS, MOST_COLUMNS, MOST_ROWS, TEXT_KINDS
from apps.applications.rules.editing import key_for
from apps.applications.rules.form_texts import Text
from apps.applications.rules.xlsform.expressions import Unheld
from apps.applications.rules.xlsform.meaning import Interpreter, Known, write
from apps.core.cleaning import tidy
from apps.core.forms import LineField, LongTextField, UploadField, WholeNumberField

KINDS = [
    ("text", _("Short text")),
    ("long_text", _("Long text")),
    ("number", _("Number")),
    ("date", _("Date")),
    ("time", _("Time")),
    ("date_time", _("Date and time")),
    ("yes_no", _("Yes or no")),
    ("one_choice", _("One of a list")),
    ("several_choices", _("Several of a list")),
    ("country", _("Country")),
    ("place", _("Country, province and town")),
    ("rows", _("Rows, such as schools or jobs")),
    ("document", _("Document")),
    ("photos", _("Photos of one document")),
    ("declaration", _("Declaration to tick")),
    ("statement", _("Words to read, no answer")),
]
NUMBER = re.compile(r"-?\d{1,10}(\.\d{1,2})?", re.ASCII)
#: The language that is edited together with the shape of a question; the others have a page of their own.
MAIN = "en"


class AddSectionForm(forms.Form):
    title = LineField(label=_("Title of the section"), most=120)


class SectionTextForm(forms.Form):
    title = LineField(label=_("Title of the section"), most=120)
    intro = LongTextField(label=_("Words under the title"), most=2000, rows=3, required=False)

    def parts(self, section: Mapping[str, Any]) -> dict[str, Any]:
        """The changed texts of `section`; other languages stay."""
        return {name: _with_main(section.get(name), self.cleaned_data[name]) for name in ("title", "intro")}


def _with_main(texts: Mapping[str, str] | None, words: str) -> dict[str, str]:
    others = {code: text for code, text in (texts or {}).items() if code != MAIN}
    return {MAIN: words, **others} if words else others


class LimitField(LineField):
    """A number as it is kept: 5, -1.5."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not NUMBER.fullmatch(value):
            raise ValidationError(_("Enter a number, for example 12.50."))


class QuestionForm(forms.Form):
    """One question. What is left empty for its kind is not kept."""

    label = LongTextField(label=_("Question"), most=2000, rows=2)
    hint = LongTextField(label=_("Help"), most=1000, rows=2, required=False)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=KINDS)
    options = LongTextField(
        label=_("Options, one on a line"),
        help_text=_("Value | label. What an option depends on stays with its value."),
        most=60_000,
        rows=4,
        required=False,
    )
    columns = LongTextField(
        label=_("Columns of the rows, one on a line"),
        help_text=_("Kind | label, for example: text | School. A * before the label: needed."),
        most=4000,
        rows=4,
        required=False,
    )
    most_rows = WholeNumberField(label=_("Most rows"), least=1, most=MOST_ROWS, required=False)
    most_characters = WholeNumberField(label=_("Most characters"), most=50_000, required=False)
    whole = forms.BooleanField(label=_("Only whole numbers"), required=False)
    unit = LineField(label=_("Unit"), most=40, required=False)
    least = LimitField(label=_("Least"), most=14, required=False)
    largest = LimitField(label=_("Largest"), most=14, required=False)
    check = LineField(
        label=_("What the answer must be, as an expression"),
        help_text=_("The answer is a dot: . >= 16, or regex(., '[A-Z]{2}[0-9]+')."),
        most=1000,
        required=False,
    )
    check_message = LineField(label=_("What to say when it is not"), most=300, required=False)
    required = forms.BooleanField(label=_("An answer is required"), required=False)
    hidden_from_reviewers = forms.BooleanField(label=_("Sensitive: hide from reviewers"), required=False)

    def __init__(
        self, question: Mapping[str, Any], known: Mapping[str, tuple[str, str]], data: Any = None
    ) -> None:
        self.question = question
        self.names = {key: Known(key, kind) for key, (kind, _label) in known.items()}
        super().__init__(data, initial=self._initial())
        if self._has_other_words():
            self.fields["label"].required = False

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in ("label", "hint", "kind", "required", "hidden_from_reviewers")]

    def for_kinds(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """What only some kinds have: a heading, the fields, and whether it is open."""
        kind = str(self["kind"].value() or "")
        return [
            (
                words,
                [self[name] for name in names],
                kind in kinds or any(name in self.errors for name in names),
            )
            for words, kinds, names in FOR_KINDS
        ]

    def _has_other_words(self) -> bool:
        label = self.question.get("label") or {}
        return any(text for code, text in label.items() if code != MAIN)

    def _initial(self) -> dict[str, Any]:
        question = self.question
        check = next(iter(question.get("checks") or []), None)
        plain = ("kind", "most_rows", "most_characters", "whole", "least", "largest", "required")
        return {
            **{name: question.get(name) for name in (*plain, "hidden_from_reviewers")},
            **{name: (question.get(name) or {}).get(MAIN, "") for name in ("label", "hint", "unit")},
            "options": "\n".join(map(_option_line, question.get("options") or [])),
            "columns": "\n".join(map(_column_line, question.get("columns") or [])),
            "check": write(check["that"], self._with_itself(question.get("kind", ""))) if check else "",
            "check_message": (check.get("message") or {}).get(MAIN, "") if check else "",
        }

    def _with_itself(self, kind: str) -> dict[str, Known]:
        return {**self.names, ITSELF: Known(".", kind)}

    def clean_options(self) -> list[dict[str, Any]]:
        return self._lines("options", _option_of, 1000)

    def clean_columns(self) -> list[dict[str, Any]]:
        return self._lines("columns", _column_of, MOST_COLUMNS)

    def _lines(self, name: str, read: Any, most: int) -> list[dict[str, Any]]:
        lines = [line.strip() for line in self.cleaned_data[name].split("\n") if line.strip()]
        if len(lines) > most:
            raise ValidationError(_("At most {most} lines.").format(most=most))
        parts: list[dict[str, Any]] = []
        for line in lines:
            parts.append(read(line, self.question.get(name) or [], parts))
        return parts

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") in CHOICE_KINDS and not data.get("options") and "options" not in self.errors:
            self.add_error("options", _("Enter at least one option."))
        if data.get("kind") == "rows" and not data.get("columns") and "columns" not in self.errors:
            self.add_error("columns", _("Enter at least one column."))
        if data.get("check"):
            self._read_check(data)
        return data

    def _read_check(self, data: dict[str, Any]) -> None:
        try:
            found = Interpreter(self.names, own=data.get("kind", "")).read(data["check"])
        except Unheld as reason:
            words = _("We cannot use this expression: {reason}").format(reason=reason.detail or reason.code)
            self.add_error("check", words)
            return
        if isinstance(found, bool):
            self.add_error("check", _("This says nothing about the answer."))
        self.that = found

    def as_question(self, when: Any, required_when: Any) -> dict[str, Any]:
        """The question with what was typed; other languages, and what the page does not show, stay."""
        data, old = self.cleaned_data, self.question
        kind = data["kind"]
        question: dict[str, Any] = {name: value for name, value in old.items() if name not in EDITED}
        question |= {"kind": kind, "label": _with_main(old.get("label"), data["label"])}
        question |= _given({"hint": _with_main(old.get("hint"), data["hint"])})
        question |= _given({name: data[name] for name in ("required", "hidden_from_reviewers")})
        question |= _given({"when": when, "required_when": required_when})
        for name in PARTS_OF_KIND.get(kind, ()):
            value = _with_main(old.get("unit"), data["unit"]) if name == "unit" else data[name]
            question |= _given({name: value})
        return question | _given({"checks": self._checks()})

    def _checks(self) -> list[dict[str, Any]]:
        checks = list(self.question.get("checks") or [])
        first = checks[0] if checks else {}
        if not self.cleaned_data["check"]:
            return checks[1:]
        message = _with_main(first.get("message"), self.cleaned_data["check_message"])
        return [{"that": self.that, "message": message}, *checks[1:]]


FOR_KINDS: list[tuple[Any, frozenset[str], tuple[str, ...]]] = [
    (_("For a list: its options"), CHOICE_KINDS, ("options",)),
    (_("For rows: their columns"), frozenset({"rows"}), ("columns", "most_rows")),
    (_("For a text: its length"), TEXT_KINDS, ("most_characters",)),
    (_("For a number: unit and limits"), frozenset({"number"}), ("whole", "unit", "least", "largest")),
    (_("A check of the answer"), frozenset(), ("check", "check_message")),
]
PARTS_OF_KIND = {
    **dict.fromkeys(CHOICE_KINDS, ("options",)),
    "rows": ("columns", "most_rows"),
    "number": ("whole", "unit", "least", "largest"),
    **dict.fromkeys(("text", "long_text"), ("most_characters",)),
}
EDITED = frozenset(
    {
        *("key", "kind", "label", "hint", "options", "columns", "most_rows", "most_characters", "whole"),
        *("unit", "least", "largest", "checks", "required", "hidden_from_reviewers", "when", "required_when"),
    }
)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", {}, [], False)}


def _option_line(option: Mapping[str, Any]) -> str:
    label = _one_line((option.get("label") or {}).get(MAIN, ""))
    return f"{option['value']} | {label}" if label else str(option["value"])


def _one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def _same_line(written: str, typed: str) -> bool:
    return _one_line(written) == _one_line(typed)


def _option_of(line: str, old: list[Any], _before: list[Any]) -> dict[str, Any]:
    if same := next((each for each in old if _same_line(_option_line(each), line)), None):
        return dict(same)
    value, _bar, label = (part.strip() for part in line.partition("|"))
    if not value or len(value) > 100:
        raise ValidationError(_("A value has between 1 and 100 characters: {line}").format(line=line[:60]))
    kept: Mapping[str, Any] = next((each for each in old if each["value"] == value), {})
    return {**kept, "value": value, "label": _with_main(kept.get("label"), label or ("" if kept else value))}


def _column_line(column: Mapping[str, Any]) -> str:
    label = _one_line((column.get("label") or {}).get(MAIN, "")) or column["key"]
    return f"{column['kind']} | {'*' if column.get('required') else ''}{label}"


def _column_of(line: str, old: list[Any], before: list[Any]) -> dict[str, Any]:
    """A line is the column it was when its label is the same, else the one in its place, else a new one."""
    kind, _bar, label = (part.strip() for part in line.partition("|"))
    is_needed, label = label.startswith("*"), label.removeprefix("*").strip()
    free = [each for each in old if each["key"] not in {column["key"] for column in before}]
    if same := next((each for each in free if _same_line(_column_line(each), line)), None):
        return dict(same)
    same = next((each for each in free if _column_line(each).endswith(label)), None)
    kept: Mapping[str, Any] = same or next(
        (each for each in old[len(before) : len(before) + 1] if each in free), {}
    )
    if kind not in COLUMN_KINDS or not label:
        raise ValidationError(
            _("Write a kind and a label, with one of these kinds: {kinds}.").format(
                kinds=", ".join(sorted(COLUMN_KINDS))
            )
        )
    if kind in CHOICE_KINDS and not kept.get("options"):
        raise ValidationError(_("A new list in a row comes by a workbook: import the form as XLSForm."))
    key = kept.get("key") or key_for(label, [each["key"] for each in (*old, *before)])
    shape = {name: value for name, value in kept.items() if kind in CHOICE_KINDS or name != "options"}
    return {
        **shape,
        "key": key,
        "kind": kind,
        "label": _with_main(kept.get("label"), label),
        "required": is_needed,
    }


class TextsForm(forms.Form):
    """One field for each text of a section, under the English one."""

    hide_optional = True

    def __init__(self, texts: list[Text], language: str, data: Any = None) -> None:
        self.language = language
        initial = {f"t{number}": text.texts.get(language, "") for number, text in enumerate(texts)}
        super().__init__(data, initial=initial)
        for number, text in enumerate(texts):
            source = text.texts.get(MAIN) or next((each for each in text.texts.values() if each), "")
            self.fields[f"t{number}"] = LongTextField(
                label=source[:300], most=3000, rows=1 if len(source) < 60 else 3, required=False
            )
            self.fields[f"t{number}"].widget.attrs["lang"] = language

    def show_theirs(self, texts: list[Text]) -> None:
        """What someone else saved meanwhile: beside ours where both wrote, in place of nothing where we did not."""
        sent: dict[str, Any] = dict(self.data.items())
        for number, text in enumerate(texts):
            theirs, name = text.texts.get(self.language, ""), f"t{number}"
            if theirs and not sent.get(name):
                sent[name] = theirs
            elif theirs and theirs != sent.get(name):
                self.fields[name].help_text = _("Someone else wrote: {text}").format(text=theirs)
        self.data = sent

    def words(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class WorkbookForm(forms.Form):
    file = UploadField(
        label=_("The form as a workbook"),
        help_text=_("XLSForm, as Kobo and ODK use it: an Excel file (.xlsx) of at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )
