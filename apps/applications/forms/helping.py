"""What helpers type to begin, and what confirms it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.applications.enums import NoticeRoute
from apps.core.forms import LineField, LongTextField, OneOfField
from apps.programs.models import Intake


class RouteForm(forms.Form):
    route = OneOfField(
        label=_("Who gets our messages about this application?"),
        choices=NoticeRoute,
        widget=forms.RadioSelect,
    )


class StartForSomeoneForm(RouteForm):
    intake = forms.ModelChoiceField(
        Intake.objects.none(),
        label=_("Program"),
        to_field_name="public_id",
        empty_label=_("Choose a program"),
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Your organisation"))
    full_name = LineField(label=_("Full name of the person you help"), most=200)
    email = forms.EmailField(
        label=_("Their own e-mail address"),
        help_text=_(
            "They can confirm with a code, and take the application over. Leave it empty if they have none."
        ),
        max_length=254,
        required=False,
    )
    phone = LineField(label=_("Their phone number"), most=30, required=False)
    language = forms.ChoiceField(label=_("The language they read"), choices=settings.LANGUAGES)
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("intake", "organisation", "full_name", "email", "phone", "language", "route", "key")

    def __init__(self, *args: Any, intakes: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intake"].queryset = intakes  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0]
            self.fields["organisation"].widget = forms.HiddenInput()


class InviteHelperForm(RouteForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Who helps you?"))

    field_order = ("organisation", "route")

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]  # a ModelChoiceField


class CodeForm(forms.Form):
    code = forms.CharField(label=_("6-digit code"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class PaperForm(forms.Form):
    scan = forms.FileField(
        label=_("Photo or scan of the signed paper"),
        help_text=_("PDF, JPG or PNG, at most 10 MB."),
        required=False,
    )
    reason = LongTextField(
        label=_("If there is no picture: why, and where the signed paper is kept"),
        help_text=_("Coordinators see this."),
        most=500,
        rows=3,
        required=False,
    )


class SearchForm(forms.Form):
    hide_optional = True
    q = LineField(label=_("Reference number"), most=20, required=False)
