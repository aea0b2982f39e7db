"""Intakes open and close by the clock alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.programs.enums import IntakeStatus
from apps.programs.services.clock import follow_the_clock
from tests.factories.programs import IntakeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "opens", "closes", "after"),
    [
        (IntakeStatus.PUBLISHED, -1, 1, IntakeStatus.OPEN),
        (IntakeStatus.PUBLISHED, 1, 2, IntakeStatus.PUBLISHED),
        (IntakeStatus.OPEN, -2, -1, IntakeStatus.CLOSED),
        (IntakeStatus.OPEN, -1, 1, IntakeStatus.OPEN),
        (IntakeStatus.DRAFT, -1, 1, IntakeStatus.DRAFT),
    ],
)
def test_an_intake_moves_only_when_it_is_due(before: str, opens: int, closes: int, after: str) -> None:
    now = timezone.now()
    intake = IntakeFactory(
        status=before, opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )

    first, second = follow_the_clock(now=now), follow_the_clock(now=now)

    intake.refresh_from_db()
    assert (intake.status, first, second) == (after, int(before != after), 0)
