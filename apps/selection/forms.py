"""What coordinators and applicants type about decisions and offers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import Outcome
from apps.core.forms import LineField, LongTextField


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
    outcome = forms.ChoiceField(label=_("Right decision"), choices=Outcome)


class DeclineForm(forms.Form):
    reason = LongTextField(
        label=_("Why do you decline?"),
        help_text=_("You do not have to say. It helps us to do better."),
        most=500,
        rows=3,
        required=False,
    )
