"""Human looks: the applicant's request, and the coordinators' queue and answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page
from apps.core.zones import zone_of
from apps.selection.enums import DecisionStatus, LookStatus
from apps.selection.looking_forms import AnswerLookForm, AskLookForm
from apps.selection.models import HumanLook
from apps.selection.selectors import told_of
from apps.selection.selectors.looking import (
    looks_answered,
    looks_run_by,
    looks_waiting,
    own_looks,
    with_people,
)
from apps.selection.services import answer_look, ask_human_look, withdraw_look
from apps.selection.views.explaining import own_decision_or_404, show_decision


class AskLookView(View):
    """Whatever goes wrong, the page comes back with the words in it."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Where one lands after signing in again."""
        return redirect("selection:decision-detail", public_id)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        decision = own_decision_or_404(request, public_id)
        form = AskLookForm(request.POST)
        if not form.is_valid():
            return show_decision(request, decision, form, status=422)
        try:
            ask_human_look(decision=decision, words=form.cleaned_data["words"], actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return show_decision(request, decision, form, status=error.status)
        return redirect("selection:decision-detail", public_id)


class WithdrawLookView(View):
    access = Access.SIGNED_IN

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        decision = own_decision_or_404(request, public_id)
        waiting = [look for look in own_looks(decision) if look.status == LookStatus.WAITING]
        try:
            for look in waiting:
                withdraw_look(look=look, actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("selection:decision-detail", public_id)


class LookListView(View):
    """Who waits and until when, the late ones first; below, what was answered last."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = with_people(looks_waiting(request.viewer))
        context = {
            "page": keyset_page(waiting, request.GET.get("cursor"), order=("due_at", "id"), size=50),
            "answered": with_people(looks_answered(request.viewer))[:20],
            "now": timezone.now(),
            "zone": zone_of(request),
        }
        return render(request, "selection/look_list_staff.html", context)


class LookView(View):
    """One request with the facts of its decision, and the answer of somebody who did not take it."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, self._find(request, public_id), AnswerLookForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        look = self._find(request, public_id)
        form = AnswerLookForm(request.POST)
        if not form.is_valid():
            return self._show(request, look, form, status=422)
        try:
            answer_look(look=look, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, self._find(request, public_id), form, status=error.status)
        messages.success(request, self._done(form.cleaned_data["verdict"]))
        return redirect("selection:look-list")

    def _done(self, verdict: str) -> str:
        if verdict == LookStatus.CORRECTED:
            return _(
                "The correction is held. Release it in a batch: the applicant then reads your answer too."
            )
        return _("Answered. The applicant is being told.")

    def _find(self, request: HttpRequest, public_id: UUID) -> HumanLook:
        return get_object_or_404(with_people(looks_run_by(request.viewer)), public_id=public_id)

    def _show(
        self, request: HttpRequest, look: HumanLook, form: AnswerLookForm, status: int = 200
    ) -> HttpResponse:
        decision = look.decision
        intake = decision.application.intake
        is_own = decision.decided_by_id == request.user.pk
        is_open = look.status == LookStatus.WAITING and not is_own
        context = {
            "look": look,
            "decision": decision,
            "application": decision.application,
            "intake": intake,
            "told": told_of(decision),
            "form": form if is_open or form.errors else None,
            "is_own": is_own,
            "is_corrected": decision.status == DecisionStatus.CORRECTED,
            "is_late": look.status == LookStatus.WAITING and look.due_at < timezone.now(),
            "zone": zone_of(request, intake.time_zone),
        }
        return render(request, "selection/look_detail_staff.html", context, status=status)
