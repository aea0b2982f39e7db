"""A decision explained: the applicant's page, and the coordinator's look at it before it is told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.zones import zone_of
from apps.selection.enums import ON_THE_LIST, DecisionStatus
from apps.selection.looking_forms import AskLookForm, FeedbackForm
from apps.selection.models import Decision, Offer, WaitlistEntry
from apps.selection.selectors import own_decision, told_of
from apps.selection.selectors.looking import ask_until, can_be_asked, decisions_run_by, is_told, own_looks
from apps.selection.services import write_feedback


class DecisionView(View):
    """What was decided and how, in plain words, and how to ask for a human look."""

    access = Access.SIGNED_IN

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return show_decision(request, own_decision_or_404(request, public_id))


def own_decision_or_404(request: HttpRequest, public_id: UUID) -> Decision:
    decision = own_decision(request.viewer, public_id)
    if decision is None:
        raise Http404
    return decision


def show_decision(
    request: HttpRequest, decision: Decision, form: AskLookForm | None = None, status: int = 200
) -> HttpResponse:
    """With a form that was refused, so that nobody types twice, even when it can be sent no more."""
    intake = decision.application.intake
    looks = own_looks(decision)
    asked = any(look.decision_id == decision.pk for look in looks)
    is_open = not asked and can_be_asked(decision)
    context = {
        **_told(decision),
        **_waiting(decision),
        "looks": [(look, is_told(look, decision)) for look in looks],
        "is_asked": asked,
        "until": ask_until(decision),
        "form": form or (AskLookForm() if is_open else None),
        "zone": zone_of(request, intake.time_zone),
    }
    return render(request, "selection/decision_detail.html", context, status=status)


def _told(decision: Decision) -> dict[str, Any]:
    application = decision.application
    return {
        "decision": decision,
        "application": application,
        "intake": application.intake,
        "told": told_of(decision),
    }


def _waiting(decision: Decision) -> dict[str, Any]:
    """The place on the waitlist, which has a page of its own, and the offer."""
    entries = WaitlistEntry.objects.filter(application=decision.application_id, status__in=ON_THE_LIST)
    return {
        "entry": entries.first(),
        "offer": Offer.objects.filter(application=decision.application_id).first(),
    }


class HeldDecisionView(View):
    """What the applicant would read, word for word, and the feedback a person adds to it."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        decision = self._find(request, decision_id)
        return self._show(request, decision, FeedbackForm(initial={"text": decision.feedback}))

    def post(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        decision = self._find(request, decision_id)
        form = FeedbackForm(request.POST)
        if not form.is_valid():
            return self._show(request, decision, form, status=422)
        try:
            write_feedback(decision=decision, text=form.cleaned_data["text"], actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, decision, form, status=error.status)
        messages.success(request, _("Saved. The applicant reads it when the decision is released."))
        return redirect("selection:decision-held", decision_id)

    def _find(self, request: HttpRequest, decision_id: int) -> Decision:
        return get_object_or_404(decisions_run_by(request.viewer), pk=decision_id)

    def _show(
        self, request: HttpRequest, decision: Decision, form: FeedbackForm, status: int = 200
    ) -> HttpResponse:
        is_held = decision.status == DecisionStatus.HELD
        context = {**_told(decision), "form": form if is_held or form.errors else None}
        return render(request, "selection/decision_held_staff.html", context, status=status)
