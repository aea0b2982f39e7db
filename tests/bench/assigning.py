"""A run of the assignment: 10,000 applications by three readers each, with ties, rows and events."""

import time
from collections.abc import Iterator

from django.db import connection

from apps.accounts.enums import Role
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.core.actors import user_actor
from apps.programs.models import Intake
from apps.reviews.models import Criterion, IntakeReviewer, Rubric
from apps.reviews.services import assign_reviewers
from tests.bench.measure import TICK, Cost, Row, ticks
from tests.bench.readers import EACH, PAPERS, READERS, question
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.bulk import BATCH, applications_for, reviewers_for
from tests.factories.programs import IntakeFactory, ProgramFactory


def rows() -> Iterator[Row]:
    intake = _prepare()
    actor = user_actor(
        MembershipFactory(role=Role.COORDINATOR, organisation=intake.program.organisation).user
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    before, began = ticks(pid), time.process_time()
    plan = assign_reviewers(intake=intake, each=EACH, actor=actor)
    web = (time.process_time() - began) * 1000
    name = f"Assign {len(plan.matching.pairs):,} readings, with rows and events"
    yield Row(name, Cost(web, (ticks(pid) - before) * TICK, 0), 10_000)


def _prepare() -> Intake:
    """Limits, languages and panels as in the first draw of `readers`."""
    drawn = question(1)
    program = ProgramFactory(organisation=OrganisationFactory(name="Assigning"))
    intake: Intake = IntakeFactory(program=program)
    Criterion.objects.create(
        rubric=Rubric.objects.create(intake=intake), number=1, title={"en": "All"}, weight=100
    )
    applications = applications_for(intake, PAPERS, status=ApplicationStatus.ELIGIBLE)
    for application, paper in zip(applications, drawn["papers"], strict=True):
        application.language = paper.language
    Application.objects.bulk_update(applications, ["language"], batch_size=BATCH)
    reviewers_for(intake, READERS)
    ready = list(IntakeReviewer.objects.filter(intake=intake).order_by("pk"))
    for row, reader in zip(ready, drawn["readers"], strict=True):
        row.most_assignments, row.panel = reader.most, reader.panel
        row.languages = sorted(reader.languages)
    IntakeReviewer.objects.bulk_update(ready, ["most_assignments", "panel", "languages"])
    return intake
