"""Taking an application back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LongTextField


class WithdrawForm(forms.Form):
    reason = LongTextField(
        label=_("Why do you withdraw?"),
        help_text=_("You do not have to say. It helps us to do better."),
        required=False,
        most=500,
        rows=3,
    )
