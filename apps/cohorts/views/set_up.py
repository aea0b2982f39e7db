"""Pages on which coordinators set up a train-the-trainer program."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.cohorts.forms import MasterForm, StepForm, TeachersForm, TermsForm
from apps.cohorts.models import PracticeStep
from apps.cohorts.selectors import may_become_master, may_teach, teaches, terms_of
from apps.cohorts.services import (
    add_master_trainer,
    add_step,
    change_step,
    remove_step,
    set_teachers,
    set_terms,
)
from apps.core.access import Access
from apps.core.pages import ServiceActionView, ServiceFormView
from apps.core.texts import say
from apps.enrolments.views.access import StaffIntakeMixin, StaffProgramMixin
from apps.programs.enums import ProgramKind


def language() -> str:
    return get_language() or "en"


class ProgramSetUpView(StaffProgramMixin, ServiceFormView):
    kind = ProgramKind.COHORT
    template_name = "cohorts/program_form.html"
    heading: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.heading, **kwargs)

    def get_success_url(self) -> str:
        return reverse("cohorts:terms-edit", args=[self.program.public_id])


class TermsView(ProgramSetUpView):
    """The terms, and the practice plan they speak of."""

    template_name = "cohorts/terms_edit.html"
    form_class = TermsForm
    heading = _("Terms of certification")
    done = _("Terms saved.")

    def get_initial(self) -> dict[str, Any]:
        terms = terms_of(self.program.pk)
        return {"checkout_days": terms.checkout_days, "active_months": terms.active_months}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(steps=PracticeStep.objects.filter(program=self.program), **kwargs)

    def act(self, form: TermsForm) -> None:
        set_terms(program=self.program, actor=self.request.actor, **form.cleaned_data)


class StepAddView(ProgramSetUpView):
    form_class = StepForm
    heading = _("Add a practice step")
    done = _("Step added for everybody who practises.")

    def act(self, form: StepForm) -> None:
        texts = {name: {language(): text} if text else {} for name, text in form.cleaned_data.items()}
        add_step(program=self.program, actor=self.request.actor, **texts)


class MasterAddView(ProgramSetUpView):
    form_class = MasterForm
    heading = _("Add a master trainer")
    done = _("Master trainer added.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "users": may_become_master(self.program)}

    def act(self, form: MasterForm) -> None:
        add_master_trainer(program=self.program, actor=self.request.actor, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("cohorts:program-cascade", args=[self.program.public_id])


class TeachersView(StaffIntakeMixin, ServiceFormView):
    access = Access.COORDINATOR
    kind = ProgramKind.COHORT
    template_name = "cohorts/teachers_edit.html"
    form_class = TeachersForm
    done = _("Teachers saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "trainers": may_teach(self.intake)}

    def get_initial(self) -> dict[str, Any]:
        return {"trainers": [trainer.public_id for trainer in teaches(self.intake)]}

    def act(self, form: TeachersForm) -> None:
        set_teachers(intake=self.intake, actor=self.request.actor, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("cohorts:cohort-practice", args=[self.intake.public_id])


class StepMixin:
    """A practice step of a program the reader coordinates."""

    access = Access.COORDINATOR
    request: HttpRequest

    @cached_property
    def step(self) -> PracticeStep:
        run = self.request.viewer.at(Role.COORDINATOR)  # type: ignore[attr-defined]
        return get_object_or_404(
            PracticeStep.objects.filter(program__organisation__in=run).select_related("program"),
            pk=self.kwargs["step_id"],  # type: ignore[attr-defined]
        )

    def get_success_url(self) -> str:
        return reverse("cohorts:terms-edit", args=[self.step.program.public_id])


class StepEditView(StepMixin, ServiceFormView):
    template_name = "cohorts/step_edit.html"
    form_class = StepForm
    done = _("Step saved.")

    def get_initial(self) -> dict[str, Any]:
        step = self.step
        return {"title": say(step.title, language()), "instructions": say(step.instructions, language())}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(step=self.step, program=self.step.program, **kwargs)

    def act(self, form: StepForm) -> None:
        data = form.cleaned_data
        change_step(
            step=self.step,
            title={**self.step.title, language(): data["title"]},
            instructions={**self.step.instructions, language(): data["instructions"]},
            actor=self.request.actor,
        )


class StepRemoveView(StepMixin, ServiceActionView):
    done = _("Step removed.")

    def act(self) -> None:
        remove_step(step=self.step, actor=self.request.actor)
