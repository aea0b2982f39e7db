"""A day is the day where the intake is, not the server's."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Q

from apps.core.actors import SYSTEM
from apps.enrolments.models import Enrolment
from apps.inclusion.models import ParticipationCell, ParticipationFact
from apps.inclusion.services import rebuild_facts
from apps.inclusion.services.stages import stages_reached
from tests.factories.applications import ApplicationFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory
from tests.factories.selection import OfferFactory

pytestmark = pytest.mark.django_db
#: The last evening of March in London: the second quarter has begun in Bangkok, and not in Los Angeles.
EVENING = datetime(2026, 3, 31, 18, tzinfo=UTC)
NIGHT = datetime(2026, 4, 1, 3, tzinfo=UTC)
PLACES = [
    ("Asia/Bangkok", date(2026, 4, 1), date(2026, 4, 1)),
    ("UTC", date(2026, 3, 31), date(2026, 4, 1)),
    ("America/Los_Angeles", date(2026, 3, 31), date(2026, 3, 31)),
]


@pytest.mark.parametrize(("zone", "evening", "night"), PLACES)
def test_every_moment_falls_on_the_day_of_the_intakes_place(zone: str, evening: date, night: date) -> None:
    intake = IntakeFactory(time_zone=zone)
    sent = ApplicationFactory(intake=intake, submitted_at=EVENING, status="withdrawn", withdrawn_at=NIGHT)
    OfferFactory(application=sent, made_at=NIGHT)
    record = EnrolmentFactory(intake=intake, person=PersonFactory(), source="t", source_key="1")
    Enrolment.objects.filter(pk=record.pk).update(created_at=EVENING)

    reached = stages_reached(Q(intake=intake))

    assert reached == {
        (sent.person_id, intake.pk): {"applied_on": evening, "offered_on": night, "withdrawn_on": night},
        (record.person_id, intake.pk): dict.fromkeys(("applied_on", "offered_on", "enrolled_on"), evening),
    }


@pytest.mark.parametrize(("zone", "evening", "night"), PLACES)
def test_quarters_and_ages_go_by_that_day(zone: str, evening: date, night: date) -> None:
    person = PersonFactory(born_on=date(2001, 4, 1))
    sent = ApplicationFactory(intake__time_zone=zone, person=person, submitted_at=EVENING)

    rebuild_facts(intake_ids=[sent.intake_id], actor=SYSTEM)

    is_april = evening.month == 4
    assert ParticipationFact.objects.get().age_band == ("25_29" if is_april else "18_24")
    assert ParticipationCell.objects.get().quarter == date(2026, 4 if is_april else 1, 1)


def test_two_intakes_are_read_by_their_own_clocks() -> None:
    for zone, _evening, _night in PLACES:
        ApplicationFactory(intake__time_zone=zone, submitted_at=EVENING)

    days = [each["applied_on"] for each in stages_reached(Q()).values()]

    assert sorted(days) == [date(2026, 3, 31), date(2026, 3, 31), date(2026, 4, 1)]
