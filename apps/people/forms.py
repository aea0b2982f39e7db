"""What people tell and allow. Every box of consent starts unticked."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.forms import LineField, LongTextField
from apps.people.enums import ConsentPurpose, NeedKind
from apps.people.rules.wordings import Wording
from apps.places.selectors import country_choices


def said_as_written(wording: Wording) -> SafeString:
    """The title of a wording, marked with the language it is in."""
    return format_html('<span lang="{}">{}</span>', wording.language, wording.title)


class SupportForm(forms.Form):
    """What to arrange, in a list and in own words; consent is asked while there is none."""

    hide_optional = True
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What would help?"),
        help_text=gettext_lazy("Tick what you need. You need not say why, and we ask for no proof."),
        choices=NeedKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = LongTextField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("For example what works well for you, or something that is not in the list."),
        most=1000,
        rows=4,
        required=False,
    )
    mark = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)

    def __init__(self, *args: Any, wording: Wording, has_consent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("mark", wording.mark)
        self.has_consent = has_consent
        if not has_consent:
            self.fields["agree"] = forms.BooleanField(
                label=said_as_written(wording), help_text=self._text(wording), required=False
            )

    @staticmethod
    def _text(wording: Wording) -> SafeString:
        return format_html('<span lang="{}">{}</span>', wording.language, wording.text)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kinds, words = data.get("needs") or [], data.get("words", "")
        if NeedKind.OTHER in kinds and not words and "words" not in self.errors:
            self.add_error("words", _("Say what else you need."))
        if (kinds or words) and not self.has_consent and not data.get("agree"):
            self.add_error("agree", _("Tick this box, so that we may keep what you need; or clear the list."))
        return data

    def wanted(self) -> dict[str, str]:
        """{kind: own words}; words without "Something else" are something else."""
        kinds, words = self.cleaned_data["needs"], self.cleaned_data["words"]
        found = {kind: "" for kind in kinds if kind != NeedKind.OTHER}
        return found | ({NeedKind.OTHER.value: words} if words else {})


class ConsentTextForm(forms.Form):
    """A new wording, or one more language of the wording in force."""

    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), choices=ConsentPurpose.choices)
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("Leave open for everyone whose country has no text of its own."),
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy(
            "English begins a new wording: everyone who agreed to the old one is asked again."
        ),
        choices=settings.LANGUAGES,
    )
    title = LineField(label=gettext_lazy("The sentence to agree to"), most=200)
    text = LongTextField(label=gettext_lazy("What it means"), most=3000)
    is_machine_draft = forms.BooleanField(
        label=gettext_lazy("Drafted by machine: keep it, and show English until a person has checked it"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Every country")), *country_choices()]  # type: ignore[attr-defined]
