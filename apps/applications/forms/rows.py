"""Answers that come several times: schools, jobs, children. Each row is a small form of its own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.applications.forms.fields import BUILDERS, label_of, plain, typed
from apps.applications.rules.definition import Question
from apps.core.texts import say, say_marked


class RowForm(forms.Form):
    def __init__(self, columns: tuple[Question, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for column in columns:
            self.fields[column.key] = BUILDERS[column.kind](
                column,
                label=label_of(column),
                help_text=say_marked(column.hint, get_language() or "en"),
                required=column.required,
            )

    def typed(self) -> dict[str, Any]:
        """What was typed, by column; empty when the row is."""
        found = {column.key: typed(self[column.key].data) for column in self.columns}
        return {key: value for key, value in found.items() if value}

    def answers(self) -> dict[str, Any]:
        found = {column.key: plain(self.cleaned_data.get(column.key)) for column in self.columns}
        return {key: value for key, value in found.items() if value not in (None, "", [])}


class RowsWidget(forms.Widget):
    """Shows every row there is, and an empty one; "Add another" is a button that saves and asks for more."""

    template_name = "django/forms/widgets/rows.html"
    use_fieldset = True

    def __init__(self, columns: tuple[Question, ...], most: int) -> None:
        super().__init__()
        self.columns, self.most = columns, most
        self.first_part = f"0-{columns[0].key}"

    def _row(self, name: str, number: int, **kwargs: Any) -> RowForm:
        return RowForm(
            self.columns, prefix=f"{name}_{number}", auto_id="id_%s", use_required_attribute=False, **kwargs
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[RowForm]:
        """Rows as they were sent, without those left empty; one more when it was asked for."""
        asked = str(data.get(f"{name}_rows") or "")
        count = min(int(asked), self.most) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
        sent = [self._row(name, number, data=data) for number in range(count)]
        return [row for row in sent if row.typed()]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, list) else []
        rows = [
            self._row(name, number, initial=each)
            if isinstance(each, Mapping)
            else self._row(name, number, data=_renamed(each, name, number))
            for number, each in enumerate(given[: self.most])
        ]
        if len(rows) < self.most:
            rows.append(self._row(name, len(rows)))
        context["widget"].update(rows=rows, count=len(rows), may_add=len(rows) < self.most)
        return context


def _renamed(row: RowForm, name: str, number: int) -> dict[str, Any]:
    """The data of a row under its new number: empty rows before it are gone."""
    old, new = f"{row.prefix}-", f"{name}_{number}-"
    lists = row.data.lists() if hasattr(row.data, "lists") else [(k, [v]) for k, v in row.data.items()]
    return {
        new + key.removeprefix(old): values[-1] for key, values in lists if key.startswith(old) and values
    }


class RowsField(forms.Field):
    default_error_messages = {"required": _("Fill in at least one.")}

    def __init__(self, question: Question, **kwargs: Any) -> None:
        self.question = question
        super().__init__(widget=RowsWidget(question.columns, question.most_rows), **kwargs)

    def clean(self, value: list[RowForm] | None) -> list[dict[str, Any]]:
        """Each full row; an error names its row and column, and the row shows it again at the column."""
        rows = value or []
        problems = [
            self._problem(number, row, key, error)
            for number, row in enumerate(rows, start=1)
            for key, errors in row.errors.items()
            for error in errors
        ]
        if problems:
            raise ValidationError(problems)
        if self.required and not rows:
            raise ValidationError(self.error_messages["required"], code="required")
        return [row.answers() for row in rows]

    def _problem(self, number: int, row: RowForm, key: str, error: Any) -> str:
        language = get_language() or "en"
        label = next((say(each.label, language) for each in row.columns if each.key == key), "")
        return str(_("Row {number}, {label}: {error}")).format(number=number, label=label, error=error)
