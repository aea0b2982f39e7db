"""Setting targets, locking quarters, screening programs."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.core.forms import AmountField, LineField, LongTextField, OneOfField, SeveralOfField
from apps.inclusion.enums import MarkerScore
from apps.inclusion.models import IndicatorDefinition
from apps.inclusion.rules.markers import LEAST_JUSTIFICATION, criteria_of
from apps.inclusion.selectors import STANDARD_NAMES, Quarter


class TargetForm(forms.Form):
    """One target; offers the quarters that are not locked."""

    indicator = OneOfField(label=_("Indicator"))
    period = OneOfField(
        label=_("By the end of"),
        help_text=_("Counted from the beginning of the program, like the figures beside it."),
    )
    value = AmountField(
        label=_("Target"),
        help_text=_(
            "In the unit of the indicator: shares and rates in percent. Left empty, there is no target."
        ),
        most=1_000_000_000,
        required=False,
    )
    note = LineField(label=_("Why this target, or why it changes"), most=500, required=False)

    def __init__(
        self,
        *args: Any,
        definitions: Iterable[IndicatorDefinition],
        quarters: Iterable[Quarter],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.definitions = {each.code: each for each in definitions}
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]  # a ChoiceField, typed Field
            ("", _("Choose")),
            *(
                (STANDARD_NAMES.get(standard, standard), [(each.code, _in_words(each)) for each in same])
                for standard, same in groupby(self.definitions.values(), key=lambda each: each.standard)
            ),
        ]
        self.quarters = {each.ends_on.isoformat(): each for each in quarters if not each.is_locked}
        self.fields["period"].choices = [  # type: ignore[attr-defined]  # as above
            (key, each.name) for key, each in self.quarters.items()
        ]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "definition": self.definitions[data["indicator"]],
            "period": self.quarters[data["period"]].ends_on,
            "value": data["value"],
            "note": data["note"],
        }


def _in_words(definition: IndicatorDefinition) -> str:
    return f"{definition.name} ({definition.get_unit_display()})"


LOCK, UNLOCK = "lock", "unlock"


class PeriodForm(forms.Form):
    period = OneOfField(label=_("Quarter"))
    deed = OneOfField(
        label=_("What to do"),
        choices=[
            (LOCK, _("Lock: targets of this quarter stay as they are")),
            (UNLOCK, _("Unlock: targets may be changed again")),
        ],
        widget=forms.RadioSelect,
    )
    reason = LineField(label=_("Why"), most=500)

    def __init__(self, *args: Any, quarters: Iterable[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quarters = {each.ends_on.isoformat(): each for each in quarters}
        self.fields["period"].choices = [  # type: ignore[attr-defined]  # a ChoiceField, typed Field
            (key, format_lazy("{} ({})", each.name, _("locked") if each.is_locked else _("open")))
            for key, each in self.quarters.items()
        ]


#: In our own words; the sources stand in rules/markers.py.
CRITERIA: dict[str, str | Promise] = {
    "gender_analysis": _("We looked at how women and men are placed before the program was planned."),
    "gender_no_harm": _("We made sure that, at the least, the program makes no inequality worse."),
    "gender_objective": _(
        "A written objective says what changes between women and men, and the look at it was used."
    ),
    "gender_indicator": _("At least one indicator about gender measures that objective."),
    "gender_by_sex": _("Figures about people are told for women and men, wherever that makes sense."),
    "gender_reported": _("We are bound to watch and report what came of it."),
    "gender_main_aim": _("Equality of women and men is the main reason for the program."),
    "gender_results": _("The results it is judged by are measured with indicators about gender."),
    "disability_objective": _(
        "Papers of the program name the inclusion of people with disabilities as an objective."
    ),
    "disability_backed": _(
        "There is something behind it: money for access, targets, or advice from organisations of people "
        "with disabilities."
    ),
    "disability_no_segregation": _(
        "Nothing in it keeps people with disabilities apart or goes against their rights under the UN convention."
    ),
    "disability_fundamental": _("Their inclusion shapes the whole design and is what the program is for."),
}


class MarkerForm(forms.Form):
    score = forms.TypedChoiceField(
        label=_("Score"),
        choices=MarkerScore,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one answer."),
            "invalid_choice": _("Choose one of the answers shown."),
        },
    )
    criteria = SeveralOfField(
        label=_("What is true of this program"), widget=forms.CheckboxSelectMultiple, required=False
    )
    justification = LongTextField(
        label=_("Justification"),
        help_text=format_lazy(
            _("For a score of 1 or 2 at least {} characters: say what in the program shows it."),
            LEAST_JUSTIFICATION,
        ),
        most=3000,
        required=False,
    )
    evidence = forms.URLField(
        label=_("Link to the evidence"),
        help_text=_("The address of a document; needed for a score of 1 or 2."),
        max_length=500,
        assume_scheme="https",
        required=False,
        error_messages={"invalid": _("Give the address of a document, beginning with https://.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)

    def __init__(self, *args: Any, marker: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].choices = [  # type: ignore[attr-defined]  # a ChoiceField, typed Field
            (each, CRITERIA[each]) for each in criteria_of(marker)
        ]
