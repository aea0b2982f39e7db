"""Answers are sealed, facts follow what happened, releases are frozen, and figures are hidden in time."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.events import ApplicationSubmitted
from apps.core.actors import SYSTEM
from apps.core.sealing import seal, unseal
from apps.enrolments.events import EnrolmentEnded, ParticipantEnrolled
from apps.events.models import EventRecord
from apps.events.services import publish, run_due_deliveries
from apps.inclusion.models import InclusionProfile, ParticipationFact, Release, ReleasedFigure
from apps.inclusion.selectors import breakdowns, raw_counts
from apps.inclusion.services.declared import DeclaredProfile, store_declared_profiles
from apps.inclusion.services.facts import rebuild_facts
from apps.inclusion.services.profiles import store_profile
from apps.inclusion.services.releases import build_asked_releases, release_figures
from apps.people.models import Person
from apps.programs.models import Intake
from tests.factories.applications import ApplicationFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory

pytestmark = pytest.mark.django_db
ANSWERS = {"gender": "woman", "residence": "village", "VIS_SS": 3}


def crowd(intake: Intake, women: int, men: int, completed: int = 0) -> None:
    """Enrolled people with declared answers, as an import leaves them."""
    people = Person.objects.bulk_create(
        [Person(source="test", source_key=f"{intake.pk}-{number}") for number in range(women + men)]
    )
    for number, person in enumerate(people):
        EnrolmentFactory(
            person=person,
            intake=intake,
            source="test",
            source_key=person.source_key,
            status="completed" if number < completed else "active",
        )
    rows = [
        DeclaredProfile(person.pk, "woman" if number < women else "man", "", "no")
        for number, person in enumerate(people)
    ]
    store_declared_profiles(rows=rows, source="test", actor=SYSTEM)
    rebuild_facts(intake_ids=[intake.pk], actor=SYSTEM)


def test_sealed_answers_open_only_for_their_person() -> None:
    sealed, key_id = seal(ANSWERS, person_id=7)

    assert unseal(sealed, key_id, person_id=7) == ANSWERS
    assert b"woman" not in sealed
    with pytest.raises(InvalidTag):
        unseal(sealed, key_id, person_id=8)


def test_an_older_key_still_opens_what_it_sealed(settings: Any) -> None:
    sealed, key_id = seal(ANSWERS, person_id=7)
    settings.FIELD_ENCRYPTION_KEYS = [
        "bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleS0=",
        *settings.FIELD_ENCRYPTION_KEYS,
    ]

    assert unseal(sealed, key_id, person_id=7) == ANSWERS
    assert seal(ANSWERS, person_id=7)[1] != key_id


def page_for(applicant: User) -> str:
    application = ApplicationFactory(person=PersonFactory(user=applicant))
    return reverse("inclusion:profile", args=[application.public_id])


def test_answers_are_kept_changed_and_removed_by_their_owner(applicant: User, as_applicant: Client) -> None:
    page = page_for(applicant)

    assert as_applicant.post(page, {"gender": "woman", "VIS_SS": "3"}).status_code == 302
    profile = InclusionProfile.objects.get()
    assert unseal(bytes(profile.sealed), profile.key_id, person_id=profile.person_id) == {
        "gender": "woman",
        "VIS_SS": 3,
    }
    assert 'value="woman" id="id_gender_0" checked' in as_applicant.get(page).content.decode()
    assert EventRecord.objects.filter(name="ProfileRead").exists()

    as_applicant.post(page, {"remove": "1"})
    assert not InclusionProfile.objects.exists()


@pytest.mark.parametrize(
    "answers", [{"gender": "x"}, {"VIS_SS": "5"}, {"VIS_SS": "9" * 50}, {"residence": "\x00"}]
)
def test_an_answer_that_is_none_gets_a_message(applicant: User, as_applicant: Client, answers: dict) -> None:
    answer = as_applicant.post(page_for(applicant), answers)

    assert answer.status_code == 422
    assert "govuk-error-message" in answer.content.decode()


def facts() -> list[tuple]:
    names = [
        "person_id",
        "intake_id",
        "gender",
        "residence",
        "disability",
        "applied_on",
        "offered_on",
        "enrolled_on",
        "completed_on",
    ]
    return sorted(ParticipationFact.objects.values_list(*names))


def test_facts_that_grew_by_events_equal_facts_built_anew() -> None:
    application = ApplicationFactory()
    person = application.person
    publish(ApplicationSubmitted(application_id=application.pk), actor=SYSTEM)
    enrolment = EnrolmentFactory(person=person, intake=application.intake, application=application)
    publish(ParticipantEnrolled(enrolment_id=enrolment.pk, application_id=application.pk), actor=SYSTEM)
    run_due_deliveries()
    store_profile(person=person, answers=ANSWERS, language="en", actor=SYSTEM)
    type(enrolment).objects.update(status="completed", ended_on="2026-11-01")
    publish(EnrolmentEnded(enrolment_id=enrolment.pk, status="completed"), actor=SYSTEM)
    run_due_deliveries()
    grown = facts()

    rebuild_facts(intake_ids=[application.intake_id], actor=SYSTEM)

    assert facts() == grown
    assert grown[0][2:5] == ("woman", "rural", "yes")
    assert None not in grown[0][5:]


def test_a_draft_is_no_participation() -> None:
    draft = ApplicationFactory(status="draft")

    rebuild_facts(intake_ids=[draft.intake_id], actor=SYSTEM)

    assert not ParticipationFact.objects.exists()


def test_small_figures_never_reach_a_release_and_large_ones_do() -> None:
    small, large = IntakeFactory(), IntakeFactory()
    crowd(small, women=4, men=30)
    crowd(large, women=40, men=30)

    release_figures(actor=SYSTEM)

    figures = ReleasedFigure.objects.filter(stage="enrolled", dimension="gender", group="woman")
    by_program = {row.scope_key: row.value for row in figures.filter(scope="program")}
    assert by_program[small.program.slug] is None
    assert not ReleasedFigure.objects.filter(value__gt=0, value__lt=5).exists()
    total = ReleasedFigure.objects.get(scope="all", stage="enrolled", dimension="", group="")
    assert total.value == 105  # 104, rounded to base 5


def test_a_quarters_release_never_changes_and_a_running_view_gives_way() -> None:
    crowd(IntakeFactory(), women=40, men=30)
    ParticipationFact.objects.update(
        **{f"{stage}_on": date(2026, 8, 1) for stage in ("applied", "offered", "enrolled")}
    )
    quarter = release_figures(actor=SYSTEM, cadence="quarter", as_of=date(2026, 9, 30))
    before = list(quarter.figures.order_by("id").values_list("value", flat=True))
    running = release_figures(actor=SYSTEM)

    crowd(IntakeFactory(), women=50, men=20)
    second = release_figures(actor=SYSTEM)

    assert 70 in before
    assert list(quarter.figures.order_by("id").values_list("value", flat=True)) == before
    assert not running.figures.exists()
    assert [row.number for row in Release.objects.shown()] == [second.number, quarter.number] == [3, 1]
    assert quarter.fingerprint != second.fingerprint


@pytest.fixture
def as_funder(staff: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(staff(Role.FUNDER))


def test_every_kind_country_and_program_shows_how_far_people_came(as_funder: Client) -> None:
    crowd(IntakeFactory(), women=30, men=20, completed=14)
    crowd(IntakeFactory(), women=3, men=2)
    release = release_figures(actor=SYSTEM)

    rows = breakdowns(release, ["kind"])["kind"]
    page = as_funder.get("/en/inclusion/").content.decode()

    assert rows[0]["steps"] == [55, 55, 55, 15]
    assert page.count("<table") >= 5
    assert "hidden or without participants" in page


def test_people_whose_country_nobody_knows_are_named_so(as_funder: Client) -> None:
    crowd(IntakeFactory(program__country=None), women=30, men=20)
    release_figures(actor=SYSTEM)

    assert "Country not known" in as_funder.get("/en/inclusion/").content.decode()
    assert as_funder.get("/en/inclusion/country/ZZ/").status_code == 200


@pytest.mark.parametrize("address", ["program/nothing/", "nothing/at-all/", "country/XX/", "all/x/"])
def test_a_scope_that_is_none_is_absent(as_funder: Client, address: str) -> None:
    release_figures(actor=SYSTEM)

    assert as_funder.get(f"/en/inclusion/{address}").status_code in (200, 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_dashboard_costs_the_same_for_any_number(
    rows: int, as_funder: Client, django_assert_max_num_queries: Callable
) -> None:
    for _row in range(rows):
        crowd(IntakeFactory(), women=15, men=15)
    release_figures(actor=SYSTEM)

    with django_assert_max_num_queries(10):
        as_funder.get("/en/inclusion/")


def test_an_operator_gets_exact_counts_at_the_command_line(capsys: pytest.CaptureFixture) -> None:
    intake = IntakeFactory()
    crowd(intake, women=3, men=2, completed=2)

    call_command(
        "participation_counts", program=intake.program.slug, intake=intake.slug, by="gender", format="json"
    )

    assert '"enrolled": 5' in capsys.readouterr().out
    found = raw_counts(program=intake.program.slug, intake=intake.slug, by=["gender"])
    assert found["totals"] == {"applied": 5, "offered": 5, "enrolled": 5, "completed": 2, "withdrawn": 0}
    assert {row["gender"]: row["completed"] for row in found["groups"]} == {"man": 0, "woman": 2}


def test_a_release_is_made_by_an_administrator(
    staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    signed_in(staff(Role.ADMINISTRATOR)).post("/en/inclusion/release/")
    assert not Release.objects.get().is_built
    assert not Release.objects.shown().exists()

    assert build_asked_releases(actor=SYSTEM) == 1
    assert build_asked_releases(actor=SYSTEM) == 0
    assert Release.objects.shown().get().number == 1
