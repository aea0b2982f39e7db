"""Searching what happened. The trail holds ids and small words, never personal data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.forms import WholeNumberField
from apps.core.paging import keyset_page
from apps.events.registry import EVENTS
from apps.events.selectors import search_events

LARGEST_ID = 2**63 - 1


class AuditForm(forms.Form):
    hide_optional = True
    name = forms.ChoiceField(label=_("What happened"), required=False)
    subject_id = WholeNumberField(label=_("Number of the record"), required=False, most=LARGEST_ID)
    actor_user_id = WholeNumberField(label=_("Number of the account"), required=False, most=LARGEST_ID)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [("", _("Anything")), *((name, name) for name in sorted(EVENTS))]


class AuditView(TemplateView):
    access = Access.ADMINISTRATOR
    template_name = "accounts/audit_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = AuditForm(self.request.GET)
        wanted = form.cleaned_data if form.is_valid() else {}
        page = keyset_page(search_events(**wanted), self.request.GET.get("cursor"), order=("-id",))
        return super().get_context_data(form=form, page=page, **kwargs)
