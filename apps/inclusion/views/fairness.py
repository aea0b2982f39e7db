"""The fairness report of an intake, for the people who run it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Role
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.zones import zone_of
from apps.inclusion.selectors import chose_by_merit, fairness_of
from apps.inclusion.services import make_fairness_report, read_fairness_report
from apps.programs.models import Intake


class FairnessView(View):
    """Coordinators of the program and administrators; each reading is recorded. Posting makes the next one."""

    access = (Access.COORDINATOR, Access.ADMINISTRATOR)

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, self._find(request, public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = self._find(request, public_id)
        try:
            make_fairness_report(intake=intake, actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
            return self._show(request, intake, status=error.status)
        messages.success(request, _("The report is ready. What it tells will not change."))
        return redirect("inclusion:fairness", public_id)

    def _find(self, request: HttpRequest, public_id: UUID) -> Intake:
        mine = Intake.objects.visible_to(request.viewer).select_related("program")
        return get_object_or_404(mine, public_id=public_id)

    def _show(self, request: HttpRequest, intake: Intake, status: int = 200) -> HttpResponse:
        report = read_fairness_report(intake=intake, actor=request.actor)
        context = {
            "intake": intake,
            "report": report,
            "dimensions": fairness_of(report) if report else [],
            "is_by_merit": report is not None and chose_by_merit(report),
            "runs_it": intake.program.organisation_id in request.viewer.at(Role.COORDINATOR),
            "zone": zone_of(request),
        }
        answer = render(request, "inclusion/fairness_detail.html", context, status=status)
        answer["Cache-Control"] = "no-store"
        return answer
