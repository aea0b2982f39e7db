"""What reviewers tell of beforehand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LineField, OneOfField
from apps.reviews.enums import TieKind


class TieForm(forms.Form):
    kind = OneOfField(label=_("What ties you?"), choices=TieKind.choices, widget=forms.RadioSelect)
    value = LineField(
        label=_("Which one?"),
        help_text=_("An address or what follows its @, a name, or a province such as Chiang Mai or TH-50."),
        most=200,
    )
