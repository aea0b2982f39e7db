"""The file to check, what kind it is, and whose records it holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.accounts.roles import Viewer
from apps.records.selectors import shipped_mappings


class ImportForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Whose records are these?"), queryset=Organisation.objects.none(), empty_label=None
    )
    mapping = forms.ChoiceField(label=_("What kind of file is it?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV, plain or packed (gz, xz, zst). At most 5 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,.xz,.zst"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.filter(pk__in=viewer.at(Role.COORDINATOR)).order_by("name")
        self.fields["organisation"].queryset = mine  # type: ignore[attr-defined]
        if len(viewer.at(Role.COORDINATOR)) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = next(iter(viewer.at(Role.COORDINATOR)))
        # our own columns first: the published sets are samples, few people have them at hand
        known = sorted(shipped_mappings().values(), key=lambda mapping: (bool(mapping.data), mapping.title))
        self.fields["mapping"].choices = [(mapping.name, mapping.title) for mapping in known]  # type: ignore[attr-defined]
        if not self.is_bound:
            self.fields["mapping"].initial = known[0].name
