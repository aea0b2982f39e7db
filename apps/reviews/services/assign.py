"""Giving applications to reviewers, and taking them away when there is a tie."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.accounts.models import Membership
from apps.applications.models import Application
from apps.applications.services import begin_review
from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.core.lifecycle import change, change_many
from apps.events.services import publish, publish_many
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus, ConflictKind
from apps.reviews.events import ConflictDeclared, ReviewAssigned, ReviewCancelled, ReviewerRecused
from apps.reviews.models import Conflict, ReviewAssignment
from apps.reviews.rules.matching import Matching, Paper, Reader, match
from apps.reviews.selectors import COUNTS, REVIEWABLE, TO_DO, conflicts_for, limits_of
from apps.reviews.services.rubric import rubric_of


@dataclass(frozen=True, slots=True)
class Plan:
    """What assigning would do: for the preview page and for the run alike."""

    matching: Matching
    new_by_reviewer: dict[int, int]


def plan_assignments(*, intake: Intake, each: int) -> Plan:
    """Compute, write nothing. The same state gives the same plan: the intake is the seed."""
    limits = limits_of(intake)
    applications = Application.objects.filter(intake=intake, status__in=REVIEWABLE)
    existing = ReviewAssignment.objects.filter(application__intake=intake)
    current = set(existing.filter(status__in=COUNTS).values_list("application_id", "reviewer_id"))
    before = set(existing.exclude(status__in=COUNTS).values_list("application_id", "reviewer_id"))
    matching = match(
        papers=[Paper(pk, language) for pk, language in applications.values_list("pk", "language")],
        readers=_readers(limits),
        each=each,
        conflicts=conflicts_for(intake, list(limits)) | before,
        existing=current,
        seed=intake.pk,
    )
    counts: dict[int, int] = {}
    for _application, reviewer in matching.pairs:
        counts[reviewer] = counts.get(reviewer, 0) + 1
    return Plan(matching=matching, new_by_reviewer=counts)


def _readers(limits: dict[int, int]) -> list[Reader]:
    return [Reader(id=reviewer, most=most) for reviewer, most in limits.items()]


@transaction.atomic
def assign_reviewers(*, intake: Intake, each: int, actor: Actor) -> Plan:
    """Give every reviewable application `each` readers; existing assignments stay.

    The intake's row is locked, so two runs at once come one after the other and the second finds
    nothing left to do. Raises Invalid when nobody is ready to read.
    """
    Intake.objects.select_for_update().get(pk=intake.pk)
    if not limits_of(intake):
        raise Invalid(_("Choose at least one reviewer first."))
    rubric_of(intake=intake, actor=actor)  # nobody reads without something to judge by
    plan = plan_assignments(intake=intake, each=each)
    assignments = ReviewAssignment.objects.bulk_create(
        [
            ReviewAssignment(application_id=application, reviewer_id=reviewer, due_on=intake.reviews_due_on)
            for application, reviewer in plan.matching.pairs
        ],
        batch_size=1000,
    )
    begin_review(application_ids=[row.application_id for row in assignments], actor=actor)
    publish_many(
        [
            ReviewAssigned(
                assignment_id=row.pk, application_id=row.application_id, reviewer_id=row.reviewer_id
            )
            for row in assignments
        ],
        actor=actor,
    )
    return plan


@transaction.atomic
def declare_conflict(*, assignment: ReviewAssignment, explanation: str, actor: Actor) -> None:
    """The reviewer knows the applicant: access ends now, the pair stays apart, someone else reads."""
    change(assignment, to=AssignmentStatus.CONFLICTED)
    Conflict.objects.get_or_create(
        application_id=assignment.application_id,
        reviewer_id=assignment.reviewer_id,
        defaults={"kind": ConflictKind.DECLARED, "explanation": explanation[:500]},
    )
    publish(
        ConflictDeclared(
            assignment_id=assignment.pk,
            application_id=assignment.application_id,
            reviewer_id=assignment.reviewer_id,
        ),
        actor=actor,
    )
    _find_someone_else(assignment, actor)


@transaction.atomic
def recuse(*, assignment: ReviewAssignment, actor: Actor) -> None:
    """The reviewer cannot read this one, for any other reason."""
    change(assignment, to=AssignmentStatus.RECUSED)
    publish(
        ReviewerRecused(
            assignment_id=assignment.pk,
            application_id=assignment.application_id,
            reviewer_id=assignment.reviewer_id,
        ),
        actor=actor,
    )
    _find_someone_else(assignment, actor)


def _find_someone_else(assignment: ReviewAssignment, actor: Actor) -> None:
    """One more reader for this application, when anyone may; else the progress page shows it short."""
    intake = Intake.objects.select_for_update().get(pk=assignment.application.intake_id)
    if not Application.objects.filter(pk=assignment.application_id, status__in=REVIEWABLE).exists():
        return
    limits = limits_of(intake)
    all_of_intake = ReviewAssignment.objects.filter(application__intake=intake)
    current = set(all_of_intake.filter(status__in=COUNTS).values_list("application_id", "reviewer_id"))
    mine = ReviewAssignment.objects.filter(application_id=assignment.application_id)
    before = set(mine.values_list("application_id", "reviewer_id"))
    matching = match(
        papers=[Paper(assignment.application_id, assignment.application.language)],
        readers=_readers(limits),
        each=len(before & current) + 1,
        conflicts=conflicts_for(intake, list(limits)) | (before - current),
        existing=current,
        seed=assignment.pk,
    )
    for application, reviewer in matching.pairs:
        row = ReviewAssignment.objects.create(
            application_id=application, reviewer_id=reviewer, due_on=intake.reviews_due_on
        )
        publish(
            ReviewAssigned(assignment_id=row.pk, application_id=application, reviewer_id=reviewer),
            actor=actor,
        )


@transaction.atomic
def cancel_assignments(*, application_id: int, actor: Actor) -> int:
    """Nobody needs to read this application any more: end what is not submitted. Twice is once."""
    rows = ReviewAssignment.objects.filter(application=application_id, status__in=TO_DO)
    ending = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    change_many(ReviewAssignment.objects.filter(pk__in=ending), to=AssignmentStatus.CANCELLED)
    publish_many(
        [ReviewCancelled(assignment_id=pk, application_id=application_id) for pk in ending], actor=actor
    )
    return len(ending)


@transaction.atomic
def release_reviewer(*, reviewer_id: int, organisation_id: int, actor: Actor) -> int:
    """Somebody no longer reviews for an organisation: others read what they had not submitted.

    Does nothing when they hold the role (again). Twice is once.
    """
    if Membership.objects.current().filter(
        user=reviewer_id, organisation=organisation_id, role=Role.REVIEWER
    ):
        return 0
    rows = ReviewAssignment.objects.filter(
        reviewer=reviewer_id, application__intake__program__organisation=organisation_id, status__in=TO_DO
    )
    ending = list(rows.order_by("pk").select_related("application").select_for_update(of=("self",)))
    for assignment in ending:
        change(assignment, to=AssignmentStatus.CANCELLED)
        publish(
            ReviewCancelled(assignment_id=assignment.pk, application_id=assignment.application_id),
            actor=actor,
        )
        _find_someone_else(assignment, actor)
    return len(ending)
