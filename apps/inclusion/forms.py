"""The optional questions, in the words of their sources (docs/privacy.md)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.inclusion.rules.functioning import DOMAINS

GENDER = [
    ("woman", _("Woman")),
    ("man", _("Man")),
    ("another", _("I use another term")),
    ("pnts", _("Prefer not to say")),
]
RESIDENCE = [
    ("city", _("City")),
    ("suburb", _("Suburb or outskirts of a city")),
    ("town", _("Town")),
    ("village", _("Village")),
    ("dispersed", _("Farm, island hamlet or isolated house")),
    ("pnts", _("Prefer not to say")),
]
DIFFICULTY = [
    ("1", _("No – no difficulty")),
    ("2", _("Yes – some difficulty")),
    ("3", _("Yes – a lot of difficulty")),
    ("4", _("Cannot do at all")),
    ("7", _("Prefer not to say")),
    ("9", _("Don't know")),
]
#: Washington Group on Disability Statistics, Short Set on Functioning; wording kept as published.
FUNCTIONING = {
    "VIS_SS": _("Do you have difficulty seeing, even if wearing glasses?"),
    "HEAR_SS": _("Do you have difficulty hearing, even if using a hearing aid?"),
    "MOB_SS": _("Do you have difficulty walking or climbing steps?"),
    "COG_SS": _("Do you have difficulty remembering or concentrating?"),
    "SC_SS": _("Do you have difficulty (with self-care such as) washing all over or dressing?"),
    "COM_SS": _(
        "Using your usual (customary) language, do you have difficulty communicating, "
        "for example understanding or being understood?"
    ),
}


class ProfileForm(forms.Form):
    """Every question may be left open; open, "prefer not to say" and "no" stay three answers."""

    hide_optional = True
    gender = forms.ChoiceField(
        label=_("What is your gender?"), choices=GENDER, widget=forms.RadioSelect, required=False
    )
    residence = forms.ChoiceField(
        label=_("Which best describes the place where you have lived for most of the last 12 months?"),
        choices=RESIDENCE,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for domain in DOMAINS:
            self.fields[domain] = forms.ChoiceField(
                label=FUNCTIONING[domain], choices=DIFFICULTY, widget=forms.RadioSelect, required=False
            )

    def answers(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: int(value) if name in DOMAINS else value for name, value in given.items()}


class ShareForm(forms.Form):
    """How long a link to a part of a release holds. The part comes from the page one was on."""

    release = forms.IntegerField(min_value=1, max_value=10**9, widget=forms.HiddenInput)
    scope = forms.SlugField(max_length=10, widget=forms.HiddenInput)
    scope_key = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    days = forms.ChoiceField(
        label=_("How long should the link hold?"),
        choices=[("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days"))],
        widget=forms.RadioSelect,
    )
