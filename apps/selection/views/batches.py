"""Decisions on their way to people: a batch prepared, looked at, released; conditions; corrections."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.pages import ServiceFormView
from apps.core.paging import keyset_page
from apps.programs.models import Intake
from apps.selection.enums import BatchStatus
from apps.selection.forms import ConditionsForm, CorrectForm
from apps.selection.models import Decision, ReleaseBatch
from apps.selection.selectors import (
    decisions_of,
    has_withdrawn,
    outcome_counts,
    seats_after,
    waitlist_rule_of,
)
from apps.selection.services import (
    cancel_batch,
    correct_decision,
    prepare_batch,
    release_batch,
    set_conditions,
)
from apps.selection.services.conditions import BINDABLE
from apps.selection.services.releasing import MOST_ALONE
from apps.selection.views.ranking import intake_or_404

ROWS = 100


def batches_run_by(request: HttpRequest) -> QuerySet[ReleaseBatch]:
    mine = ReleaseBatch.objects.filter(intake__in=Intake.objects.visible_to(request.viewer))
    return mine.select_related("intake__program", "prepared_by", "released_by")


def decisions_run_by(request: HttpRequest) -> QuerySet[Decision]:
    mine = Decision.objects.filter(application__intake__in=Intake.objects.visible_to(request.viewer))
    return mine.select_related("application__intake__program", "batch")


class PrepareView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        try:
            batch = prepare_batch(intake=intake, actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("selection:ranking", public_id)
        messages.success(request, _("The batch is ready. Look at it, then release it."))
        return redirect("selection:batch-detail", batch.public_id)


class BatchView(View):
    """What a release would tell whom, and the button that does it."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._show(request, self._find(request, public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        batch = self._find(request, public_id)
        try:
            if "cancel" in request.POST:
                cancel_batch(batch=batch, actor=request.actor)
                messages.success(request, _("The batch is cancelled. Its decisions are held as before."))
                return redirect("selection:ranking", batch.intake.public_id)
            release_batch(batch=batch, actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
            return self._show(request, self._find(request, public_id), status=error.status)
        messages.success(request, _("Released. Everyone is being told now."))
        return redirect("selection:batch-detail", public_id)

    def _find(self, request: HttpRequest, public_id: UUID) -> ReleaseBatch:
        return get_object_or_404(batches_run_by(request), public_id=public_id)

    def _show(self, request: HttpRequest, batch: ReleaseBatch, status: int = 200) -> HttpResponse:
        is_prepared = batch.status == BatchStatus.PREPARED
        order = ("place", "id")
        context = {
            "batch": batch,
            "intake": batch.intake,
            "page": keyset_page(decisions_of(batch), request.GET.get("cursor"), order=order, size=ROWS),
            "counts": outcome_counts(batch.decisions.all()),
            "seats_after": seats_after(batch) if is_prepared else None,
            "waitlist_rule": waitlist_rule_of(batch.intake),
            "withdrawn": is_prepared and has_withdrawn(batch),
            "most_alone": MOST_ALONE,
        }
        return render(request, "selection/batch_detail.html", context, status=status)


class ConditionsView(ServiceFormView):
    """One condition in each line, for one held decision or for every offer of a batch."""

    access = Access.COORDINATOR
    template_name = "selection/conditions_form.html"
    form_class = ConditionsForm
    done = gettext_lazy("The conditions are written down. Nobody has been told yet.")

    @cached_property
    def decisions(self) -> list[Decision]:
        raise NotImplementedError

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        _found = self.decisions
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        written = [row.conditions for row in self.decisions]
        same = written and all(each == written[0] for each in written)
        return {"texts": "\n".join(written[0]) if same else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        differ = len({tuple(row.conditions) for row in self.decisions}) > 1
        context = {"decisions": self.decisions, "differ": differ, "back_url": self.get_success_url()}
        return super().get_context_data(**context, **kwargs)

    def act(self, form: ConditionsForm) -> None:
        texts = form.cleaned_data["texts"]
        set_conditions(decisions=self.decisions, texts=texts, actor=self.request.actor)


class DecisionConditionsView(ConditionsView):
    @cached_property
    def decisions(self) -> list[Decision]:
        return [get_object_or_404(decisions_run_by(self.request), pk=self.kwargs["decision_id"])]

    def get_success_url(self) -> str:
        decision = self.decisions[0]
        if decision.batch is not None:
            return reverse("selection:batch-detail", args=[decision.batch.public_id])
        return reverse("selection:ranking", args=[decision.application.intake.public_id])


class BatchConditionsView(ConditionsView):
    @cached_property
    def batch(self) -> ReleaseBatch:
        return get_object_or_404(batches_run_by(self.request), public_id=self.kwargs["public_id"])

    @cached_property
    def decisions(self) -> list[Decision]:
        bound = self.batch.decisions.filter(outcome__in=BINDABLE)
        return list(bound.select_related("application").order_by("pk"))

    def get_success_url(self) -> str:
        return reverse("selection:batch-detail", args=[self.batch.public_id])


class CorrectView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        return self._show(request, self._find(request, decision_id), CorrectForm())

    def post(self, request: HttpRequest, decision_id: int) -> HttpResponse:
        decision = self._find(request, decision_id)
        form = CorrectForm(request.POST)
        if not form.is_valid():
            return self._show(request, decision, form, status=422)
        try:
            correct_decision(decision=decision, **form.cleaned_data, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, decision, form, status=error.status)
        messages.success(request, _("The correction is held. Release it in a batch."))
        return redirect("selection:ranking", decision.application.intake.public_id)

    def _find(self, request: HttpRequest, decision_id: int) -> Decision:
        return get_object_or_404(decisions_run_by(request), pk=decision_id)

    def _show(
        self, request: HttpRequest, decision: Decision, form: CorrectForm, status: int = 200
    ) -> HttpResponse:
        context = {"decision": decision, "form": form, "intake": decision.application.intake}
        return render(request, "selection/decision_correct.html", context, status=status)
