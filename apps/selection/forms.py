"""What coordinators and applicants type about decisions and offers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import Outcome
from apps.core.forms import LineField, LongTextField
from apps.selection.enums import CONDITION_LIFECYCLE, ConditionStatus


class HoldForm(forms.Form):
    """`chosen` are the ticked rows of the ranked list."""

    outcome = forms.ChoiceField(
        label=_("Decision for the ticked applications"),
        choices=[("suggested", _("As suggested")), *Outcome.choices],
    )
    reason = LineField(
        label=_("Reason"),
        help_text=_("Needed where it differs from the suggestion."),
        most=500,
        required=False,
    )


class ReasonForm(forms.Form):
    reason = LineField(label=_("Reason"), most=500)


class CorrectForm(ReasonForm):
    """The letter of the correction gives the reason."""

    reason = LineField(
        label=_("What was wrong"), help_text=_("The applicant reads it in the new letter."), most=500
    )
    outcome = forms.ChoiceField(label=_("Right decision"), choices=Outcome)


class DeclineForm(forms.Form):
    reason = LongTextField(
        label=_("Why do you decline?"),
        help_text=_("You do not have to say. It helps us to do better."),
        most=500,
        rows=3,
        required=False,
    )


class ConditionsForm(forms.Form):
    """One condition in each line; the service says what a condition may be."""

    texts = LongTextField(
        label=_("Conditions"),
        help_text=_("One in each line, in plain words and with its date. Leave empty for none."),
        most=12_000,
        rows=6,
        required=False,
    )

    def clean_texts(self) -> list[str]:
        lines = self.cleaned_data["texts"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class ConditionForm(forms.Form):
    """What became of one condition; with `seen`, what can follow on that status."""

    status = forms.ChoiceField(label=_("What became of it?"), choices=ConditionStatus)
    reason = LineField(
        label=_("Reason"),
        help_text=_("The applicant reads it. Not needed when the condition is met."),
        most=500,
        required=False,
    )

    def __init__(self, *args: Any, seen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seen:
            after = [each for each in ConditionStatus.choices if CONDITION_LIFECYCLE.allows(seen, each[0])]
            self.fields["status"].choices = after  # type: ignore[attr-defined]
