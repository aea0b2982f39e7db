"""What people type to sign in and about their account."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import OrganisationKind, Role
from apps.accounts.models import Organisation, User
from apps.core.devices import Device
from apps.core.forms import LineField
from apps.core.zones import NEAR, is_zone

#: RFC 5321 allows no longer address.
LONGEST_EMAIL = 254


class RequestCodeForm(RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs = {"autocomplete": "email", "inputmode": "email"}

    def clean_email(self) -> str:
        email = User.objects.normalise(self.cleaned_data["email"])
        if len(email) > LONGEST_EMAIL:
            raise forms.ValidationError(_("This address is too long to be one."))
        self.cleaned_data["email"] = email
        return super().clean_email()


class ConfirmCodeForm(ConfirmLoginCodeForm):
    device = forms.ChoiceField(
        label=_("Is this your own phone or computer?"),
        help_text=_(
            "On your own, what you type is kept on it until it has reached us. On a shared one nothing is kept."
        ),
        choices=[(Device.OWN, _("Yes, it is mine")), (Device.SHARED, _("No, others use it too"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("6-digit code")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return super().clean_code()


class StaffLoginForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Keep me signed in on this device")


class AccountForm(forms.Form):
    full_name = LineField(label=_("Full name"), most=200, required=False)
    language = forms.ChoiceField(label=_("Language of our messages"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(NEAR)
        current = self.initial.get("time_zone")
        if current and current not in names and is_zone(current):
            names.append(current)
        choices = [("", _("The zone of each program")), *((name, name.replace("_", " ")) for name in names)]
        self.fields["time_zone"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class PersonForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    full_name = LineField(label=_("Full name"), most=200)


class RoleForm(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.order_by("name"), label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"), choices=Role)


class OrganisationForm(forms.Form):
    name = LineField(label=_("Name"), most=200)
    kind = forms.ChoiceField(label=_("What it does"), choices=OrganisationKind)
