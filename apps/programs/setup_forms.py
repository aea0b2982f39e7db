"""What coordinators type to set up programs and intakes."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import OrganisationKind
from apps.accounts.models import Organisation
from apps.core.forms import AmountField, DateField, LineField, LongTextField, WholeNumberField
from apps.core.zones import NEAR, zone_name
from apps.places.models import Country
from apps.programs.enums import InclusionGroup, InclusionMode, Mode, ProgramKind, RuleAnswer, RuleTest
from apps.programs.forms import BUILDERS, UNSURE, plain
from apps.programs.rules.examples import FAILS, PASSES
from apps.programs.rules.rule_text import BadValue, read_options, read_value

TEXTS = {
    "title": (_("Title"), 120),
    "summary": (_("Summary in one or two sentences"), 400),
    "what_you_get": (_("What you get"), 3000),
    "who_can_apply": (_("Who can apply"), 3000),
    "what_you_need": (_("What you need"), 3000),
    "how_we_decide": (_("How we decide"), 3000),
    "accessibility": (_("If you need something to take part"), 3000),
}


class ProgramForm(forms.Form):
    """Every text once for each language we speak; English title and summary are required."""

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            self.fields["kind"] = forms.ChoiceField(
                label=_("Kind"), choices=ProgramKind, widget=forms.RadioSelect
            )
        self.fields["mode"] = forms.ChoiceField(label=_("How it is held"), choices=Mode)
        self.fields["country"] = forms.ModelChoiceField(
            Country.objects.order_by("name"), label=_("Country"), required=False
        )
        for code, language in settings.LANGUAGES:
            for name, (label, most) in TEXTS.items():
                field = LineField if most <= 400 else LongTextField
                self.fields[f"{name}_{code}"] = field(
                    label=_("{text} ({language})").format(text=label, language=language),
                    most=most,
                    required=code == "en" and name in ("title", "summary"),
                )

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        texts: dict[str, Any] = {
            name: {
                code: data[f"{name}_{code}"] for code, _name in settings.LANGUAGES if data[f"{name}_{code}"]
            }
            for name in TEXTS
        }
        plain: dict[str, Any] = {name: data[name] for name in ("kind", "mode", "country") if name in data}
        return {**texts, **plain}


class MomentField(forms.DateTimeField):
    """A date and time on the wall of the intake's own zone; the form knows the zone."""

    default_error_messages = {
        "required": _("Enter a date and a time."),
        "invalid": _("Enter a date and a time, for example 2027-02-01 23:59."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], widget=widget, **kwargs)


class IntakeForm(forms.Form):
    name = LineField(label=_("Name"), help_text=_("For example: Intake 2027"), most=80)
    time_zone = forms.ChoiceField(
        label=_("Time zone of these times"), choices=[(each, each) for each in NEAR]
    )
    opens_at = MomentField(label=_("Opens"), required=False)
    closes_at = MomentField(label=_("Closes"), required=False)
    seats = WholeNumberField(label=_("Seats"), most=100_000)
    reviews_each = WholeNumberField(label=_("Readers for each application"), least=1, most=10, initial=2)
    answer_days = WholeNumberField(label=_("Days to answer an offer"), least=1, most=90, initial=14)
    grace_minutes = WholeNumberField(
        label=_("Minutes after closing in which a draft saved in time may be sent"), most=10_080, initial=1440
    )
    reviews_due_on = DateField(label=_("Reviews are due on"), required=False)
    decisions_expected_on = DateField(label=_("Applicants hear by"), required=False)
    starts_on = DateField(label=_("Starts on"), required=False)
    ends_on = DateField(label=_("Ends on"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        zone = ZoneInfo(data.get("time_zone") or "UTC")
        for name in ("opens_at", "closes_at"):
            moment: datetime | None = data.get(name)
            if moment is not None:
                if not 2000 <= moment.year <= 2100:
                    self.add_error(name, _("Enter a year between 2000 and 2100."))
                data[name] = moment.replace(tzinfo=zone)
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("It must close after it opens."))
        if data.get("starts_on") and data.get("ends_on") and data["starts_on"] > data["ends_on"]:
            self.add_error("ends_on", _("It must end after it starts."))
        return data

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "name": {"en": self.cleaned_data["name"]}}


WRONG = {
    "test": _("This test does not fit this kind of answer."),
    "empty": _("Enter the value."),
    "yes_no": _("Write yes or no."),
    "ages": _("Write the ages like this: 18-35"),
    "number": _("Write a number."),
}


class RuleForm(forms.Form):
    question = LineField(label=_("Question"), most=300)
    answer = forms.ChoiceField(label=_("Kind of answer"), choices=RuleAnswer)
    options = LongTextField(
        label=_("Options, one on a line"),
        help_text=_("Only for a list: value | label"),
        required=False,
        most=2000,
        rows=3,
    )
    test = forms.ChoiceField(label=_("The answer"), choices=RuleTest)
    value = LineField(label=_("Value"), help_text=_("yes · TH, LA, KH · 18-35 · 2"), most=300, required=False)
    unmet = LineField(label=_("What we say when it is not met"), most=400)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") and data.get("test"):
            try:
                data["parsed"] = read_value(data["answer"], data["test"], data.get("value", ""))
            except BadValue as wrong:
                self.add_error("value", WRONG[wrong.code])
            if data["answer"] == RuleAnswer.ONE_CHOICE and not data.get("options"):
                self.add_error("options", _("Enter at least one option."))
        return data

    def as_values(self) -> dict[str, Any]:
        data = self.cleaned_data
        is_list = data["answer"] == RuleAnswer.ONE_CHOICE
        return {
            "question": {"en": data["question"]},
            "answer": data["answer"],
            "options": read_options(data["options"]) if is_list else [],
            "test": data["test"],
            "value": data["parsed"],
            "unmet": {"en": data["unmet"]},
        }


class OutageForm(forms.Form):
    """`organisations` and `intakes` are those of the coordinator."""

    def __init__(self, organisations: Any, intakes: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = forms.ModelChoiceField(organisations, label=_("Organisation"))
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
        self.fields["country"] = forms.ModelChoiceField(
            Country.objects.order_by("-is_member", "name"),
            label=_("Country without internet"),
            empty_label=_("Choose a country"),
        )
        self.fields["intake"] = forms.ModelChoiceField(
            intakes,
            label=_("Intake"),
            required=False,
            empty_label=_("Every intake that was open then"),
        )
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone of these times"), choices=[(each, zone_name(each)) for each in NEAR]
        )
        self.fields["starts_at"] = MomentField(label=_("Began"))
        self.fields["ends_at"] = MomentField(label=_("Ended, or will end"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        zone = ZoneInfo(data.pop("time_zone", None) or "UTC")
        for name in ("starts_at", "ends_at"):
            if data.get(name):
                data[name] = data[name].replace(tzinfo=zone)
        if data.get("intake") and data["intake"].program.organisation_id != getattr(
            data.get("organisation"), "pk", None
        ):
            self.add_error("intake", _("This intake belongs to another organisation."))
        return data


class ExamplesForm(forms.Form):
    """For each rule an answer that must pass and one that must fail; what is empty is proposed."""

    def __init__(self, rules: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in rules:
            for wanted, label in ((PASSES, _("Must pass")), (FAILS, _("Must not pass"))):
                field = BUILDERS[rule.answer](rule, label=label, required=False)
                if isinstance(field, forms.ChoiceField):
                    every = list(field.choices)  # type: ignore[arg-type]  # never a function here
                    kept = [pair for pair in every if pair[0] not in ("", UNSURE)]
                    field = forms.ChoiceField(
                        choices=[("", _("What we propose")), *kept], label=label, required=False
                    )
                self.fields[f"{rule.key}.{wanted}"] = field

    def examples(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for name, value in self.cleaned_data.items():
            key, _dot, wanted = name.rpartition(".")
            if value not in (None, ""):
                found.setdefault(key, {})[wanted] = plain(self.fields[name], value)
        return found


class AnswerForm(forms.Form):
    answer = LongTextField(
        label=_("Your answer"), help_text=_("It goes to the person by e-mail."), most=3000, rows=8
    )


class TargetsForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group, label in InclusionGroup.choices:
            self.fields[group] = AmountField(
                label=_("{group}, percent of participants").format(group=label),
                least="0.1",
                most=100,
                required=False,
            )


class MoveForm(forms.Form):
    to = forms.CharField(max_length=20)
    reason = LineField(label=_("Reason"), most=300, required=False)


class FundingForm(forms.Form):
    funder = forms.ModelChoiceField(
        Organisation.objects.filter(kind=OrganisationKind.FUNDS).order_by("name"), label=_("Funder")
    )


class InclusionModeForm(forms.Form):
    inclusion_mode = forms.ChoiceField(
        label=_("What this money may do about targets"), choices=InclusionMode, widget=forms.RadioSelect
    )
    legal_basis = LongTextField(
        label=_("Legal basis"),
        help_text=_("The law, rule or contract that allows it. It stays in the audit trail."),
        most=1000,
        rows=4,
    )
