"""For coordinators: what reviewers judge by."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.applications.selectors import current_form
from apps.core.access import Access
from apps.core.errors import DomainError
from apps.programs.models import Intake
from apps.reviews.models import Criterion
from apps.reviews.selectors import scoring_has_begun, topic_questions
from apps.reviews.services import rubric_of, set_rubric
from apps.reviews.setup_forms import CriterionForm, TopicForm
from apps.reviews.views.finding import intake_or_404, version_of

Criteria = formset_factory(CriterionForm, extra=2, max_num=15, absolute_max=15, can_delete=True)


class RubricView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        rubric = rubric_of(intake=intake, actor=request.actor)
        initial = [CriterionForm.initial_of(each) for each in rubric.criteria.all()]
        topic = self._topic(intake, rubric.topic_question)
        return self._show(request, intake, Criteria(initial=initial), topic, rubric.version)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        intake = intake_or_404(request, public_id)
        rubric = rubric_of(intake=intake, actor=request.actor)
        before = dict(enumerate(Criterion.objects.filter(rubric=rubric)))
        criteria = Criteria(request.POST)
        topic = self._topic(intake, rubric.topic_question, request.POST)
        version = version_of(request)
        if not (criteria.is_valid() and topic.is_valid()):
            return self._show(request, intake, criteria, topic, version, status=422)
        values = [
            form.as_values(before.get(number))
            for number, form in enumerate(criteria)
            if form.cleaned_data.get("title") and form not in criteria.deleted_forms
        ]
        try:
            set_rubric(
                intake=intake, criteria=values, version=version, **topic.cleaned_data, actor=request.actor
            )
        except DomainError as error:
            messages.error(request, str(error.message))
            return self._show(request, intake, criteria, topic, version, status=error.status)
        messages.success(request, _("Rubric saved."))
        return redirect("reviews:rubric", public_id)

    def _topic(self, intake: Intake, chosen: str, data: Any = None) -> TopicForm:
        form = current_form(intake)
        questions = topic_questions(form.definition if form else None)
        return TopicForm(questions, data, initial={"topic_question": chosen})

    def _show(
        self,
        request: HttpRequest,
        intake: Intake,
        criteria: Any,
        topic: TopicForm,
        version: int,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "intake": intake,
            "criteria": criteria,
            "topic": topic,
            "version": version,
            "is_fixed": scoring_has_begun(intake),
        }
        return render(request, "reviews/rubric_form.html", context, status=status)
