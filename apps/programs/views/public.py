"""What anyone may see: the catalogue, one program, and whether they can apply."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.generic import TemplateView

from apps.core.access import Access
from apps.core.paging import keyset_page
from apps.core.zones import zone_of
from apps.programs.forms import CatalogueForm, EligibilityForm
from apps.programs.models import Intake
from apps.programs.selectors import catalogue, check_eligibility, public_intake, rules_of, takes_applications

#: Eligibility answers of a visitor, by intake, until a draft is started with them.
SESSION_KEY = "eligibility"


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
    return get_object_or_404(public_intake(program, intake).prefetch_related("eligibility_rules"))


def kept_answers(request: HttpRequest, intake: Intake) -> dict[str, Any] | None:
    """What this visitor answered before, or None."""
    return request.session.get(SESSION_KEY, {}).get(str(intake.pk))


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
        }
        return render(request, "programs/program_detail.html", context)


class EligibilityView(View):
    """Answers stay in the visitor's own session; nothing is stored about anyone yet."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest, program: str, intake: str) -> HttpResponse:
        found = intake_or_404(program, intake)
        form = EligibilityForm(found)
        form.initial = form.as_typed(kept_answers(request, found) or {})
        return self.show(request, found, form)

    def post(self, request: HttpRequest, program: str, intake: str) -> HttpResponse:
        found = intake_or_404(program, intake)
        form = EligibilityForm(found, request.POST)
        if not form.is_valid():
            return self.show(request, found, form, status=422)
        kept = request.session.get(SESSION_KEY, {})
        request.session[SESSION_KEY] = {**kept, str(found.pk): form.answers()}
        return redirect("programs:eligibility-result", program, intake)

    def show(
        self, request: HttpRequest, intake: Intake, form: EligibilityForm, status: int = 200
    ) -> HttpResponse:
        context = {"intake": intake, "form": form, "is_open": takes_applications(intake)}
        return render(request, "programs/eligibility_form.html", context, status=status)


class EligibilityResultView(View):
    """A page of its own: it can be read again, in another language, and left by the back button."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest, program: str, intake: str) -> HttpResponse:
        found = intake_or_404(program, intake)
        answers = kept_answers(request, found)
        if answers is None:
            return redirect("programs:eligibility", program, intake)
        result, rules = check_eligibility(found, answers)
        context = {
            "intake": found,
            "result": result,
            "unmet": [rule for rule in rules if rule.key in result.not_met],
            "others": [each for each in catalogue()[:4] if each.pk != found.pk][:3],
            "is_open": takes_applications(found),
        }
        return render(request, "programs/eligibility_result.html", context)
