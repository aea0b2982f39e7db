"""Giving every application its readers."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.events.services import publish
from apps.programs.models import Intake
from apps.reviews.enums import Purpose
from apps.reviews.events import ReadersAssigned
from apps.reviews.models import AssignmentRun
from apps.reviews.rules.matching import Matching, Paper, Reader, match
from apps.reviews.selectors import kept_apart, papers_of, readers_of, standing_of
from apps.reviews.services.placing import locked, place
from apps.reviews.services.recheck import recheck_conflicts
from apps.reviews.services.rubric import rubric_of


@dataclass(frozen=True, slots=True)
class Plan:
    """What assigning would do: for the preview page and for the run alike."""

    matching: Matching
    papers: list[Paper]
    readers: list[Reader]

    @property
    def new_by_reviewer(self) -> dict[int, int]:
        return dict(Counter(reviewer for _application, reviewer in self.matching.pairs))

    @property
    def lacking(self) -> int:
        """How many readings nobody can take."""
        return sum(self.matching.short.values())


def plan_assignments(*, intake: Intake, each: int) -> Plan:
    """Compute, write nothing. The same state gives the same plan: the intake is the seed."""
    papers, readers = papers_of(intake), readers_of(intake)
    matching = match(
        papers=papers,
        readers=readers,
        each=each,
        conflicts=kept_apart(intake, papers, readers),
        existing=standing_of(intake).current,
        seed=intake.pk,
    )
    return Plan(matching, papers, readers)


@transaction.atomic
def assign_reviewers(*, intake: Intake, each: int, actor: Actor) -> Plan:
    """Give every application that is to be read `each` readers; existing assignments stay.

    The intake's row is locked, so two runs at once come one after the other and the second finds
    nothing left to do. Readings that have become tied since the last run end first. A run that placed
    somebody is kept, so that it can be undone. Raises Invalid when nobody is ready to read.
    """
    intake = locked(intake)
    if not readers_of(intake):
        raise Invalid(_("Choose at least one reviewer first."))
    rubric_of(intake=intake, actor=actor)
    recheck_conflicts(intake=intake, actor=actor)
    plan = plan_assignments(intake=intake, each=each)
    if plan.matching.pairs:
        run = AssignmentRun.objects.create(
            intake=intake,
            each=each,
            placed=len(plan.matching.pairs),
            lacking=plan.lacking,
            fit=plan.matching.fit,
            made_by_id=actor.user_id,
        )
        place(intake=intake, pairs=plan.matching.pairs, purpose=Purpose.SELECTION, run=run, actor=actor)
        publish(ReadersAssigned(intake_id=intake.pk, run_id=run.pk, placed=run.placed), actor=actor)
    return plan
