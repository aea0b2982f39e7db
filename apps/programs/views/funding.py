"""Administrators decide what each funding stream may do about inclusion targets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page
from apps.programs.models import Funding
from apps.programs.services.funding import set_inclusion_mode
from apps.programs.setup_forms import InclusionModeForm


class InclusionModesView(TemplateView):
    """Every stream with its mode and the legal basis of it."""

    access = Access.ADMINISTRATOR
    template_name = "programs/funding_manage_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        streams = Funding.objects.select_related("program", "funder")
        page = keyset_page(streams, self.request.GET.get("cursor"), order=("-id",))
        return super().get_context_data(page=page, **kwargs)


class InclusionModeView(View):
    access = Access.ADMINISTRATOR

    def get(self, request: HttpRequest, funding_id: int) -> HttpResponse:
        funding = self._funding(funding_id)
        initial = {"inclusion_mode": funding.inclusion_mode, "legal_basis": funding.legal_basis}
        return self._show(request, funding, InclusionModeForm(initial=initial))

    def post(self, request: HttpRequest, funding_id: int) -> HttpResponse:
        funding = self._funding(funding_id)
        form = InclusionModeForm(request.POST)
        if not form.is_valid():
            return self._show(request, funding, form, status=422)
        try:
            set_inclusion_mode(funding=funding, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, funding, form, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("programs:inclusion-modes")

    def _funding(self, funding_id: int) -> Funding:
        return get_object_or_404(Funding.objects.select_related("program", "funder"), pk=funding_id)

    def _show(
        self, request: HttpRequest, funding: Funding, form: InclusionModeForm, status: int = 200
    ) -> HttpResponse:
        context = {"funding": funding, "form": form}
        return render(request, "programs/funding_manage.html", context, status=status)
