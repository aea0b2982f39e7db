"""Pages of coordinators and trainers of a cohort."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from apps.cohorts.enums import MAY_TRAIN, PRACTISING, TrainerStatus
from apps.cohorts.forms import MarkForm, ReasonForm, TrainerFilterForm
from apps.cohorts.models import PracticeTask, Trainer
from apps.cohorts.selectors import (
    cascade_of,
    practice_of,
    practice_progress,
    pupils_of,
    reach_of,
    teachers_of,
    teaches,
    today_for,
    trainers_with_numbers,
    trainings_of,
)
from apps.cohorts.services import (
    certify_trainer,
    mark_step_done,
    reinstate_trainer,
    suspend_trainer,
    unmark_step,
)
from apps.core.access import Access
from apps.core.pages import ServiceActionView, ServiceFormView
from apps.core.paging import keyset_page
from apps.enrolments.models import organisations_of
from apps.enrolments.selectors import roster
from apps.enrolments.views.access import STAFF, StaffIntakeMixin, coordinates, roles_of
from apps.programs.enums import ProgramKind
from apps.programs.models import Program


class CohortPracticeView(StaffIntakeMixin, TemplateView):
    """Everybody in an intake: how many steps are shown, who can be certified."""

    kind = ProgramKind.COHORT
    template_name = "cohorts/cohort_practice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = keyset_page(
            roster(self.intake), self.request.GET.get("cursor"), order=("person__full_name", "id")
        )
        return super().get_context_data(
            page=page,
            rows=practice_progress(page, program=self.intake.program_id),
            teachers=teaches(self.intake),
            **kwargs,
        )


class ProgramCascadeView(TemplateView):
    """What a whole program has reached, and every trainer of it."""

    access = STAFF
    template_name = "cohorts/program_cascade.html"

    @cached_property
    def program(self) -> Program:
        run = organisations_of(self.request.viewer, *roles_of(self.access))
        ours = Program.objects.filter(organisation__in=run, kind=ProgramKind.COHORT)
        return get_object_or_404(ours, public_id=self.kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = TrainerFilterForm(self.request.GET)
        status = form.cleaned_data["status"] if form.is_valid() else ""
        trainers = trainers_with_numbers(self.program, status=status)
        page = keyset_page(trainers, self.request.GET.get("cursor"), order=("generation", "id"))
        return super().get_context_data(
            program=self.program,
            reach=reach_of(self.program),
            form=form,
            page=page,
            is_coordinator=coordinates(self.request.viewer, self.program),
            **kwargs,
        )


class StaffTrainerMixin:
    """A trainer of the reader's organisation; never the reader."""

    access: Any = STAFF
    request: HttpRequest

    @cached_property
    def trainer(self) -> Trainer:
        run = Trainer.objects.run_by(self.request.viewer, *roles_of(self.access))  # type: ignore[attr-defined]
        return get_object_or_404(
            run.select_related(
                "person__user", "person__country", "program", "enrolment__intake", "certified_by"
            ),
            public_id=self.kwargs["public_id"],  # type: ignore[attr-defined]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(trainer=self.trainer, **kwargs)  # type: ignore[misc]

    def get_success_url(self) -> str:
        return reverse("cohorts:trainer-detail", args=[self.trainer.public_id])


class TrainerDetailView(StaffTrainerMixin, TemplateView):
    """One trainer: practice, standing, teachers, pupils, trainings."""

    template_name = "cohorts/trainer_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trainer = self.trainer
        tasks = list(practice_of(trainer))
        decides = coordinates(self.request.viewer, trainer.program) and not trainer.source
        practising = trainer.status in PRACTISING
        page = keyset_page(
            trainings_of(trainer), self.request.GET.get("cursor"), order=("-held_on", "-id"), size=20
        )
        return super().get_context_data(
            tasks=tasks,
            practising=practising,
            may_certify=decides and practising and bool(tasks) and all(task.done_on for task in tasks),
            may_suspend=decides and trainer.status not in (TrainerStatus.LAPSED, TrainerStatus.SUSPENDED),
            may_reinstate=decides and trainer.status in (TrainerStatus.LAPSED, TrainerStatus.SUSPENDED),
            is_certified=trainer.status in MAY_TRAIN,
            teachers=teachers_of(trainer),
            pupils=pupils_of(trainer),
            cascade=cascade_of(trainer),
            page=page,
            **kwargs,
        )


class TrainerCertifyView(StaffTrainerMixin, ServiceActionView):
    access = Access.COORDINATOR
    done = _("Certified. The trainer is told.")

    def act(self) -> None:
        certify_trainer(trainer=self.trainer, actor=self.request.actor)


class TrainerStepView(StaffTrainerMixin, ServiceFormView):
    """A step that needs a reason."""

    access = Access.COORDINATOR
    template_name = "cohorts/trainer_step.html"
    form_class = ReasonForm
    heading: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, **kwargs)


class TrainerSuspendView(TrainerStepView):
    heading = _("Suspend trainer")
    done = _("Suspended.")

    def act(self, form: ReasonForm) -> None:
        suspend_trainer(trainer=self.trainer, actor=self.request.actor, **form.cleaned_data)


class TrainerReinstateView(TrainerStepView):
    heading = _("Bring trainer back")
    done = _("Back again.")

    def act(self, form: ReasonForm) -> None:
        reinstate_trainer(trainer=self.trainer, actor=self.request.actor, **form.cleaned_data)


class TaskMixin:
    """A practice step of a trainer the reader looks after."""

    access: Any = STAFF
    request: HttpRequest

    @cached_property
    def task(self) -> PracticeTask:
        run = Trainer.objects.run_by(self.request.viewer, *roles_of(self.access))  # type: ignore[attr-defined]
        return get_object_or_404(
            PracticeTask.objects.filter(trainer__in=run).select_related(
                "step", "trainer__person__user", "trainer__person__country", "trainer__program"
            ),
            public_id=self.kwargs["public_id"],  # type: ignore[attr-defined]
        )

    def get_success_url(self) -> str:
        return reverse("cohorts:trainer-detail", args=[self.task.trainer.public_id])


class StepMarkView(TaskMixin, ServiceFormView):
    template_name = "cohorts/step_mark.html"
    form_class = MarkForm
    done = _("Marked as done.")

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": today_for(self.task.trainer)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(task=self.task, trainer=self.task.trainer, **kwargs)

    def act(self, form: MarkForm) -> None:
        mark_step_done(task=self.task, actor=self.request.actor, **form.cleaned_data)


class StepUnmarkView(TaskMixin, ServiceActionView):
    done = _("The mark is taken back.")

    def act(self) -> None:
        unmark_step(task=self.task, actor=self.request.actor)
