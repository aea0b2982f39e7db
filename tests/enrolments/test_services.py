"""An accepted offer becomes one enrolment; ends free seats; corrections need a reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.core.actors import Actor
from apps.core.errors import Conflict, Full, Invalid
from apps.enrolments.enums import EnrolmentStatus
from apps.enrolments.extension import enrolment_policies
from apps.enrolments.models import Enrolment
from apps.enrolments.services import (
    complete_enrolment,
    end_enrolment,
    end_leave,
    reopen_enrolment,
    start_leave,
    take_up,
    withdraw_enrolment,
)
from apps.events.models import EventRecord
from apps.programs.enums import ProgramKind
from apps.scholarships.models import Award
from apps.selection.enums import OfferStatus
from apps.selection.models import Offer
from apps.selection.services import take_seat
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.programs import IntakeFactory
from tests.factories.scholarships import ScholarshipTermsFactory
from tests.factories.selection import OfferFactory, WaitlistEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer() -> Offer:
    offer = OfferFactory()
    take_seat(intake=offer.intake)
    return offer


@pytest.fixture
def enrolment(offer: Offer, actor: Actor) -> Enrolment:
    return take_up(offer=offer, actor=actor)


def events(name: str) -> list[dict]:
    return list(EventRecord.objects.filter(name=name).values_list("payload", flat=True))


def seats_taken(enrolment: Enrolment) -> int:
    enrolment.intake.refresh_from_db()
    return enrolment.intake.seats_taken


def test_taking_up_an_offer_accepts_it_enrols_and_tells(offer: Offer, actor: Actor) -> None:
    enrolment = take_up(offer=offer, actor=actor)

    offer.refresh_from_db()
    assert offer.status == OfferStatus.ACCEPTED
    assert (enrolment.person, enrolment.intake) == (offer.application.person, offer.intake)
    assert events("ParticipantEnrolled") == [
        {"enrolment_id": enrolment.pk, "application_id": offer.application_id}
    ]


def test_taking_up_twice_gives_the_same_enrolment_and_tells_once(offer: Offer, actor: Actor) -> None:
    first = take_up(offer=offer, actor=actor)
    second = take_up(offer=offer, actor=actor)

    assert first == second
    assert len(events("ParticipantEnrolled")) == 1


def test_the_first_day_is_the_day_the_intake_starts() -> None:
    starts_on = (timezone.now() + timedelta(days=60)).date()
    offer = OfferFactory(application__intake=IntakeFactory(starts_on=starts_on))

    assert take_up(offer=offer, actor=Actor(None, "system")).started_on == starts_on


@pytest.mark.parametrize("status", [OfferStatus.DECLINED, OfferStatus.LAPSED, OfferStatus.RESCINDED])
def test_an_offer_that_is_over_cannot_be_taken_up(status: str, actor: Actor) -> None:
    offer = OfferFactory(status=status, answered_at=timezone.now())

    with pytest.raises(Conflict):
        take_up(offer=offer, actor=actor)

    assert not Enrolment.objects.exists()


def test_an_answer_after_its_time_is_too_late_even_before_the_clock_swept(actor: Actor) -> None:
    offer = OfferFactory(
        status=OfferStatus.DELIVERED,
        delivered_at=timezone.now(),
        answer_by=timezone.now() - timedelta(seconds=1),
    )

    with pytest.raises(Conflict, match="over"):
        take_up(offer=offer, actor=actor)


def test_when_the_kind_cannot_lay_out_its_part_nothing_is_accepted(
    offer: Offer, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = enrolment_policies[offer.intake.program.kind]

    def fails(**kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(policy, "on_enrolled", fails)

    with pytest.raises(RuntimeError):
        take_up(offer=offer, actor=actor)

    offer.refresh_from_db()
    assert offer.status == OfferStatus.MADE
    assert not Enrolment.objects.exists()


def test_withdrawing_frees_the_seat(enrolment: Enrolment, actor: Actor) -> None:
    assert seats_taken(enrolment) == 1

    withdraw_enrolment(enrolment=enrolment, actor=actor)
    withdraw_enrolment(enrolment=enrolment, actor=actor)

    assert seats_taken(enrolment) == 0
    assert events("EnrolmentEnded") == [{"enrolment_id": enrolment.pk, "status": "withdrawn"}]


def test_the_freed_seat_goes_to_the_first_who_waits(enrolment: Enrolment, actor: Actor) -> None:
    second = WaitlistEntryFactory(application__intake=enrolment.intake, position=2)
    first = WaitlistEntryFactory(application__intake=enrolment.intake, position=1)

    withdraw_enrolment(enrolment=enrolment, actor=actor)

    assert Offer.objects.filter(application=first.application).exists()
    assert not Offer.objects.filter(application=second.application).exists()
    assert seats_taken(enrolment) == 1


def test_leave_keeps_the_seat_and_can_end(enrolment: Enrolment, actor: Actor) -> None:
    away = start_leave(enrolment=enrolment, reason="Harvest", actor=actor)
    assert away.status == EnrolmentStatus.ON_LEAVE
    assert seats_taken(enrolment) == 1

    back = end_leave(enrolment=away, actor=actor)

    assert (back.status, back.reason) == (EnrolmentStatus.ACTIVE, "")
    assert len(events("LeaveStarted")) == len(events("LeaveEnded")) == 1


def test_leave_needs_a_reason_and_only_leave_can_end(enrolment: Enrolment, actor: Actor) -> None:
    with pytest.raises(Invalid):
        start_leave(enrolment=enrolment, reason="", actor=actor)
    with pytest.raises(Invalid):
        end_leave(enrolment=enrolment, actor=actor)


@pytest.mark.parametrize(
    ("status", "seats"), [("partly_completed", 1), ("not_completed", 1), ("no_show", 0), ("withdrawn", 0)]
)
def test_an_end_is_written_with_its_reason_and_day(
    status: str, seats: int, enrolment: Enrolment, actor: Actor
) -> None:
    with pytest.raises(Invalid) as refused:
        end_enrolment(enrolment=enrolment, status=status, reason="", actor=actor)
    assert "reason" in refused.value.fields

    ended = end_enrolment(enrolment=enrolment, status=status, reason="Moved away", actor=actor)

    assert (ended.status, ended.reason) == (status, "Moved away")
    assert ended.ended_on is not None
    assert seats_taken(enrolment) == seats


def test_nobody_completes_before_the_rule_of_their_kind_says_so(enrolment: Enrolment, actor: Actor) -> None:
    with pytest.raises(Invalid, match="not planned yet"):
        complete_enrolment(enrolment=enrolment, actor=actor)
    with pytest.raises(Invalid):
        end_enrolment(enrolment=enrolment, status="completed", reason="", actor=actor)


def test_an_end_is_undone_with_a_reason_and_takes_the_seat_again(enrolment: Enrolment, actor: Actor) -> None:
    ended = withdraw_enrolment(enrolment=enrolment, actor=actor)

    with pytest.raises(Invalid):
        reopen_enrolment(enrolment=ended, reason="", actor=actor)
    again = reopen_enrolment(enrolment=ended, reason="Clicked by mistake", actor=actor)

    assert (again.status, again.ended_on) == (EnrolmentStatus.ACTIVE, None)
    assert seats_taken(enrolment) == 1
    assert events("EnrolmentReopened")[0]["before"] == "withdrawn"


def test_an_end_cannot_be_undone_when_the_seat_is_gone(enrolment: Enrolment, actor: Actor) -> None:
    enrolment.intake.seats = 1
    enrolment.intake.save()
    ended = withdraw_enrolment(enrolment=enrolment, actor=actor)
    take_seat(intake=enrolment.intake)

    with pytest.raises(Full):
        reopen_enrolment(enrolment=ended, reason="Clicked by mistake", actor=actor)

    ended.refresh_from_db()
    assert ended.status == EnrolmentStatus.WITHDRAWN


def test_imported_records_have_no_leave_and_no_obligations_here(actor: Actor) -> None:
    imported = EnrolmentFactory(source="records", source_key="1")

    for step in (withdraw_enrolment, complete_enrolment, end_leave):
        with pytest.raises(Invalid, match="imported"):
            step(enrolment=imported, actor=actor)
    with pytest.raises(Invalid, match="imported"):
        start_leave(enrolment=imported, reason="Harvest", actor=actor)


def test_how_an_imported_record_ended_is_corrected_without_touching_seats(actor: Actor) -> None:
    imported = EnrolmentFactory(
        source="records", source_key="1", status="withdrawn", intake=IntakeFactory(seats=0)
    )

    again = reopen_enrolment(enrolment=imported, reason="Wrong column", actor=actor)
    with pytest.raises(Invalid):
        end_enrolment(enrolment=again, status="completed", reason="", actor=actor)
    ended = end_enrolment(enrolment=again, status="completed", reason="Certificate seen", actor=actor)

    assert (ended.status, seats_taken(ended)) == ("completed", 0)


def test_leaving_a_scholarship_ends_its_award_and_coming_back_restores_it(actor: Actor) -> None:
    terms = ScholarshipTermsFactory()
    intake = IntakeFactory(program=terms.program)
    offer = OfferFactory(application__intake=intake)
    assert intake.program.kind == ProgramKind.SCHOLARSHIP
    take_seat(intake=intake)
    enrolment = take_up(offer=offer, actor=actor)

    ended = withdraw_enrolment(enrolment=enrolment, actor=actor)
    award = Award.objects.get(enrolment=enrolment)
    assert award.status == "terminated"
    assert set(award.disbursements.values_list("status", flat=True)) == {"cancelled"}

    reopen_enrolment(enrolment=ended, reason="Clicked by mistake", actor=actor)
    award.refresh_from_db()
    assert award.status == "drafted"
    assert set(award.disbursements.values_list("status", flat=True)) == {"planned"}
