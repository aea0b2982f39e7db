"""What coordinators type about messages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LineField


class PauseForm(forms.Form):
    reason = LineField(
        label=_("Why are they paused?"), help_text=_("For whoever finds them waiting."), most=500
    )
