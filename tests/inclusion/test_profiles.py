"""What is kept of each answering: when, how, by whom; who was asked; and that every opening is recorded."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.applications.events import ApplicationSubmitted
from apps.applications.models import Application
from apps.core.actors import SYSTEM, Actor, on_behalf, user_actor
from apps.events.models import EventRecord
from apps.events.services import publish, run_due_deliveries
from apps.inclusion.enums import AnsweredBy, Mode, Occasion
from apps.inclusion.models import Asking, InclusionProfile, ParticipationFact
from apps.inclusion.rules.functioning import DOMAINS
from apps.inclusion.services import (
    DeclaredProfile,
    Known,
    own_answers,
    read_known,
    rebuild_facts,
    remove_profile,
    store_declared_profiles,
    store_profile,
)
from apps.people.enums import ConsentPurpose
from apps.people.models import Person
from apps.people.selectors import has_consent
from apps.selection.events import OfferAccepted
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory
from tests.factories.selection import OfferFactory
from tests.factories.settlements import SettlementFactory

pytestmark = pytest.mark.django_db
WOMAN = {"gender": "woman"}


@pytest.fixture
def mine(applicant: User) -> Application:
    return ApplicationFactory(person=PersonFactory(user=applicant, country=CountryFactory()))


def page_of(application: Application) -> str:
    return reverse("inclusion:profile", args=[application.public_id])


def keep(person: Person, answers: dict[str, Any], **how: Any) -> InclusionProfile:
    store_profile(person=person, answers=answers, language="en", actor=SYSTEM, **how)
    return InclusionProfile.objects.get(person=person, occasion=how.get("occasion", Occasion.AFTER_SENDING))


def known_of(person: Person, on: date | None = None) -> Known:
    return read_known(days={(person.pk, 1): on}, actor=SYSTEM)[person.pk, 1]


@pytest.mark.parametrize(
    ("who", "mode", "answered_by"),
    [
        ("", "self_web", ""),
        ("self", "self_web", "self"),
        ("helped", "assisted", "self"),
        ("proxy", "assisted", "proxy"),
    ],
)
def test_how_and_by_whom_is_kept_beside_the_answers(
    who: str, mode: str, answered_by: str, mine: Application, as_applicant: Client
) -> None:
    as_applicant.post(page_of(mine).replace("/en/", "/th/"), {"gender": "man", "VIS_SS": "1", "who": who})

    profile = InclusionProfile.objects.get()
    assert (profile.mode, profile.answered_by, profile.language) == (mode, answered_by, "th")
    assert (profile.instrument, profile.instrument_version) == ("wg-ss", "2022")
    assert own_answers(person=profile.person, actor=SYSTEM) == {"gender": "man", "VIS_SS": 1}


@pytest.mark.parametrize(
    ("age", "answers", "instrument"),
    [(17, {"VIS_SS": 1}, "wg-ss-teen"), (18, {"VIS_SS": 1}, "wg-ss"), (18, WOMAN, "")],
)
def test_the_instrument_is_the_one_that_was_asked(age: int, answers: dict[str, Any], instrument: str) -> None:
    today = timezone.localdate()
    person = PersonFactory(born_on=date(today.year - age, 1, 1))

    assert keep(person, answers).instrument == instrument


def test_what_someone_said_at_17_stays_apart_when_they_apply_at_19() -> None:
    person = PersonFactory(born_on=date(timezone.localdate().year - 17, 1, 1))
    keep(person, dict.fromkeys(DOMAINS, 4))

    later = known_of(person, on=date(timezone.localdate().year + 2, 6, 1))

    assert (later.classes.age_band, later.classes.disability) == ("18_24", "unknown")


def test_both_occasions_keep_their_reading_and_the_latest_counts() -> None:
    person = PersonFactory()
    keep(person, {"gender": "woman", "residence": "village"})
    keep(person, {"gender": "woman", "residence": "city"}, occasion=Occasion.AT_ACCEPTANCE)

    assert InclusionProfile.objects.filter(person=person).count() == 2
    assert known_of(person).classes.residence == "city"

    keep(person, {"gender": "woman", "residence": "town"})

    assert known_of(person).classes.residence == "town"
    remove_profile(person=person, actor=SYSTEM)
    assert not InclusionProfile.objects.exists()
    assert not has_consent(person, ConsentPurpose.MONITORING)


def test_one_reading_does_not_open_in_the_place_of_the_other() -> None:
    person = PersonFactory()
    first = keep(person, WOMAN)
    InclusionProfile.objects.filter(pk=first.pk).update(occasion=Occasion.AT_ACCEPTANCE)

    with pytest.raises(InvalidTag):
        own_answers(person=person, actor=SYSTEM)


def test_saving_an_empty_page_agrees_to_nothing_and_keeps_nothing(
    mine: Application, as_applicant: Client
) -> None:
    assert as_applicant.post(page_of(mine), {"who": "self"}).status_code == 302

    assert not InclusionProfile.objects.exists()
    assert not has_consent(mine.person, ConsentPurpose.MONITORING)


def test_clearing_the_only_reading_takes_the_consent_back() -> None:
    person = PersonFactory()
    keep(person, WOMAN)

    store_profile(person=person, answers={}, language="en", actor=SYSTEM)

    assert not InclusionProfile.objects.exists()
    assert not has_consent(person, ConsentPurpose.MONITORING)


def test_words_we_do_not_know_are_refused_by_the_table() -> None:
    profile = keep(PersonFactory(), WOMAN)

    for column in ("mode", "occasion", "answered_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            InclusionProfile.objects.filter(pk=profile.pk).update(**{column: "x"})


@pytest.mark.parametrize(
    ("answers", "population", "expected"),
    [
        ({"residence": "city", "settlement": "Mae Rim"}, 4_000, ("rural", "settlement", True)),
        ({"residence": "city", "settlement": "Mae Rim"}, None, ("city", "self", None)),
        ({"residence": "city", "settlement": "Elsewhere"}, 4_000, ("city", "self", None)),
        ({"residence": "city", "settlement": "Mae Rim", "unit": "obt"}, 9_000, ("rural", "unit", True)),
        ({"residence": "village", "unit": "unknown"}, 9_000, ("rural", "self", None)),
        ({"settlement": "mae rim"}, 60_000, ("city", "settlement", None)),
    ],
)
def test_unit_and_settlement_come_before_the_persons_own_word(
    answers: dict[str, str], population: int | None, expected: tuple, real_places: None
) -> None:
    SettlementFactory(population=population)
    person = PersonFactory(country_id="TH")
    keep(person, answers)

    found = known_of(person).classes

    assert (found.residence, found.residence_basis, found.residence_conflict) == expected


def test_a_country_that_is_one_city_is_one_for_whoever_says_they_live_somewhere(real_places: None) -> None:
    silent, open_, told = (PersonFactory(country_id="SG") for _each in range(3))
    keep(silent, WOMAN | {"residence": "pnts"})
    keep(open_, WOMAN)
    keep(told, {"residence": "village"})

    assert known_of(silent).classes.residence == "not_said"
    assert known_of(open_).classes.residence == "missing"
    assert (known_of(told).classes.residence, known_of(told).classes.residence_conflict) == ("city", True)


def by(user: User) -> Actor:
    return user_actor(user)


def test_who_sends_is_asked_and_who_is_sent_for_is_not(applicant: User, mine: Application) -> None:
    helper = UserFactory()
    helped = ApplicationFactory(person=PersonFactory())
    publish(ApplicationSubmitted(application_id=mine.pk), actor=by(applicant))
    publish(ApplicationSubmitted(application_id=helped.pk), actor=on_behalf(by(helper), helped.person_id))
    run_due_deliveries()

    asking = Asking.objects.get()
    assert (asking.person, asking.intake, asking.occasion) == (mine.person, mine.intake, "after_sending")
    assert dict(ParticipationFact.objects.values_list("person", "was_asked")) == {
        mine.person_id: True,
        helped.person_id: False,
    }


def test_opening_the_page_is_being_asked_once(mine: Application, as_applicant: Client) -> None:
    rebuild_facts(intake_ids=[mine.intake_id], actor=SYSTEM)

    for _time in range(2):
        as_applicant.get(page_of(mine))
    run_due_deliveries()

    assert Asking.objects.count() == 1
    assert EventRecord.objects.filter(name="ProfileAsked").count() == 1
    assert ParticipationFact.objects.get().was_asked


def test_whoever_accepts_is_asked_once_more_and_sees_what_they_said(
    applicant: User, mine: Application, as_applicant: Client
) -> None:
    as_applicant.post(page_of(mine), {"gender": "woman", "residence": "village"})
    offer = OfferFactory(application=mine, status="accepted", answered_at=datetime.now(UTC))
    publish(OfferAccepted(offer_id=offer.pk, application_id=mine.pk), actor=by(applicant))
    run_due_deliveries()

    assert Asking.objects.filter(occasion="at_acceptance", intake=mine.intake).count() == 1
    offer_page = as_applicant.get(reverse("selection:offer-detail", args=[offer.public_id]))
    assert page_of(mine) in offer_page.content.decode()
    page = as_applicant.get(page_of(mine)).content.decode()
    assert "once more" in page
    assert 'value="village" id="id_residence_3" checked' in page

    as_applicant.post(page_of(mine), {"gender": "woman", "residence": "city"})

    readings = InclusionProfile.objects.order_by("occasion").values_list("occasion", flat=True)
    assert list(readings) == ["after_sending", "at_acceptance"]
    assert known_of(mine.person).classes.residence == "city"


def test_imported_people_answer_without_being_asked() -> None:
    enrolment = EnrolmentFactory()
    rows = [DeclaredProfile(enrolment.person_id, "woman", "rural", "yes")]
    store_declared_profiles(rows=rows, source="test", actor=SYSTEM)

    known = known_of(enrolment.person)

    assert (known.asked, known.answered) == (False, True)
    assert (known.classes.residence_basis, known.classes.disability) == ("self", "yes")
    profile = InclusionProfile.objects.get()
    assert (profile.mode, profile.answered_by) == (Mode.IMPORT, AnsweredBy.RECORD)


def test_the_response_rate_counts_those_who_were_asked() -> None:
    intake = IntakeFactory()
    people = [PersonFactory() for _each in range(3)]
    for person in people[:2]:
        Asking.objects.create(
            person=person, intake=intake, occasion="after_sending", asked_at=datetime.now(UTC)
        )
    for person in people[1:]:
        keep(person, {"gender": "pnts"})

    known = read_known(days={(person.pk, intake.pk): None for person in people}, actor=SYSTEM)

    found = [(each.asked, each.answered) for each in known.values()]
    assert found == [(True, False), (True, True), (False, True)]


def read_events() -> list[tuple[str, Any]]:
    rows = EventRecord.objects.filter(name__in=["ProfileRead", "ProfilesRead"]).order_by("id")
    return [(row.name, row.payload["purpose"]) for row in rows]


def test_every_opening_leaves_an_event_that_says_what_for(mine: Application, as_applicant: Client) -> None:
    other = ApplicationFactory(intake=mine.intake)
    keep(mine.person, WOMAN)
    rebuild_facts(intake_ids=[mine.intake_id], actor=SYSTEM)
    keep(other.person, WOMAN)
    rebuild_facts(intake_ids=[mine.intake_id], actor=SYSTEM)
    as_applicant.get(page_of(mine))

    assert read_events() == [
        ("ProfileRead", "facts"),
        ("ProfilesRead", "facts"),
        ("ProfileRead", "own page"),
    ]
    assert not any("woman" in str(row.payload) for row in EventRecord.objects.all())


def test_counting_people_without_answers_opens_nothing() -> None:
    application = ApplicationFactory()

    rebuild_facts(intake_ids=[application.intake_id], actor=SYSTEM)

    assert read_events() == []


@pytest.mark.parametrize("people", [1, 3])
def test_reading_costs_the_same_for_any_number(
    people: int, django_assert_num_queries: Callable, real_places: None
) -> None:
    SettlementFactory(population=700)
    days = {}
    for _each in range(people):
        person = PersonFactory(country_id="TH")
        keep(person, {"settlement": "Mae Rim"})
        days[person.pk, 1] = None

    with django_assert_num_queries(8):
        known = read_known(days=days, actor=SYSTEM)

    assert {each.classes.residence for each in known.values()} == {"rural"}
