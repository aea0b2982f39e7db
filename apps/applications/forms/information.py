"""What a coordinator asks for again, and until when."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DateField, LongTextField, SeveralOfField

ELIGIBILITY = "eligibility "  # with a space: no section has such a key


class DueForm(forms.Form):
    due_on = DateField(
        label=_("Last day to send it"),
        help_text=_("Until the end of this day, in the time zone of the program."),
    )

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day.year > timezone.now().year + 2:
            raise forms.ValidationError(_("Choose a day within two years."))
        return day


class InformationForm(DueForm):
    sections = SeveralOfField(
        label=_("Which sections should they change?"), widget=forms.CheckboxSelectMultiple
    )
    wanted = LongTextField(
        label=_("What do you need?"),
        help_text=_("The applicant reads this, in these words."),
        most=2000,
        rows=5,
    )

    field_order = ("sections", "wanted", "due_on")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = choices  # type: ignore[attr-defined]  # a choice field
