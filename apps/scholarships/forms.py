"""What coordinators type about awards and payments."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import AmountField, DateField, LineField, LongTextField, WholeNumberField
from apps.scholarships.enums import DisbursementStatus
from apps.scholarships.models import ScholarshipTerms
from apps.scholarships.rules import MINOR_DIGITS


class TermsForm(forms.Form):
    amount = AmountField(
        label=_("Amount of one award"),
        help_text=_("Without a sign or commas, for example 1000.00."),
        least=1,
        most=9_999_999_999,
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, code) for code in MINOR_DIGITS], initial="USD"
    )
    instalments = WholeNumberField(label=_("Number of payments"), least=1, most=48, initial=4)
    months_between = WholeNumberField(
        label=_("Months from one payment to the next"), least=1, most=24, initial=3
    )

    @staticmethod
    def initial_of(terms: ScholarshipTerms | None) -> dict[str, Any]:
        if terms is None:
            return {}
        return {
            "amount": terms.amount,
            "currency": terms.currency,
            "instalments": terms.instalments,
            "months_between": terms.months_between,
        }


class PaymentFilterForm(forms.Form):
    hide_optional = True

    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *DisbursementStatus.choices], required=False
    )


class ReasonForm(forms.Form):
    reason = LongTextField(label=_("Reason"), most=500, rows=3)


class RescheduleForm(forms.Form):
    due_on = DateField(label=_("New day"), earliest=date(2000, 1, 1))
    reason = LongTextField(label=_("Reason"), most=450, rows=3)


class SendForm(forms.Form):
    payment_reference = LineField(
        label=_("The bank's number of the transfer"),
        help_text=_("As it stands on the bank's receipt."),
        most=80,
    )
