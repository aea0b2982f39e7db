"""What applicants, referees and coordinators type about references."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.forms import formset_factory
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from apps.applications.rules.references import LONGEST_ANSWER, Asked
from apps.core.forms import LineField, LongTextField, WholeNumberField
from apps.core.texts import in_language
from apps.programs.rules.rule_text import read_options, write_options

#: Marks of Thai, Khmer and Burmese count in JSON beside the letters they sit on.
MARKS_TOO = 3


def _shown(texts: Mapping[str, str]) -> Any:
    """In the reader's language, marked with its own when that is another."""
    wanted = get_language() or "en"
    text, found = in_language(texts, wanted)
    return text if found == wanted else format_html('<span lang="{}">{}</span>', found, text)


class RefereeForm(forms.Form):
    name = LineField(label=_("Name of the referee"), most=200)
    relation = LineField(
        label=_("How do you know each other?"),
        help_text=_("For example: my teacher at school, my supervisor at work"),
        most=200,
    )
    email = forms.EmailField(
        label=_("E-mail address of the referee"),
        max_length=254,
        error_messages={
            "required": _("Fill this in."),
            "invalid": _("Enter an address like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language we write to them in"), choices=settings.LANGUAGES)
    agreed = forms.BooleanField(
        label=_("I have asked this person, and they agreed that I give you their address"),
        error_messages={"required": _("Ask them first, then tick this.")},
    )

    def details(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "relation", "email", "language")}


class AnswersForm(forms.Form):
    """The referee's page: one field for each question, in the order they were asked.

    The prefix keeps a question called "Version" apart from the page's own field.
    """

    prefix = "q"

    def __init__(self, questions: tuple[Asked, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            common: dict[str, Any] = {"label": _shown(question.label), "required": question.required}
            if question.is_choice:
                choices = [(option.value, _shown(option.label)) for option in question.options]
                common["error_messages"] = {"required": _("Choose one.")}
                field: forms.Field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
            else:
                field = LongTextField(most=LONGEST_ANSWER, room=LONGEST_ANSWER * MARKS_TOO, **common)
            self.fields[question.key] = field

    def answers(self) -> dict[str, str]:
        """What to keep: clean values where they are clean, else what was typed, as far as it can be kept."""
        kept = {}
        for question in self.questions:
            typed = str(self[question.key].data or "").replace("\x00", "")[: LONGEST_ANSWER * MARKS_TOO]
            value = typed if question.key in self.errors else self.cleaned_data.get(question.key, "")
            if value:
                kept[question.key] = value.encode(errors="ignore").decode()
        return kept


class DeclineForm(forms.Form):
    reason = LongTextField(
        label=_("Why not?"),
        help_text=_("You do not have to say. Only the people who run the program read it."),
        required=False,
        most=500,
        rows=3,
    )


class ReasonForm(forms.Form):
    reason = LongTextField(label=_("Reason"), most=500, rows=3)


class TermsForm(forms.Form):
    wanted = WholeNumberField(
        label=_("How many referees"), help_text=_("0 to 5; with 0 nobody is asked."), most=5
    )
    due_days = WholeNumberField(label=_("Days a referee has to answer"), least=1, most=90, initial=14)
    required_before_sending = forms.BooleanField(
        label=_("An application can be sent only when all references are here"),
        help_text=_("Otherwise it can be sent while referees still write, but not decided without them."),
        required=False,
    )
    reviewers_may_read = forms.BooleanField(
        label=_("Reviewers read the references"),
        help_text=_("Reviewers read without names. A reference can say who the applicant is."),
        required=False,
    )
    applicant_may_read = forms.BooleanField(
        label=_("The applicant may read the references"),
        help_text=_("Referees are told before they write."),
        required=False,
    )


class AskedForm(forms.Form):
    """One question to referees, with its words in each language we speak; English is required."""

    key = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in settings.LANGUAGES:
            label = _gettext("Question ({language})").format(language=language)
            self.fields[f"label_{code}"] = LineField(label=label, most=300, required=code == "en")
        self.fields["options"] = LongTextField(
            label=_("Options, one on a line"),
            help_text=_("Leave this empty for an answer in their own words. value | label"),
            most=2000,
            rows=3,
            required=False,
        )
        self.fields["required"] = forms.BooleanField(label=_("An answer is required"), required=False)

    def as_question(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """`before` is the same question as it was: labels of options in other languages stay."""
        data = self.cleaned_data
        labels = {code: data[f"label_{code}"] for code, _name in settings.LANGUAGES if data[f"label_{code}"]}
        known = {option["value"]: option["label"] for option in before.get("options", [])}
        options = [
            {**option, "label": {**known.get(option["value"], {}), **option["label"]}}
            for option in read_options(data["options"])
        ]
        question = {"key": data["key"], "label": labels, "required": data["required"]}
        return {**question, "options": options} if options else question


def initial_question(question: Mapping[str, Any]) -> dict[str, Any]:
    labels = {f"label_{code}": question["label"].get(code, "") for code, _name in settings.LANGUAGES}
    return {
        **labels,
        "key": question.get("key", ""),
        "options": write_options(question.get("options", [])),
        "required": question.get("required", False),
    }


AskedSet = formset_factory(AskedForm, extra=1, max_num=10, absolute_max=10, can_delete=True)
