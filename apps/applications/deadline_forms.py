"""What a coordinator types to give one person more time."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LineField
from apps.core.zones import zone_name, zone_or
from apps.programs.models import Intake
from apps.programs.setup_forms import MomentField


class ExtensionForm(forms.Form):
    who = LineField(
        label=_("Reference number or e-mail address"),
        help_text=_("As the person told you, for example AP-7K3M-2QX4."),
        most=254,
    )
    until = MomentField(label=_("New last moment"))
    reason = LineField(
        label=_("Reason"), help_text=_("The person reads it, in the language you write."), most=300
    )

    def __init__(self, intake: Intake, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone: ZoneInfo = zone_or(intake.time_zone, "UTC")
        self.fields["until"].help_text = zone_name(self.zone.key)

    def clean_until(self) -> Any:
        return self.cleaned_data["until"].replace(tzinfo=self.zone)
