"""The groups somebody may ask to be counted in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import SeveralOfField
from apps.programs.enums import InclusionGroup


class DeclarationForm(forms.Form):
    """Only groups with a target are asked about; to tick none is an answer."""

    hide_optional = True

    def __init__(self, groups: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = set(groups)
        self.fields["groups"] = SeveralOfField(
            label=_("Do you want to be counted in one of these groups when places are given?"),
            help_text=_(
                "Tick what is true for you. Leave all empty if none is, or if you would rather not say: "
                "both are fine."
            ),
            choices=[(value, label) for value, label in InclusionGroup.choices if value in asked],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
