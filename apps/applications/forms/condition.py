"""Rows in which a coordinator says when something is shown or needed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.applications.rules.condition_rows import COMPARISONS, Row, condition_of, rows_of
from apps.applications.rules.xlsform.expressions import Unheld
from apps.applications.rules.xlsform.meaning import Interpreter, Known, write
from apps.core.forms import LineField

WORDS = {
    "is": _("is"),
    "is_not": _("is not"),
    "includes": _("includes"),
    "not_includes": _("does not include"),
    "answered": _("is answered"),
    "not_answered": _("is not answered"),
    "above": _("is above"),
    "at_least": _("is at least"),
    "below": _("is below"),
    "at_most": _("is at most"),
}
MATCHES = [("all", _("All of these hold")), ("any", _("One of these holds"))]
MOST_ROWS, SPARE_ROWS = 10, 2


class ConditionRowForm(forms.Form):
    hide_optional = True
    question = forms.ChoiceField(label=_("Question"), required=False)
    comparison = forms.ChoiceField(
        label=_("Comparison"), required=False, choices=[(name, WORDS[name]) for name in COMPARISONS]
    )
    value = LineField(label=_("Value"), required=False, most=200)

    def __init__(self, questions: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = [("", "–"), *questions]  # type: ignore[attr-defined]  # a choice field


class ConditionForm(forms.Form):
    """All rows of one condition, or one expression when rows are not enough for it.

    `known` are the questions that may decide, by key, with their labels.
    """

    hide_optional = True
    match = forms.ChoiceField(label=_("When"), choices=MATCHES, required=False)
    expression = LineField(
        label=_("Condition as an expression"),
        help_text=_("This condition says more than rows can: ${question} = 'value' and (… or …)."),
        most=4000,
        required=False,
    )

    def __init__(
        self, known: Mapping[str, tuple[str, str]], condition: Any, data: Any = None, *, prefix: str
    ) -> None:
        self.known, self.kept = known, rows_of(condition)
        self.names = {key: Known(key, kind) for key, (kind, _label) in known.items()}
        expression = write(condition, self.names) if self.kept is None else ""
        initial = {"match": self.kept.match if self.kept else "all", "expression": expression}
        super().__init__(data, prefix=prefix, initial=initial)
        sent_expression = data is not None and f"{prefix}-expression" in data
        self.is_expression = sent_expression if data is not None else self.kept is None
        del self.fields["match" if self.is_expression else "expression"]
        self.rows = [] if self.is_expression else self._rows(data)

    def _rows(self, data: Any) -> list[ConditionRowForm]:
        kept = self.kept.rows if self.kept else ()
        shown = min(len(kept) + SPARE_ROWS, MOST_ROWS)
        if data is not None:
            sent = [number for number in range(MOST_ROWS) if f"{self.prefix}-{number}-question" in data]
            shown = len(sent)
        choices = [(key, label or key) for key, (_kind, label) in self.known.items()]
        return [
            ConditionRowForm(
                choices,
                data,
                prefix=f"{self.prefix}-{number}",
                initial=vars_of(kept[number]) if number < len(kept) else {},
            )
            for number in range(shown)
        ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    def clean_expression(self) -> str:
        text: str = self.cleaned_data["expression"]
        try:
            self.read = Interpreter(self.names).read(text) if text else None
        except Unheld as reason:
            words = _("We cannot use this expression: {reason}").format(reason=reason.detail or reason.code)
            raise ValidationError(words) from None
        return text

    def condition(self) -> dict[str, Any] | None:
        """The condition as it is kept; None for none."""
        if self.is_expression:
            return self.read if isinstance(self.read, dict) else None
        rows = [
            Row(
                row.cleaned_data["question"],
                row.cleaned_data["comparison"] or "is",
                row.cleaned_data["value"],
            )
            for row in self.rows
            if row.cleaned_data.get("question")
        ]
        return condition_of(self.cleaned_data.get("match") or "all", rows)


def vars_of(row: Row) -> dict[str, str]:
    return {"question": row.question, "comparison": row.comparison, "value": row.value}
