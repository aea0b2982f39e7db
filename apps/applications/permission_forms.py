"""What an applicant allows, who their guardian is, and what coordinators say about both."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import GuardianWay
from apps.core.forms import LineField, LongTextField
from apps.people.enums import ASKABLE
from apps.people.forms import said_as_written
from apps.people.selectors import Permission


class PermissionsForm(forms.Form):
    """One unticked box for each purpose not allowed yet, with the mark of the words beside it."""

    def __init__(self, permissions: Iterable[Permission], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [each for each in permissions if not each.is_given]
        for each in self.asked:
            text = format_html('<span lang="{}">{}</span>', each.wording.language, each.wording.text)
            self.fields[each.purpose] = forms.BooleanField(
                label=said_as_written(each.wording), help_text=text, required=False
            )
            self.fields[f"{each.purpose}-mark"] = forms.CharField(
                widget=forms.HiddenInput, initial=each.wording.mark, required=False, max_length=24
            )

    def answers(self) -> dict[str, bool]:
        return {each.purpose: self.cleaned_data[each.purpose] for each in self.asked}

    def marks(self) -> dict[str, str]:
        return {each.purpose: self.cleaned_data[f"{each.purpose}-mark"] for each in self.asked}


class GuardianForm(forms.Form):
    name = LineField(label=_("Full name of your parent or guardian"), most=200)
    relation = LineField(label=_("What they are to you"), help_text=_("For example mother or uncle"), most=60)
    way = forms.ChoiceField(
        label=_("How they agree"),
        choices=[
            (GuardianWay.LINK.value, _("We send them a link by e-mail. They need no account.")),
            (GuardianWay.PAPER.value, _("They sign on paper, and you hand it to the organisation.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they agree.")},
    )
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("Only for the link."),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Enter an address like name@example.org.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == GuardianWay.LINK and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the guardian's e-mail address."))
        return data


class PaperForm(forms.Form):
    agrees = forms.ChoiceField(
        label=_("What the paper says"),
        choices=[("yes", _("The guardian agrees")), ("no", _("The guardian does not agree"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the paper says.")},
    )
    reason = LongTextField(
        label=_("What you saw"),
        help_text=_("For example: original signed on 3 March, handed in at the office"),
        most=500,
        rows=3,
    )
    paper = forms.FileField(label=_("A copy of the paper"), required=False)


class AskedConsentsForm(forms.Form):
    purposes = forms.MultipleChoiceField(
        label=_("What applicants are asked to allow"),
        help_text=_("Ask only what this program really uses. Nothing is ticked for them."),
        choices=[(purpose.value, purpose.label) for purpose in ASKABLE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
