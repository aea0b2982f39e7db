"""What coordinators ask of the workbench."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import AmountField, LineField, WholeNumberField
from apps.programs.enums import InclusionGroup
from apps.selection.enums import Method, Wanted
from apps.selection.rules.rule import Rule


def narrow() -> forms.NumberInput:
    return forms.NumberInput({"class": "govuk-input--width-5"})


class WhatIfForm(forms.Form):
    """Empty fields stay as the rule has them."""

    hide_optional = True

    name = LineField(label=_("Name of the scenario"), most=120, required=False)
    seats = WholeNumberField(label=_("Seats"), most=100_000, required=False, widget=narrow())
    floor = AmountField(label=_("Lowest score"), least=0, most=100, required=False, widget=narrow())
    budget = WholeNumberField(label=_("Budget"), most=10**12, required=False)

    def __init__(self, rule: Rule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        as_ruled = {"seats": rule.seats, "floor": rule.floor, "budget": rule.budget}
        for name, value in as_ruled.items():
            self.fields[name].help_text = self._now(value)
        if rule.budget is None:
            del self.fields["budget"]
        for group, wanted in rule.targets.items():
            self.fields[f"target-{group}"] = WholeNumberField(
                label=_("Seats wanted: {group}").format(group=InclusionGroup(group).label),
                help_text=self._now(wanted),
                most=100_000,
                required=False,
                widget=narrow(),
            )
        if rule.targets:
            self.fields["method"] = forms.ChoiceField(
                label=_("A person counts"),
                choices=[("", _("As in the rule")), *Method.choices],
                required=False,
            )

    def _now(self, value: object) -> str:
        shown = f"{value:.1f}" if isinstance(value, Decimal) else value
        return _("In the rule: {value}").format(value=shown)

    def settings(self) -> dict[str, Any]:
        """What differs from the rule, as Scenario.settings keeps it."""
        data = self.cleaned_data
        found: dict[str, Any] = {}
        for name in ("seats", "budget"):
            if data.get(name) not in (None, getattr(self.rule, name)):
                found[name] = data[name]
        if data.get("floor") not in (None, self.rule.floor):
            found["floor"] = str(Decimal(data["floor"]))
        targets = self._targets(data)
        if targets != dict(self.rule.targets):
            found["targets"] = targets
        if data.get("method") and data["method"] != self.rule.method:
            found["method"] = data["method"]
        return found

    def _targets(self, data: Mapping[str, Any]) -> dict[str, int]:
        found = dict(self.rule.targets)
        for group in self.rule.targets:
            if data.get(f"target-{group}") is not None:
                found[group] = data[f"target-{group}"]
        return found


class OverrideForm(forms.Form):
    reference = LineField(label=_("Number of the application"), most=20)
    wanted = forms.ChoiceField(label=_("What should hold"), choices=Wanted, widget=forms.RadioSelect)
    reason = LineField(label=_("Why?"), help_text=_("Everyone who looks at this choice reads it."), most=1000)


class FreezeForm(forms.Form):
    reason = LineField(
        label=_("Why is there another choice?"),
        help_text=_("Only needed when a choice was frozen before."),
        most=1000,
        required=False,
    )
