"""Filters and bulk actions of the staff desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus
from apps.core.cleaning import tidy
from apps.core.forms import LineField
from apps.places.models import Country

SENT = [pair for pair in ApplicationStatus.choices if pair[0] not in ("draft", "expired")]


class ApplicationFilterForm(forms.Form):
    hide_optional = True
    q = forms.CharField(label=_("Name, reference or e-mail"), required=False, max_length=100)
    intake = forms.ChoiceField(label=_("Intake"), required=False)
    status = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Every state")), *SENT])
    country = forms.ModelChoiceField(
        Country.objects.filter(is_member=True).order_by("name"),
        label=_("Country"),
        required=False,
        empty_label=_("Every country"),
    )

    def __init__(self, intakes: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Every intake")), *intakes]
        self.fields["intake"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def wanted(self) -> dict[str, Any]:
        """What fits; a field with nonsense in it filters nothing."""
        self.is_valid()
        data = self.cleaned_data
        return {
            "text": tidy(data.get("q") or ""),
            "intake": int(data["intake"]) if data.get("intake") else None,
            "status": data.get("status") or "",
            "country": data["country"].pk if data.get("country") else "",
        }


class ReverseForm(forms.Form):
    reason = LineField(label=_("Reason"), most=500)
