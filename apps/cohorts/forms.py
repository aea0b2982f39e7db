"""What coordinators, trainers and trainees type about cohorts."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.cohorts.enums import TrainerStatus
from apps.cohorts.models import Trainer
from apps.cohorts.services.onward import MOST_PEOPLE
from apps.core.forms import DateField, LineField, LongTextField, WholeNumberField
from apps.places.models import Country

EARLIEST = date(2000, 1, 1)


class TermsForm(forms.Form):
    checkout_days = WholeNumberField(
        label=_("Days to show every practice step"),
        help_text=_("Counted from the day a participant starts."),
        least=1,
        most=730,
    )
    active_months = WholeNumberField(
        label=_("Months a trainer stays one without holding a training"), least=1, most=60
    )


class StepForm(forms.Form):
    title = LineField(label=_("What has to be shown"), most=120)
    instructions = LongTextField(label=_("Instructions"), most=1000, rows=4, required=False)


class MarkForm(forms.Form):
    done_on = DateField(label=_("When did you see it?"), earliest=EARLIEST)
    note = LongTextField(label=_("A word for the trainee"), most=1000, rows=3, required=False)


class ReasonForm(forms.Form):
    reason = LongTextField(label=_("Reason"), most=500, rows=3)


class TeachersForm(forms.Form):
    trainers = forms.ModelMultipleChoiceField(
        queryset=Trainer.objects.none(),
        label=_("Who teaches this intake?"),
        help_text=_("Everyone certified through this intake is noted as trained by them."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, trainers: QuerySet[Trainer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trainers"].queryset = trainers  # type: ignore[attr-defined]
        self.fields["trainers"].label_from_instance = lambda trainer: str(trainer.person)  # type: ignore[attr-defined]


class MasterForm(forms.Form):
    user = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Trainer of your organisation"),
        to_field_name="public_id",
        empty_label=_("Choose"),
        error_messages={"required": _("Choose a trainer.")},
    )

    def __init__(self, *args: Any, users: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = users  # type: ignore[attr-defined]


class TrainingForm(forms.Form):
    title = LineField(label=_("What was it about?"), most=200)
    held_on = DateField(label=_("When was it?"), earliest=EARLIEST)
    country = forms.ModelChoiceField(
        queryset=Country.objects.all(),
        label=_("Country"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose a country.")},
    )
    place = LineField(label=_("Town or village, or “online”"), most=200)
    people_reached = WholeNumberField(label=_("How many people took part?"), least=1, most=MOST_PEOPLE)
    women_reached = WholeNumberField(
        label=_("How many of them are women, as far as they told you?"),
        help_text=_("Leave it empty when you do not know."),
        least=0,
        most=MOST_PEOPLE,
        required=False,
    )
    key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages=dict.fromkeys(("required", "invalid"), _("Open this page anew, then send it.")),
    )


class TrainerFilterForm(forms.Form):
    hide_optional = True

    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *TrainerStatus.choices], required=False
    )
