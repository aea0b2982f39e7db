"""What decides: set by coordinators, fixed before anyone reads, and how it may still change."""

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
from apps.programs.models import Intake
from apps.programs.selectors import public_intake
from apps.selection.models import RuleProposal
from apps.selection.rule_forms import (
    CountrySet,
    RefuseForm,
    RuleChangeForm,
    RuleForm,
    initial_of,
    rows_of,
)
from apps.selection.rule_words import differing
from apps.selection.rules.rule import Rule
from apps.selection.selectors import (
    closed_proposals,
    drift_of,
    live_rule,
    open_proposal,
    proposed_rule,
    rule_in_force,
    rule_of,
    told_rule,
)
from apps.selection.services import (
    approve_rule_change,
    lock_rule,
    propose_rule_change,
    refuse_rule_change,
    set_rule,
    withdraw_rule_change,
)
from apps.selection.views.ranking import intake_or_404


def version_seen(request: HttpRequest) -> int | None:
    """What the page was made from; None from a caller that has no page."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


class RuleView(View):
    """The rule's form while it is open; afterwards the rule in force, its story, and what waits."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        row = rule_of(intake)
        if row.locked_at is not None:
            return self._show_fixed(request, intake)
        rule = live_rule(intake, row)
        return self._show_form(request, intake, RuleForm(initial=initial_of(rule)), countries_form(rule))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form, rows = RuleForm(request.POST), CountrySet(request.POST, prefix="countries")
        if not (form.is_valid() & rows.is_valid()):
            return self._show_form(request, intake, form, rows, status=422)
        try:
            set_rule(
                intake=intake,
                **form.cleaned_data,
                countries=rows.countries(),
                version=version_seen(request),
                actor=request.actor,
            )
            if "lock" in request.POST:
                lock_rule(intake=intake, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show_form(request, intake, form, rows, status=error.status)
        messages.success(request, _("Saved."))
        return redirect("selection:rule", public_id)

    def _show_form(
        self, request: HttpRequest, intake: Intake, form: RuleForm, rows: Any, status: int = 200
    ) -> HttpResponse:
        context = {
            "intake": intake,
            "form": form,
            "rows": rows,
            "told": told_rule(intake),
            "version": request.POST.get("version") or rule_of(intake).version,
            "zone": zone_of(request, intake.time_zone),
        }
        return render(request, "selection/rule_form.html", context, status=status)

    def _show_fixed(self, request: HttpRequest, intake: Intake) -> HttpResponse:
        told, proposal = told_rule(intake), open_proposal(intake)
        wanted = Rule.from_data(proposal.values) if proposal else told.rule
        context = {
            "intake": intake,
            "told": told,
            "drift": differing(told.rule, live_rule(intake, told.row), drift_of(intake)),
            "proposal": proposal,
            "proposed": differing(told.rule, wanted),
            "is_mine": proposal is not None and proposal.proposed_by_id == request.viewer.user_id,
            "refuse_form": RefuseForm(),
            "closed": closed_proposals(intake)[:20],
            "zone": zone_of(request, intake.time_zone),
        }
        return render(request, "selection/rule_fixed_staff.html", context)


def countries_form(rule: Rule) -> Any:
    return CountrySet(initial=rows_of(rule), prefix="countries")


class RuleChangeView(View):
    """Ask for another rule in the place of the fixed one; a second person decides."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        rule = rule_in_force(intake)
        return self._show(request, intake, RuleChangeForm(initial=initial_of(rule)), countries_form(rule))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form, rows = RuleChangeForm(request.POST), CountrySet(request.POST, prefix="countries")
        if not (form.is_valid() & rows.is_valid()):
            return self._show(request, intake, form, rows, status=422)
        settings = dict(form.cleaned_data)
        reason, take_over = settings.pop("reason"), settings.pop("take_over")
        wanted = proposed_rule(intake, settings=settings, countries=rows.countries(), take_over=take_over)
        try:
            propose_rule_change(intake=intake, wanted=wanted, reason=reason, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, intake, form, rows, status=error.status)
        messages.success(request, _("Asked. Another coordinator must approve it."))
        return redirect("selection:rule", public_id)

    def _show(
        self, request: HttpRequest, intake: Intake, form: RuleChangeForm, rows: Any, status: int = 200
    ) -> HttpResponse:
        context = {"intake": intake, "form": form, "rows": rows}
        return render(request, "selection/rule_form_change.html", context, status=status)


class RuleDecideView(View):
    """A second person approves or refuses a change; who asked may take it back."""

    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        mine = Intake.objects.visible_to(request.viewer).values("pk")
        proposal = get_object_or_404(
            RuleProposal.objects.filter(rule__intake__in=mine).select_related("rule__intake"),
            public_id=public_id,
        )
        try:
            messages.success(request, self._act(request, proposal))
        except DomainError as error:
            words = next(iter(error.fields.values()), [error.message])[0]
            messages.error(request, str(words))
        return redirect("selection:rule", proposal.rule.intake.public_id)

    def _act(self, request: HttpRequest, proposal: RuleProposal) -> str:
        if "approve" in request.POST:
            approve_rule_change(proposal=proposal, actor=request.actor)
            return _("The changed rule is in force.")
        if "withdraw" in request.POST:
            withdraw_rule_change(proposal=proposal, actor=request.actor)
            return _("Taken back. The rule stays as it is.")
        form = RefuseForm(request.POST)
        answer = form.cleaned_data["answer"] if form.is_valid() else ""
        refuse_rule_change(proposal=proposal, answer=answer, actor=request.actor)
        return _("Refused. The rule stays as it is.")


class HowWeDecideView(View):
    """The whole rule for everyone: in plain words, with its fingerprint, its changes and the lot."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest, program: str, intake: str) -> HttpResponse:
        found = public_intake(program, intake)
        if found is None:
            raise Http404
        context = {
            "intake": found,
            "program": found.program,
            "told": told_rule(found),
            "zone": zone_of(request, found.time_zone),
        }
        return render(request, "selection/how_we_decide.html", context)
