"""A status changes by compare-and-set, along its table, or not at all."""

import pytest

from apps.core.errors import Conflict
from apps.core.lifecycle import Lifecycle, change, change_many
from apps.programs.enums import IntakeStatus
from apps.programs.models import Intake
from tests.factories.programs import IntakeFactory


def test_a_table_that_leads_nowhere_known_is_refused() -> None:
    with pytest.raises(ValueError, match="lost"):
        Lifecycle({"found": {"lost"}})


@pytest.mark.django_db
def test_a_move_the_table_does_not_know_is_a_conflict() -> None:
    intake = IntakeFactory(status=IntakeStatus.OPEN)

    with pytest.raises(Conflict):
        change(intake, to=IntakeStatus.ARCHIVED)

    intake.refresh_from_db()
    assert intake.status == IntakeStatus.OPEN


@pytest.mark.django_db
def test_who_comes_second_is_told_and_writes_nothing() -> None:
    mine = IntakeFactory(status=IntakeStatus.OPEN)
    theirs = Intake.objects.get(pk=mine.pk)
    change(theirs, to=IntakeStatus.CANCELLED)

    with pytest.raises(Conflict):
        change(mine, to=IntakeStatus.CLOSED, seats=99)

    mine.refresh_from_db()
    assert (mine.status, mine.seats) == (IntakeStatus.CANCELLED, 10)


@pytest.mark.django_db
def test_many_rows_move_only_from_statuses_that_lead_there() -> None:
    IntakeFactory(status=IntakeStatus.OPEN)
    IntakeFactory(status=IntakeStatus.ARCHIVED)

    assert change_many(Intake.objects.all(), to=IntakeStatus.CLOSED) == 1
