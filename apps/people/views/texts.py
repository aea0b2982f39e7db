"""Administrators publish the wordings people consent to."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page
from apps.people.enums import ConsentPurpose
from apps.people.forms import ConsentTextForm
from apps.people.models import ConsentText
from apps.people.rules.wordings import first
from apps.people.services import publish_text
from apps.places.models import Country


class ConsentTextsView(FormView):
    access = Access.ADMINISTRATOR
    template_name = "people/consent_text_list.html"
    form_class = ConsentTextForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = ConsentText.objects.select_related("country")
        page = keyset_page(texts, self.request.GET.get("cursor"), order=("-id",))
        shipped = [(purpose.label, first(purpose.value)) for purpose in ConsentPurpose]
        return super().get_context_data(page=page, shipped=shipped, **kwargs)

    def form_valid(self, form: ConsentTextForm) -> HttpResponse:
        values = dict(form.cleaned_data)
        values["country"] = Country.objects.filter(pk=values["country"]).first()
        try:
            publish_text(**values, actor=self.request.actor)
        except DomainError as error:
            attach(form, error)
            return self.render_to_response(self.get_context_data(form=form), status=error.status)
        messages.success(self.request, _("Published."))
        return redirect("people:consent-texts")

    def form_invalid(self, form: ConsentTextForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
