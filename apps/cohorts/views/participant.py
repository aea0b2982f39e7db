"""Pages of people who become trainers, and of trainers."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from apps.cohorts.enums import MAY_TRAIN
from apps.cohorts.forms import TrainingForm
from apps.cohorts.models import Trainer
from apps.cohorts.selectors import (
    cascade_of,
    next_step,
    practice_of,
    pupils_of,
    trainer_of,
    trainings_of,
)
from apps.cohorts.services import report_training
from apps.core.access import Access
from apps.core.pages import ServiceFormView
from apps.core.paging import keyset_page
from apps.enrolments.views.access import ParticipantMixin
from apps.programs.enums import ProgramKind


class MyPracticeView(ParticipantMixin, TemplateView):
    """My practice plan, my standing as a trainer, and what happens next."""

    kind = ProgramKind.COHORT
    template_name = "cohorts/my_practice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trainer = trainer_of(self.enrolment)
        tasks = list(practice_of(trainer)) if trainer else []
        return super().get_context_data(
            trainer=trainer,
            tasks=tasks,
            next_step=next_step(trainer, tasks),
            may_train=bool(trainer and trainer.status in MAY_TRAIN),
            **kwargs,
        )


class MyTrainerRolesView(TemplateView):
    """Every program the reader is a trainer of, also those they never applied to."""

    access = Access.SIGNED_IN
    template_name = "cohorts/my_roles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        roles = Trainer.objects.owned_by(self.request.viewer).select_related("program")
        return super().get_context_data(roles=roles.order_by("pk"), may_train=MAY_TRAIN, **kwargs)


class OwnTrainerMixin:
    access = Access.SIGNED_IN
    request: HttpRequest

    @cached_property
    def trainer(self) -> Trainer:
        own = Trainer.objects.owned_by(self.request.viewer)  # type: ignore[attr-defined]
        return get_object_or_404(
            own.select_related("person__user", "person__country", "program"),
            public_id=self.kwargs["public_id"],  # type: ignore[attr-defined]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_train = self.trainer.status in MAY_TRAIN
        return super().get_context_data(trainer=self.trainer, may_train=may_train, **kwargs)  # type: ignore[misc]


class MyCascadeView(OwnTrainerMixin, TemplateView):
    """What grew out of my trainings: whom I trained, whom they trained, how many people it reached."""

    template_name = "cohorts/my_cascade.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = keyset_page(
            trainings_of(self.trainer), self.request.GET.get("cursor"), order=("-held_on", "-id"), size=20
        )
        return super().get_context_data(
            cascade=cascade_of(self.trainer), pupils=pupils_of(self.trainer), page=page, **kwargs
        )


class TrainingReportView(OwnTrainerMixin, ServiceFormView):
    """Tell of a training. The hidden key makes a double click, or the back button, one report."""

    template_name = "cohorts/training_report.html"
    form_class = TrainingForm
    done = _("Thank you. Your training is counted.")

    def get_initial(self) -> dict[str, Any]:
        return {"country": self.trainer.person.country_id}

    def act(self, form: TrainingForm) -> None:
        report_training(trainer=self.trainer, actor=self.request.actor, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("cohorts:my-cascade", args=[self.trainer.public_id])
