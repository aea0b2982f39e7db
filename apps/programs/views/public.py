"""What anyone may see: the catalogue and one program."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.paging import keyset_page
from apps.core.zones import zone_of
from apps.programs.extension import panels_of
from apps.programs.forms import CatalogueForm
from apps.programs.models import Intake
from apps.programs.selectors import catalogue, public_intake, rules_of, takes_applications


class CatalogueView(TemplateView):
    access = Access.PUBLIC
    template_name = "programs/intake_catalogue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = CatalogueForm(self.request.GET)
        wanted = form.cleaned_data if form.is_valid() else {}
        found = catalogue(kind=wanted.get("kind", ""), text=wanted.get("q", ""))
        page = keyset_page(found, self.request.GET.get("cursor"), order=("closes_at", "id"), size=20)
        return super().get_context_data(form=form, page=page, zone=zone_of(self.request), **kwargs)


def intake_or_404(program: str, intake: str) -> Intake:
    found = public_intake(program, intake)
    if found is None:
        raise Http404
    return found


class ProgramView(View):
    access = Access.PUBLIC

    def get(self, request: HttpRequest, program: str, intake: str) -> HttpResponse:
        found = intake_or_404(program, intake)
        context = {
            "intake": found,
            "program": found.program,
            "zone": zone_of(request, found.time_zone),
            "is_open": takes_applications(found),
            "has_rules": bool(rules_of(found)),
            "panels": panels_of(found),
        }
        return render(request, "programs/program_detail.html", context)
