"""For coordinators: the applications that everyone scores first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.programs.models import Intake
from apps.reviews.models import CalibrationPaper, Criterion
from apps.reviews.selectors import calibration_of, papers_for_calibration
from apps.reviews.services import add_papers, agree_points, remove_paper
from apps.reviews.setup_forms import AgreedForm, PapersForm
from apps.reviews.views.finding import intake_or_404


class CalibrationView(View):
    """The set, who has done it, and how far off they are."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, intake_or_404(request, public_id), PapersForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form = PapersForm(request.POST)
        if not form.is_valid():
            return self._show(request, intake, form, status=422)
        wanted = form.cleaned_data["references"]
        found = {row.reference: row for row in papers_for_calibration(intake).filter(reference__in=wanted)}
        if unknown := [each for each in wanted if each not in found]:
            words = _("No application with this number that is read: {numbers}.")
            form.add_error("references", words.format(numbers=", ".join(unknown)))
            return self._show(request, intake, form, status=422)
        try:
            add_papers(intake=intake, applications=list(found.values()), actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, intake, form, status=error.status)
        messages.success(request, _("Saved. Everyone chosen to read has these now."))
        return redirect("reviews:calibration", public_id)

    def _show(
        self, request: HttpRequest, intake: Intake, form: PapersForm, status: int = 200
    ) -> HttpResponse:
        context = {"intake": intake, "form": form, "set": calibration_of(intake)}
        return render(request, "reviews/calibration.html", context, status=status)


class CalibrationPaperView(View):
    """The points people agreed on for one of them; or out of the set with it."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID, application: UUID) -> HttpResponse:
        paper = self._paper(request, public_id, application)
        initial = {f"points-{number}": points for number, points in paper.agreed.items()}
        return self._show(request, paper, self._form(paper, initial=initial))

    def post(self, request: HttpRequest, public_id: UUID, application: UUID) -> HttpResponse:
        paper = self._paper(request, public_id, application)
        if "remove" in request.POST:
            remove_paper(paper=paper, actor=request.actor)
            messages.success(request, _("It is no longer for calibration."))
            return redirect("reviews:calibration", public_id)
        form = self._form(paper, request.POST)
        if not form.is_valid():
            return self._show(request, paper, form, status=422)
        try:
            agree_points(paper=paper, points=form.points(), actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, paper, form, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("reviews:calibration", public_id)

    def _paper(self, request: HttpRequest, public_id: UUID, application: UUID) -> CalibrationPaper:
        rows = CalibrationPaper.objects.filter(intake=intake_or_404(request, public_id))
        return get_object_or_404(
            rows.select_related("application", "intake__program"), application__public_id=application
        )

    def _form(self, paper: CalibrationPaper, data: Any = None, **kwargs: Any) -> AgreedForm:
        criteria = Criterion.objects.filter(rubric__intake=paper.application.intake_id)
        return AgreedForm(criteria, data, **kwargs)

    def _show(
        self, request: HttpRequest, paper: CalibrationPaper, form: AgreedForm, status: int = 200
    ) -> HttpResponse:
        context = {"intake": paper.intake, "paper": paper, "form": form}
        return render(request, "reviews/calibration_paper.html", context, status=status)
