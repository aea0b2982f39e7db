"""What a train-the-trainer program asks for."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from apps.cohorts.models import CohortTerms, PracticeStep, PracticeTask
from apps.cohorts.selectors import in_practice
from apps.cohorts.services.practice import plan_practice
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.programs.events import ProgramChanged
from apps.programs.models import Program

MOST_STEPS = 20


@transaction.atomic
def set_terms(*, program: Program, checkout_days: int, active_months: int, actor: Actor) -> CohortTerms:
    """`checkout_days` are for new participants; `active_months` applies from now on, to everybody."""
    terms, _created = CohortTerms.objects.update_or_create(
        program=program, defaults={"checkout_days": checkout_days, "active_months": active_months}
    )
    publish(ProgramChanged(program_id=program.pk, fields=["cohort_terms"]), actor=actor)
    return terms


@transaction.atomic
def add_step(
    *, program: Program, title: Mapping[str, str], instructions: Mapping[str, str], actor: Actor
) -> PracticeStep:
    """Add a step at the end of the practice plan, also for everybody who is practising now.

    A step of the same title is there once: adding it again, as a double click does, gives it back.
    """
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    steps = PracticeStep.objects.filter(program=program)
    if same := steps.filter(title=dict(title)).first():
        return same
    last = steps.aggregate(last=Max("number"))["last"] or 0
    if steps.count() >= MOST_STEPS:
        raise Invalid(_("A practice plan has at most %(most)d steps.") % {"most": MOST_STEPS})
    step = PracticeStep.objects.create(
        program=program, number=last + 1, title=dict(title), instructions=dict(instructions)
    )
    for trainer in in_practice(program):
        plan_practice(trainer, actor=actor)
    publish(ProgramChanged(program_id=program.pk, fields=["practice_steps"]), actor=actor)
    return step


@transaction.atomic
def change_step(
    *, step: PracticeStep, title: Mapping[str, str], instructions: Mapping[str, str], actor: Actor
) -> PracticeStep:
    step.title, step.instructions = dict(title), dict(instructions)
    step.save(update_fields=["title", "instructions"])
    publish(ProgramChanged(program_id=step.program_id, fields=["practice_steps"]), actor=actor)
    return step


@transaction.atomic
def remove_step(*, step: PracticeStep, actor: Actor) -> None:
    """Take a step out of the plan of everybody. A step that anybody has done stays."""
    step = PracticeStep.objects.select_for_update().get(pk=step.pk)
    tasks = PracticeTask.objects.filter(step=step)
    if tasks.filter(done_on__isnull=False).exists():
        raise Conflict(_("Somebody has done this step, so it stays."))
    tasks.delete()
    step.delete()
    publish(ProgramChanged(program_id=step.program_id, fields=["practice_steps"]), actor=actor)
