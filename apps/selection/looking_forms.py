"""What is typed about one decision: feedback, a request for a human look, and its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import Outcome
from apps.core.forms import LineField, LongTextField, OneOfField
from apps.selection.enums import LookStatus

VERDICTS = [
    (LookStatus.UPHELD.value, _("The decision stays")),
    (LookStatus.CORRECTED.value, _("The decision is corrected")),
]
FINDING_VERDICTS = [
    (LookStatus.UPHELD.value, _("It stays: not eligible")),
    (LookStatus.CORRECTED.value, _("The application goes on")),
]


class FeedbackForm(forms.Form):
    text = LongTextField(
        label=_("Feedback in your own words"),
        help_text=_("The applicant reads it with the decision. Name nobody else, and no reviewer."),
        most=3000,
        rows=6,
        required=False,
    )


class AskLookForm(forms.Form):
    words = LongTextField(
        label=_("What should a person look at?"),
        help_text=_("Say what you think is wrong or was overlooked."),
        most=3000,
        rows=6,
    )


class AnswerForm(forms.Form):
    """`reason` is that of a correction, and is asked only with one."""

    verdict = OneOfField(label=_("What you found"), choices=VERDICTS, widget=forms.RadioSelect)
    answer = LongTextField(label=_("Your answer to the applicant"), most=3000, rows=6)
    reason = LineField(
        label=_("What was wrong"),
        help_text=_("Only for a correction. The applicant reads it."),
        most=500,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A correction that is filled in and not ticked is a slip: nobody shall think it was made."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == LookStatus.UPHELD and (cleaned.get("outcome") or cleaned.get("reason")):
            self.add_error("verdict", _("You filled in a correction. Say that the decision is corrected."))
        return cleaned


class AnswerLookForm(AnswerForm):
    """About a decision: a correction has another outcome."""

    outcome = forms.ChoiceField(
        label=_("Right decision"),
        help_text=_("Only for a correction."),
        choices=[("", "–"), *Outcome.choices],
        required=False,
    )
    field_order = ("verdict", "answer", "outcome", "reason")


class AnswerFindingForm(AnswerForm):
    """About somebody found not eligible."""

    verdict = OneOfField(label=_("What you found"), choices=FINDING_VERDICTS, widget=forms.RadioSelect)
