"""Human looks: the applicant's request, and the coordinators' queue and answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page
from apps.core.zones import zone_of
from apps.selection.enums import DecisionStatus, LookStatus
from apps.selection.looking_forms import AnswerFindingForm, AnswerForm, AnswerLookForm, AskLookForm
from apps.selection.models import Decision, HumanLook
from apps.selection.selectors import told_of
from apps.selection.selectors.findings import is_reversed, looks_at_findings, unmet_in
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
        _take_back(request, own_looks(own_decision_or_404(request, public_id)))
        return redirect("selection:decision-detail", public_id)


class WithdrawFindingLookView(View):
    """The same for a request about not being eligible, which is asked on the page of the application."""

    access = Access.SIGNED_IN

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        application = get_object_or_404(Application.objects.owned_by(request.viewer), public_id=public_id)
        _take_back(request, looks_at_findings(application))
        return redirect("portal:my-application", public_id)


def _take_back(request: HttpRequest, looks: list[HumanLook]) -> None:
    try:
        for look in looks:
            if look.status == LookStatus.WAITING:
                withdraw_look(look=look, actor=request.actor)
    except DomainError as error:
        messages.error(request, str(error.message))


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
    """One request with the facts it is about, and the answer of somebody who did not settle them."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        look = self._find(request, public_id)
        return self._show(request, look, self._form(look))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        look = self._find(request, public_id)
        form = self._form(look, request.POST)
        if not form.is_valid():
            return self._show(request, look, form, status=422)
        try:
            answer_look(look=look, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, self._find(request, public_id), form, status=error.status)
        messages.success(request, self._done(look, form.cleaned_data["verdict"]))
        return redirect("selection:look-list")

    def _form(self, look: HumanLook, *typed: QueryDict) -> AnswerForm:
        return AnswerLookForm(*typed) if look.decision_id else AnswerFindingForm(*typed)

    def _done(self, look: HumanLook, verdict: str) -> str:
        if look.decision_id and verdict == LookStatus.CORRECTED:
            return _(
                "The correction is held. Release it in a batch: the applicant then reads your answer too."
            )
        return _("Answered. The applicant is being told.")

    def _find(self, request: HttpRequest, public_id: UUID) -> HumanLook:
        return get_object_or_404(with_people(looks_run_by(request.viewer)), public_id=public_id)

    def _show(
        self, request: HttpRequest, look: HumanLook, form: AnswerForm, status: int = 200
    ) -> HttpResponse:
        intake = look.application.intake
        is_own = look.settled_by_id == request.user.pk
        is_open = look.status == LookStatus.WAITING and not is_own
        context = {
            "look": look,
            "application": look.application,
            "intake": intake,
            "form": form if is_open or form.errors else None,
            "is_own": is_own,
            "is_late": look.status == LookStatus.WAITING and look.due_at < timezone.now(),
            "zone": zone_of(request, intake.time_zone),
            **(self._of_decision(look.decision) if look.decision else self._of_finding(look)),
        }
        return render(request, "selection/look_detail_staff.html", context, status=status)

    def _of_decision(self, decision: Decision) -> dict[str, Any]:
        is_corrected = decision.status == DecisionStatus.CORRECTED
        return {"decision": decision, "told": told_of(decision), "is_corrected": is_corrected}

    def _of_finding(self, look: HumanLook) -> dict[str, Any]:
        return {
            "finding": look.finding,
            "found_by": User.objects.filter(pk=look.settled_by_id).first(),
            "rules": unmet_in(look.application, look.finding),
            "is_corrected": is_reversed(look),
        }
