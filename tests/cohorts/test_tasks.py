"""The clock lapses trainers who hold no training."""

from datetime import date

import pytest

from apps.cohorts.tasks import trainers_lapse
from tests.factories.cohorts import TrainerFactory

pytestmark = pytest.mark.django_db


def test_the_clock_lapses_those_without_a_training_for_a_year_and_nobody_else() -> None:
    quiet = TrainerFactory(status="certified", certified_on=date(2020, 1, 1))
    newly_certified = TrainerFactory(status="certified")

    assert trainers_lapse() == 1
    assert trainers_lapse() == 0

    quiet.refresh_from_db()
    newly_certified.refresh_from_db()
    assert (quiet.status, newly_certified.status) == ("lapsed", "certified")
