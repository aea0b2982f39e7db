"""The reason a coordinator gives for another look."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LineField


class ReopenForm(forms.Form):
    reason = LineField(label=_("Why should the reviewer look again?"), most=300)
