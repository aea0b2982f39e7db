"""The optional questions, in the words of their sources (docs/privacy.md)."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LineField
from apps.inclusion.enums import AnsweredBy, Mode
from apps.inclusion.rules.functioning import DOMAINS
from apps.inclusion.selectors.questions import Questions

ANOTHER = "another"
GENDER = [
    ("woman", _("Woman")),
    ("man", _("Man")),
    (ANOTHER, _("I use another term")),
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
UNKNOWN_UNIT = ("unknown", _("I do not know"))
#: Not to say and not to know are no degrees of difficulty: the page sets them apart.
DIFFICULTY = [
    ("1", _("No – no difficulty")),
    ("2", _("Yes – some difficulty")),
    ("3", _("Yes – a lot of difficulty")),
    ("4", _("Cannot do at all")),
    (_("or"), [("7", _("Prefer not to say")), ("9", _("Don't know"))]),
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
WHO = [
    ("self", _("I am, by myself")),
    ("helped", _("I am, and somebody types for me")),
    ("proxy", _("Somebody else, for me")),
]
#: Answer to "Who is answering?" → how the answers came, and from whom.
HOW = {
    "": (Mode.SELF_WEB, None),
    "self": (Mode.SELF_WEB, AnsweredBy.SELF),
    "helped": (Mode.ASSISTED, AnsweredBy.SELF),
    "proxy": (Mode.ASSISTED, AnsweredBy.PROXY),
}


def _radios(label: Any, choices: list[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)


class ProfileForm(forms.Form):
    """Every question may be left open; open, "prefer not to say" and "no" stay three answers."""

    hide_optional = True

    def __init__(self, *args: Any, questions: Questions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        genders = [each for each in GENDER if each[0] != ANOTHER or questions.offers_another_term]
        self.fields["gender"] = _radios(_("What is your gender?"), genders)
        self.fields["residence"] = _radios(
            _("Which best describes the place where you have lived for most of the last 12 months?"),
            RESIDENCE,
        )
        self._add_place(questions)
        if questions.asks_functioning:
            self.fields |= {domain: _radios(FUNCTIONING[domain], DIFFICULTY) for domain in DOMAINS}
        self.fields["who"] = _radios(_("Who is answering these questions?"), WHO)

    def _add_place(self, questions: Questions) -> None:
        if questions.settlements:
            self.fields["settlement"] = LineField(
                label=_("Which town or village is that, or the nearest one?"),
                help_text=_("No street."),
                most=120,
                room=400,
                required=False,
            )
            self.fields["settlement"].widget.attrs["list"] = "settlements"
        if questions.units:
            choices = [*questions.units, UNKNOWN_UNIT]
            self.fields["unit"] = _radios(_("Which kind of official unit is it in?"), choices)

    def before(self) -> list[BoundField]:
        """The questions up to those about functioning, which are never the last."""
        return [self[name] for name in self.fields if name not in (*DOMAINS, "who")]

    def functioning(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name in DOMAINS]

    def answers(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if value and name != "who"}
        return {name: int(value) if name in DOMAINS else value for name, value in given.items()}

    @cached_property
    def how(self) -> tuple[Mode, AnsweredBy | None]:
        return HOW[self.cleaned_data["who"]]


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
