"""The questions asked before applying, one field for each rule."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.core.cleaning import tidy
from apps.core.forms import AmountField, DateField, LongTextField, OneOfField
from apps.core.texts import say_marked
from apps.places.selectors import country_choices
from apps.programs.enums import ProgramKind, RuleAnswer
from apps.programs.models import EligibilityRule, Intake

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
UNSURE = "unsure"


def _radios(choices: list[tuple[str, Any]], **kwargs: Any) -> forms.Field:
    """Who does not know says so: what is not answered never counts against anyone."""
    return OneOfField(choices=[*choices, (UNSURE, _("I am not sure"))], widget=forms.RadioSelect, **kwargs)


def _one_choice(rule: EligibilityRule, **kwargs: Any) -> forms.Field:
    language = get_language() or "en"
    return _radios([(each["value"], say_marked(each["label"], language)) for each in rule.options], **kwargs)


def _country(rule: EligibilityRule, **kwargs: Any) -> forms.Field:
    countries = [("", _("Choose a country")), *country_choices()]
    return OneOfField(choices=countries, **kwargs)


BUILDERS: dict[str, Callable[..., forms.Field]] = {
    RuleAnswer.YES_NO: lambda rule, **kwargs: _radios(YES_NO, **kwargs),
    RuleAnswer.ONE_CHOICE: _one_choice,
    RuleAnswer.COUNTRY: _country,
    RuleAnswer.BIRTH_DATE: lambda rule, **kwargs: DateField(**kwargs),
    RuleAnswer.NUMBER: lambda rule, **kwargs: AmountField(**kwargs),
}


class EligibilityForm(forms.Form):
    def __init__(self, intake: Intake, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        for rule in intake.eligibility_rules.all():
            self.fields[rule.key] = BUILDERS[rule.answer](
                rule,
                label=say_marked(rule.question, language),
                help_text=say_marked(rule.hint, language),
                required=True,
            )

    def as_typed(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Answers kept before, as the fields show them: the way back of `answers()`."""
        words = {True: "yes", False: "no"}
        return {
            key: words[value] if isinstance(value, bool) else value
            for key, value in answers.items()
            if key in self.fields
        }

    def answers(self) -> dict[str, Any]:
        """Plain values for the rules and for storage: True, "TH", "2001-03-27", 12; unsure is absent."""
        given = {key: value for key, value in self.cleaned_data.items() if value not in (None, "", UNSURE)}
        return {key: plain(self.fields[key], value) for key, value in given.items()}


def plain(field: forms.Field, value: Any) -> Any:
    text = value.isoformat() if hasattr(value, "isoformat") else value
    return float(text) if isinstance(field, AmountField) else {"yes": True, "no": False}.get(text, text)


class EnquiryForm(forms.Form):
    """A question to a person; no account, no reference number."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We use it only to answer this question."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    question = LongTextField(label=_("Your question"), most=1000, rows=4)


class CatalogueForm(forms.Form):
    hide_optional = True
    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind of program"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Every kind")), *ProgramKind.choices]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_q(self) -> str:
        return tidy(self.cleaned_data["q"])
