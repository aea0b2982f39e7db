"""What people type about taking part."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LongTextField
from apps.enrolments.enums import NEEDS_A_REASON, EnrolmentStatus


class ReasonForm(forms.Form):
    reason = LongTextField(label=_("Reason"), most=500, rows=3)


class WithdrawForm(forms.Form):
    reason = LongTextField(
        label=_("Why do you leave?"),
        help_text=_("You need not say. It helps us to do better."),
        most=500,
        rows=3,
        required=False,
    )


class EndForm(forms.Form):
    status = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(status.value, status.label) for status in NEEDS_A_REASON],
        widget=forms.RadioSelect,
    )
    reason = LongTextField(label=_("Reason"), most=500, rows=3)


class RosterFilterForm(forms.Form):
    hide_optional = True

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Everyone")), *EnrolmentStatus.choices],
        required=False,
    )
