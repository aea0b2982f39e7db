"""Counting a quarter again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import LongTextField


class RestateForm(forms.Form):
    """Why a quarter is counted again, in as many characters as a release keeps."""

    reason = LongTextField(
        label=_("Why is this quarter counted again?"),
        help_text=_("Everybody who reads the figures reads this beside them. Name no person."),
        most=500,
        rows=4,
        counted=True,
        error_messages={"required": _("Say why the quarter is counted again.")},
    )
