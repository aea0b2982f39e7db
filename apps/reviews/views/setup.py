"""For coordinators: the rubric, the reviewers, who reads what, and how far it is."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.core.paging import keyset_page
from apps.programs.models import Intake
from apps.reviews.forms import CriterionForm, ReopenForm, ReviewersForm
from apps.reviews.models import Criterion, ReviewAssignment
from apps.reviews.rules.matching import Why
from apps.reviews.selectors import (
    loads_of,
    possible_reviewers,
    progress_rows,
    read_applications,
    scoring_has_begun,
)
from apps.reviews.services import (
    assign_reviewers,
    plan_assignments,
    reopen_review,
    rubric_of,
    set_reviewers,
    set_rubric,
)

Criteria = formset_factory(CriterionForm, extra=2, max_num=15, absolute_max=15, can_delete=True)


def lacking_words(why: Mapping[int, Why]) -> list[str]:
    """How many applications cannot get enough readers, and what a coordinator can do about each kind."""
    counts = Counter(why.values())
    words = {
        Why.FEW: ngettext_lazy(
            "{n} application needs more readers than there are reviewers. Add a reviewer.",
            "{n} applications need more readers than there are reviewers. Add a reviewer.",
            "n",
        ),
        Why.TIES: ngettext_lazy(
            "{n} application has ties to too many reviewers. Add a reviewer from elsewhere.",
            "{n} applications have ties to too many reviewers. Add a reviewer from elsewhere.",
            "n",
        ),
        Why.LANGUAGE: ngettext_lazy(
            "{n} application is in a language that too few reviewers read. Add a reviewer who reads it.",
            "{n} applications are in a language that too few reviewers read. Add a reviewer who reads it.",
            "n",
        ),
        Why.LIMITS: ngettext_lazy(
            "{n} application finds every possible reader at their limit. Raise a limit or add a reviewer.",
            "{n} applications find every possible reader at their limit. Raise a limit or add a reviewer.",
            "n",
        ),
    }
    return [str(words[reason].format(n=counts[reason])) for reason in Why if counts[reason]]


def intake_or_404(request: HttpRequest, public_id: UUID) -> Intake:
    return get_object_or_404(
        Intake.objects.visible_to(request.viewer).select_related("program"), public_id=public_id
    )


class RubricView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        rubric = rubric_of(intake=intake, actor=request.actor)
        initial = [CriterionForm.initial_of(each) for each in rubric.criteria.all()]
        return self._show(request, intake, Criteria(initial=initial), rubric.version)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        criteria = Criteria(request.POST)
        seen = request.POST.get("version", "")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
        if not criteria.is_valid():
            return self._show(request, intake, criteria, version, status=422)
        before = dict(enumerate(Criterion.objects.filter(rubric__intake=intake)))
        values = [
            form.as_values(before.get(number))
            for number, form in enumerate(criteria)
            if form.cleaned_data.get("title") and form not in criteria.deleted_forms
        ]
        try:
            set_rubric(intake=intake, criteria=values, version=version, actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
            return self._show(request, intake, criteria, version, status=error.status)
        messages.success(request, _("Rubric saved."))
        return redirect("reviews:rubric", public_id)

    def _show(
        self, request: HttpRequest, intake: Intake, criteria: Any, version: int, status: int = 200
    ) -> HttpResponse:
        context = {
            "intake": intake,
            "criteria": criteria,
            "version": version,
            "is_fixed": scoring_has_begun(intake),
        }
        return render(request, "reviews/rubric_form.html", context, status=status)


class AssignView(View):
    """Who may read and how much; a preview of the loads; then the run."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        return self._show(request, intake, self._form(intake))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        form = self._form(intake, request.POST)
        if not form.is_valid():
            return self._show(request, intake, form, status=422)
        each = form.cleaned_data["each"]
        set_reviewers(intake=intake, limits=form.limits(), actor=request.actor)
        try:
            if "run" not in request.POST:
                plan = plan_assignments(intake=intake, each=each)
                return self._show(request, intake, form, plan=plan)
            plan = assign_reviewers(intake=intake, each=each, actor=request.actor)
        except DomainError as error:
            attach(form, error)
            return self._show(request, intake, form, status=error.status)
        count = len(plan.matching.pairs)
        messages.success(
            request, ngettext("{n} review assigned.", "{n} reviews assigned.", count).format(n=count)
        )
        return redirect("reviews:progress", public_id)

    def _form(self, intake: Intake, data: Any = None) -> ReviewersForm:
        reviewers = possible_reviewers(intake)
        initial = {f"most-{load.reviewer.pk}": load.most for load in loads_of(intake)}
        return ReviewersForm(reviewers, data, initial={"each": intake.reviews_each, **initial})

    def _show(
        self, request: HttpRequest, intake: Intake, form: ReviewersForm, plan: Any = None, status: int = 200
    ) -> HttpResponse:
        loads = loads_of(intake)
        context = {
            "intake": intake,
            "form": form,
            "plan": plan,
            "loads": [(load, plan.new_by_reviewer.get(load.reviewer.pk, 0) if plan else 0) for load in loads],
            "lacking": lacking_words(plan.matching.why) if plan else [],
        }
        return render(request, "reviews/assignment_plan.html", context, status=status)


class ProgressView(View):
    """Each application with its readers, mean and spread: three statements for any number."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        show = request.GET.get("show", "")
        applications = (
            read_applications(intake, show)
            .select_related("person")
            .only("reference", "public_id", "person__full_name")
        )
        page = keyset_page(applications, request.GET.get("cursor"), order=("id",), size=50)
        context = {
            "intake": intake,
            "page": page,
            "rows": progress_rows(page.rows),
            "loads": loads_of(intake),
            "show": show,
            "shows": [("", _("All")), ("short", _("Readers are lacking")), ("apart", _("Scores far apart"))],
        }
        return render(request, "reviews/progress_list.html", context)


class ReopenView(View):
    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        mine = ReviewAssignment.objects.run_by(request.viewer).select_related("application")
        assignment = get_object_or_404(mine, public_id=public_id)
        form = ReopenForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say why the reviewer should look again."))
        else:
            try:
                reopen_review(assignment=assignment, **form.cleaned_data, actor=request.actor)
                messages.success(request, _("The reviewer can change the review again."))
            except DomainError as error:
                messages.error(request, str(error.message))
        return redirect("portal:staff-application", assignment.application.public_id)
