"""For coordinators: who reads for an intake, a preview of the plan, the run, and its undoing."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy
from django.views import View

from apps.applications.selectors import current_form
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.forms import attach
from apps.programs.models import Intake
from apps.reviews.models import Rubric
from apps.reviews.rules.matching import Why
from apps.reviews.selectors import (
    chosen_reviewers,
    languages_covered,
    last_run,
    loads_of,
    possible_reviewers,
    topic_questions,
    topics_covered,
    untouched,
)
from apps.reviews.services import (
    Plan,
    Reads,
    assign_reviewers,
    describe_reviewer,
    plan_assignments,
    set_reviewers,
    undo_run,
)
from apps.reviews.setup_forms import ReadsForm, ReviewersForm
from apps.reviews.views.finding import intake_or_404


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
        self,
        request: HttpRequest,
        intake: Intake,
        form: ReviewersForm,
        plan: Plan | None = None,
        status: int = 200,
    ) -> HttpResponse:
        run = last_run(intake)
        gets = plan.new_by_reviewer if plan else {}
        context = {
            "intake": intake,
            "form": form,
            "plan": plan,
            "loads": [(load, gets.get(load.reviewer.pk, 0)) for load in loads_of(intake)],
            "lacking": lacking_words(plan.matching.why) if plan else [],
            "languages": languages_covered(plan.papers, plan.readers) if plan else [],
            "topics": topics_covered(plan.papers, plan.readers) if plan else [],
            "language_names": dict(settings.LANGUAGES),
            "run": run,
            "undoable": untouched(run).count() if run else 0,
        }
        return render(request, "reviews/assignment_plan.html", context, status=status)


class UndoView(View):
    """Take the last run back. The page named the run: a newer one is not undone by mistake."""

    access = Access.COORDINATOR

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        run = last_run(intake)
        if run is None or str(run.public_id) != request.POST.get("run"):
            messages.error(request, _("Only the last run can be undone, and only once."))
            return redirect("reviews:assign", public_id)
        try:
            undone = undo_run(run=run, actor=request.actor)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("reviews:assign", public_id)
        words = _("{n} reviews taken back. {kept} stay, because a reviewer has opened them.")
        messages.success(request, words.format(n=undone.cancelled, kept=undone.kept))
        return redirect("reviews:assign", public_id)


class ReaderView(View):
    """What one chosen reviewer can read: languages, topics, and the panel they come from."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID, reviewer: UUID) -> HttpResponse:
        return self._answer(request, public_id, reviewer)

    def post(self, request: HttpRequest, public_id: UUID, reviewer: UUID) -> HttpResponse:
        return self._answer(request, public_id, reviewer, request.POST)

    def _answer(
        self, request: HttpRequest, public_id: UUID, reviewer: UUID, data: Any = None
    ) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        row = get_object_or_404(chosen_reviewers(intake), reviewer__public_id=reviewer)
        form = ReadsForm(row, self._question(intake), data)
        if data is not None and form.is_valid():
            wanted = form.cleaned_data
            reads = Reads(tuple(wanted["languages"]), tuple(wanted.get("topics", [])), wanted["panel"])
            describe_reviewer(row=row, reads=reads, actor=request.actor)
            messages.success(request, _("Saved."))
            return redirect("reviews:assign", public_id)
        context = {"intake": intake, "row": row, "form": form}
        status = 422 if data is not None else 200
        return render(request, "reviews/reader_form.html", context, status=status)

    def _question(self, intake: Intake) -> Any:
        key = Rubric.objects.filter(intake=intake).values_list("topic_question", flat=True).first()
        form = current_form(intake)
        questions = topic_questions(form.definition if form else None)
        return next((each for each in questions if each["key"] == key), None)
