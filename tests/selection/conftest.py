"""An intake with reviewed applications, and its coordinators."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from apps.accounts.models import Organisation
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus
from apps.reviews.models import Review
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.reviews import ReviewAssignmentFactory


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    """Closed yesterday, so that lots between equal scores can be drawn."""
    now = datetime.now(UTC)
    return IntakeFactory(
        program=ProgramFactory(organisation=organisation),
        seats=2,
        opens_at=now - timedelta(days=30),
        closes_at=now - timedelta(days=1),
    )


@pytest.fixture
def reviewed(intake: Intake) -> Callable[..., list[Application]]:
    """Make applications with these scores, in this order."""

    def make(*scores: float) -> list[Application]:
        made = []
        for score in scores:
            application = ApplicationFactory(intake=intake, status=ApplicationStatus.IN_REVIEW)
            assignment = ReviewAssignmentFactory(
                application=application, status=AssignmentStatus.SUBMITTED, submitted_at=datetime.now(UTC)
            )
            Review.objects.create(assignment=assignment, weighted_score=score)
            made.append(application)
        return made

    return make
