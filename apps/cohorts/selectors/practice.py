"""Practice plans: who has shown what, what is missing, what comes next."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.cohorts.enums import MAY_TRAIN, PRACTISING, TrainerStatus
from apps.cohorts.models import (
    CohortTerms,
    PracticeTask,
    Trainer,
)
from apps.core.dates import day_in_words
from apps.core.texts import say
from apps.core.zones import zone_or
from apps.enrolments.models import Enrolment
from apps.programs.models import Intake, Program


def terms_of(program_id: int) -> CohortTerms:
    """The program's terms; the model's defaults while nobody has set them."""
    return CohortTerms.objects.filter(program=program_id).first() or CohortTerms(program_id=program_id)


def today_for(trainer: Trainer) -> date:
    """Today where the trainer lives, as far as we know."""
    person = trainer.person
    own = person.user.time_zone if person.user else ""
    zone = own or (person.country.time_zone if person.country else "")
    return timezone.now().astimezone(zone_or(zone, "UTC")).date()


def trainer_of(enrolment: Enrolment) -> Trainer | None:
    """The participant's standing as a trainer of the program they are enrolled in."""
    return (
        Trainer.objects.filter(person=enrolment.person_id, program=enrolment.intake.program_id)
        .select_related("person__user", "person__country", "program")
        .first()
    )


def practice_of(trainer: Trainer) -> QuerySet[PracticeTask]:
    return PracticeTask.objects.filter(trainer=trainer).select_related("step", "observed_by")


def what_is_missing(enrolment: Enrolment) -> list[str | Promise]:
    """What stands between a participant and completion: the open steps, then certification."""
    trainer = trainer_of(enrolment)
    if trainer is None:
        return [_("The practice plan is not laid out yet.")]
    if trainer.certified_on:
        return []
    steps = practice_of(trainer)
    if to_do := steps.filter(done_on=None).count():
        return [
            ngettext_lazy(
                "%(count)d practice step is still to be shown.",
                "%(count)d practice steps are still to be shown.",
                "count",
            )
            % {"count": to_do}
        ]
    return [_("Certification is still to come.")]


def in_practice(program: Program) -> QuerySet[Trainer]:
    return (
        Trainer.objects.filter(
            program=program, source="", status__in=[TrainerStatus.IN_TRAINING, TrainerStatus.CHECKOUT]
        )
        .select_related("person__user", "person__country", "enrolment")
        .order_by("pk")
    )


def may_have_lapsed(*, before: date) -> QuerySet[Trainer]:
    """Certified trainers of our own (not imported) whose last training, if any, is before that day."""
    return Trainer.objects.filter(
        Q(last_trained_on=None) | Q(last_trained_on__lt=before),
        status__in=MAY_TRAIN,
        source="",
        certified_on__lt=before,
    ).order_by("pk")


def next_step(trainer: Trainer | None, tasks: list[PracticeTask]) -> str | Promise:
    """What happens next, in the trainee's words."""
    if trainer is None:
        return _("We are laying out your practice plan. We write to you when it is ready.")
    if trainer.status not in PRACTISING:
        return NEXT_BY_STATUS[TrainerStatus(trainer.status)]
    waiting = [task for task in tasks if not task.done_on]
    if waiting:
        return _("Show “%(step)s” by %(day)s. Somebody from the program watches and marks it.") % {
            "step": say(waiting[0].step.title, get_language() or "en"),
            "day": day_in_words(waiting[0].due_on),
        }
    if tasks:
        return _("You have shown every step. The people who run the program certify you now.")
    return _("The practice plan is not set yet. We write to you when it is.")


NEXT_BY_STATUS = {
    TrainerStatus.CERTIFIED: _("You are certified. Hold your first training and tell us about it here."),
    TrainerStatus.ACTIVE: _("You are an active trainer. Tell us about each training you hold."),
    TrainerStatus.LAPSED: _(
        "Your time as a trainer has lapsed. Please talk to the people who run the program."
    ),
    TrainerStatus.SUSPENDED: _("You are suspended. Please talk to the people who run the program."),
}


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """One participant of a cohort on the staff page."""

    enrolment: Enrolment
    trainer: Trainer | None
    done: int
    steps: int
    overdue: int


def practice_progress(enrolments: Iterable[Enrolment], *, program: int) -> list[PracticeLine]:
    """How far everybody is, in two queries."""
    enrolments = list(enrolments)
    people = [enrolment.person_id for enrolment in enrolments]
    today = timezone.now().date()
    done = Q(practice__done_on__isnull=False)
    trainers = {
        trainer.person_id: trainer
        for trainer in Trainer.objects.filter(program=program, person__in=people).annotate(
            steps_done=Count("practice", filter=done),
            steps_all=Count("practice"),
            steps_late=Count("practice", filter=~done & Q(practice__due_on__lt=today)),
        )
    }
    return [
        PracticeLine(
            enrolment=enrolment,
            trainer=trainer,
            done=trainer.steps_done if trainer else 0,
            steps=trainer.steps_all if trainer else 0,
            overdue=trainer.steps_late if trainer and trainer.status in PRACTISING else 0,
        )
        for enrolment in enrolments
        for trainer in [trainers.get(enrolment.person_id)]
    ]


def ready_to_certify(viewer: Viewer) -> list[tuple[Intake, int]]:
    """People who have shown every step, counted by intake, where the viewer may certify them."""
    open_steps = PracticeTask.objects.filter(trainer=OuterRef("pk"), done_on=None)
    steps = PracticeTask.objects.filter(trainer=OuterRef("pk"))
    counts = Counter(
        Trainer.objects.run_by(viewer, Role.COORDINATOR)
        .filter(
            Exists(steps),
            ~Exists(open_steps),
            status__in=PRACTISING,
            enrolment__isnull=False,
        )
        .values_list("enrolment__intake", flat=True)
    )
    intakes = Intake.objects.filter(pk__in=counts).select_related("program").order_by("pk")
    return [(intake, counts[intake.pk]) for intake in intakes]
