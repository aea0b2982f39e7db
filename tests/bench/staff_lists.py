"""The coordinator's lists at 10,000 applications with three reviews each."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.core.actors import SYSTEM
from apps.programs.models import Intake
from apps.reviews.models import ReviewAssignment
from apps.reviews.services import assign_reviewers, plan_assignments, recheck_conflicts
from tests.bench.measure import Row, cost
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.bulk import applications_for, reviewers_for, reviews_for
from tests.factories.programs import IntakeFactory, ProgramFactory

APPLICATIONS = 10_000


def rows() -> Iterator[Row]:
    intake, client = _prepare()
    lists, progress = reverse("portal:staff-applications"), f"{intake.public_id}"
    pages = [
        ("Applications list", lists, 30, 12),
        ("Applications list of one intake", f"{lists}?intake={intake.pk}", 30, 12),
        ("Applications list, search by name", f"{lists}?q=Person+77", None, 12),
        ("Reviewing progress list", reverse("reviews:progress", args=[progress]), 55, 15),
        ("Quality of reviewing", reverse("reviews:quality", args=[progress]), None, 15),
        ("Ranked list", reverse("selection:ranking", args=[progress]), None, 15),
        ("Today", reverse("portal:today"), None, None),
    ]
    for name, address, most, queries in pages:
        yield Row(name, cost(lambda address=address: client.get(address)), most, queries)
    yield _next_application(intake)
    download = reverse("portal:staff-applications-csv")
    whole = cost(lambda: b"".join(client.get(download).streaming_content), times=3)
    yield Row(f"Download of {APPLICATIONS} applications (CSV)", whole)
    plan = cost(lambda: plan_assignments(intake=intake, each=4), times=1)
    yield Row(f"Plan one more reader for each of {APPLICATIONS}", plan)
    run = cost(lambda: assign_reviewers(intake=intake, each=6, actor=SYSTEM), times=1)
    yield Row(f"Assign three more readers to each of {APPLICATIONS}, all in", run)
    ties = cost(lambda: recheck_conflicts(intake=intake, actor=SYSTEM), times=1)
    yield Row(f"Look for new ties among {6 * APPLICATIONS} readings", ties)


def _next_application(intake: Intake) -> Row:
    """What a reviewer waits for between two applications: the page with the rubric, and its queue's order."""
    assignment = ReviewAssignment.objects.filter(application__intake=intake, status="assigned").order_by(
        "pk"
    )[100]
    ReviewAssignment.objects.filter(pk=assignment.pk).update(no_conflict_declared_at=intake.created_at)
    client = Client()
    client.force_login(assignment.reviewer, backend="apps.accounts.backends.EmailBackend")
    address = reverse("reviews:review", args=[assignment.public_id])
    return Row("Reviewer's next application", cost(lambda: client.get(address)), 100, 18)


def _prepare() -> tuple[Intake, Client]:
    program = ProgramFactory(organisation=OrganisationFactory(name="Bench"))
    intake = IntakeFactory(program=program)
    reviews_for(applications_for(intake, APPLICATIONS), reviewers_for(intake, 40))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client()
    coordinator = MembershipFactory(role=Role.COORDINATOR, organisation=program.organisation).user
    client.force_login(coordinator, backend="apps.accounts.backends.EmailBackend")
    return intake, client
