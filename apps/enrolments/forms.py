"""What people type about taking part."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LongTextField
from apps.enrolments.enums import SUPPORT_ENDS, EnrolmentStatus, SupportStatus


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
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended.")},
    )
    reason = LongTextField(label=_("Reason"), most=500, rows=3)

    def __init__(self, *args: Any, ends: Iterable[EnrolmentStatus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [(end.value, end.label) for end in ends]  # type: ignore[attr-defined]


class RosterFilterForm(forms.Form):
    hide_optional = True

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Everyone")), *EnrolmentStatus.choices],
        required=False,
    )


class SupportEndForm(forms.Form):
    status = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[(end.value, end.label) for end in SUPPORT_ENDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it went.")},
    )
    reason = LongTextField(
        label=_("What the person reads"),
        help_text=_("Needed unless everything is arranged. Say what they can expect, or what you tried."),
        most=500,
        rows=4,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        missing = data.get("status") not in (None, SupportStatus.MET) and not data.get("reason")
        if missing and "reason" not in self.errors:
            self.add_error("reason", _("Say in a few words why."))
        return data
