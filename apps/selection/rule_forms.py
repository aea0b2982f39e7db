"""What coordinators type about the rule that chooses."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from apps.core.forms import AmountField, LineField, LongTextField, WholeNumberField
from apps.places.selectors import country_choices
from apps.selection.enums import Method, ScoreKind, TieBreak, WaitlistRule
from apps.selection.rules.rule import Rule

MOST_MONEY = 10**15


class RuleForm(forms.Form):
    floor = AmountField(
        label=_("Lowest score that can be chosen"), help_text=_("From 0 to 100."), least=0, most=100
    )
    scores = forms.ChoiceField(
        label=_("Which scores count"),
        choices=ScoreKind,
        widget=forms.RadioSelect,
        help_text=_("Both are always shown. Adjusted scores take away how strict or mild a reader is."),
    )
    tie_break = forms.ChoiceField(
        label=_("Order of equal scores"), choices=TieBreak, widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label=_("How a person in several groups counts"), choices=Method, widget=forms.RadioSelect
    )
    waitlist_size = WholeNumberField(label=_("Places on the waitlist"), most=100_000)
    waitlist_rule = forms.ChoiceField(
        label=_("Who gets a place that becomes free"), choices=WaitlistRule, widget=forms.RadioSelect
    )
    budget = WholeNumberField(
        label=_("Most that all places may cost together"),
        help_text=_("Whole units of the program's currency. Leave empty when money sets no limit."),
        most=MOST_MONEY,
        required=False,
    )
    cost_each = WholeNumberField(label=_("What one place costs"), most=MOST_MONEY, required=False)

    def clean_cost_each(self) -> int:
        return self.cleaned_data.get("cost_each") or 0


class CountryForm(forms.Form):
    """One country's places; a row without a country says nothing."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    at_least = WholeNumberField(label=_("Places at least"), most=100_000, required=False)
    cost_each = WholeNumberField(
        label=_("What a place costs there"),
        help_text=_("Only when it is not as usual."),
        most=MOST_MONEY,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("No country")), *country_choices()]  # type: ignore[attr-defined]


class CountryRows(BaseFormSet):
    def clean(self) -> None:
        told = [form.cleaned_data["country"] for form in self.forms if form.cleaned_data.get("country")]
        if len(told) != len(set(told)):
            raise forms.ValidationError(_("A country stands here twice."), code="twice")

    def countries(self) -> dict[str, tuple[int, int | None]]:
        """{code: (at least, cost of a place there or None)}"""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("country")]
        return {row["country"]: (row["at_least"] or 0, row["cost_each"]) for row in rows}


CountrySet = formset_factory(CountryForm, formset=CountryRows, extra=2, max_num=60, absolute_max=60)


class RuleChangeForm(RuleForm):
    """Another rule in the place of the one in force."""

    seats = WholeNumberField(label=_("Seats"), most=100_000)
    take_over = forms.BooleanField(
        label=_("Also put into force the targets, criteria, readers and funding mode as they stand now"),
        required=False,
    )
    reason = LongTextField(
        label=_("Why the rule must change"),
        help_text=_("Everyone can read it on the page “How we decide”."),
        most=1000,
        rows=4,
    )

    field_order = ["seats"]


class RefuseForm(forms.Form):
    answer = LineField(label=_("Why the rule stays as it is"), most=500)


def initial_of(rule: Rule) -> dict[str, Any]:
    """What the form of a rule shows at first."""
    names = [*RuleForm.base_fields, "seats"]
    return {name: getattr(rule, name) for name in names} | {"floor": rule.floor.quantize(Decimal("0.01"))}


def rows_of(rule: Rule) -> list[dict[str, Any]]:
    """The same for its countries."""
    return [
        {"country": code, "at_least": at_least, "cost_each": cost}
        for code, (at_least, cost) in sorted(rule.countries.items())
    ]
