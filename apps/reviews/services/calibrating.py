"""The set of applications that everyone scores first."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change_many
from apps.events.services import publish, publish_many
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus, Purpose
from apps.reviews.events import CalibrationChanged, ReviewCancelled
from apps.reviews.models import CalibrationPaper, Criterion, ReviewAssignment
from apps.reviews.selectors import REVIEWABLE, TO_DO, chosen_reviewers, papers_for_calibration, ties_between
from apps.reviews.services.placing import BATCH, locked, tell
from apps.reviews.services.rubric import rubric_of

#: More is a day's work before anyone begins.
MOST_PAPERS = 10


@transaction.atomic
def add_papers(*, intake: Intake, applications: Collection[Application], actor: Actor) -> int:
    """Put applications of the intake into the set; how many are new.

    Of this intake only, and while they are read: points mean something under the rubric they were given
    by, and reviewers practise with the one they will use. Everyone chosen to read gets them. The intake's
    row is locked. Twice is once.
    """
    intake = locked(intake)
    known = set(CalibrationPaper.objects.filter(intake=intake).values_list("application_id", flat=True))
    rows = papers_for_calibration(intake).filter(pk__in=[each.pk for each in applications])
    if len(rows) != len(set(applications)):
        raise Invalid(fields={"references": [_("Choose applications of this intake that are being read.")]})
    new = [row for row in rows.order_by("pk") if row.pk not in known]
    if len(known) + len(new) > MOST_PAPERS:
        words = _("At most {most} applications are for calibration.").format(most=MOST_PAPERS)
        raise Invalid(fields={"references": [words]})
    CalibrationPaper.objects.bulk_create([CalibrationPaper(intake=intake, application=row) for row in new])
    if new:
        _tell(intake, actor)
    hand_out_calibration(intake=intake, actor=actor)
    return len(new)


@transaction.atomic
def remove_paper(*, paper: CalibrationPaper, actor: Actor) -> None:
    """Take one out of the set. Readings not submitted end with it; those that are stay as they were."""
    intake = locked(paper.intake)
    elsewhere = CalibrationPaper.objects.filter(application=paper.application_id).exclude(pk=paper.pk)
    if not elsewhere.exists():
        rows = ReviewAssignment.objects.filter(
            application=paper.application_id, purpose=Purpose.CALIBRATION, status__in=TO_DO
        )
        ending = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
        change_many(ReviewAssignment.objects.filter(pk__in=ending), to=AssignmentStatus.CANCELLED)
        publish_many(
            [ReviewCancelled(assignment_id=pk, application_id=paper.application_id) for pk in ending],
            actor=actor,
        )
    paper.delete()
    _tell(intake, actor)


@transaction.atomic
def agree_points(*, paper: CalibrationPaper, points: Mapping[int, int], actor: Actor) -> None:
    """What people settled on, by criterion number; everyone is compared with these from now on.

    Criteria left out are compared with the panel's median.
    """
    intake = locked(paper.intake)
    criteria = Criterion.objects.filter(rubric__intake=paper.application.intake_id)
    highest = dict(criteria.values_list("number", "highest"))
    if any(number not in highest or not 1 <= given <= highest[number] for number, given in points.items()):
        raise Conflict(_("The rubric changed while you had this open. Load the page again."))
    agreed = {str(number): given for number, given in sorted(points.items())}
    CalibrationPaper.objects.filter(pk=paper.pk).update(agreed=agreed)
    _tell(intake, actor)


@transaction.atomic
def hand_out_calibration(*, intake: Intake, actor: Actor) -> int:
    """Give everyone chosen to read every paper of the set that they have not had; how many are new.

    Nobody gets a paper they have a tie to or gave back. A reading that was cancelled begins again.
    Twice is once: one row for a pair, by a constraint. The intake's row is locked.
    """
    intake = locked(intake)
    papers = Application.objects.filter(
        pk__in=CalibrationPaper.objects.filter(intake=intake).values("application"), status__in=REVIEWABLE
    )
    people = [row.reviewer_id for row in chosen_reviewers(intake)]
    wanted = {(paper, reader) for paper in papers.values_list("pk", flat=True) for reader in people}
    if not wanted:
        return 0
    for owner in Intake.objects.filter(pk__in=papers.values("intake")).select_related("program"):
        rubric_of(intake=owner, actor=actor)
    rows = ReviewAssignment.objects.filter(
        Q(purpose=Purpose.CALIBRATION)
        | Q(status__in=[AssignmentStatus.CONFLICTED, AssignmentStatus.RECUSED]),
        application__in=papers,
        reviewer__in=people,
    )
    had = {(each.application_id, each.reviewer_id): each for each in rows}
    again = {
        pair: row.pk
        for pair, row in had.items()
        if row.status == AssignmentStatus.CANCELLED and row.purpose == Purpose.CALIBRATION
    }
    ties = ties_between(papers, people)
    again = {pair: pk for pair, pk in again.items() if pair in wanted and pair not in ties}
    change_many(
        ReviewAssignment.objects.filter(pk__in=again.values()),
        to=AssignmentStatus.ASSIGNED,
        due_on=intake.reviews_due_on,
    )
    new = ReviewAssignment.objects.bulk_create(
        [
            ReviewAssignment(
                application_id=application,
                reviewer_id=reviewer,
                purpose=Purpose.CALIBRATION,
                due_on=intake.reviews_due_on,
            )
            for application, reviewer in sorted(wanted - set(had) - set(ties))
        ],
        batch_size=BATCH,
    )
    placed = {(row.application_id, row.reviewer_id): row.pk for row in new} | again
    tell(placed, actor)
    return len(placed)


def _tell(intake: Intake, actor: Actor) -> None:
    count = CalibrationPaper.objects.filter(intake=intake).count()
    publish(CalibrationChanged(intake_id=intake.pk, papers=count), actor=actor)
