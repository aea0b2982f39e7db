"""Pairs that must stay apart: every kind of tie, found in a fixed number of statements."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.models import Application, FormVersion
from apps.cohorts.models import IntakeTrainer, TrainerLink
from apps.core.actors import SYSTEM
from apps.core.errors import Invalid
from apps.places.models import Country, Subdivision
from apps.programs.models import Intake
from apps.reviews.enums import ConflictKind, TieKind
from apps.reviews.models import Conflict, KnownTie, ReviewAssignment
from apps.reviews.rules.named import NamedOrganisations, names_an_organisation
from apps.reviews.selectors import conflicts_for
from apps.reviews.services import assign_reviewers, set_reviewers, take_back_tie, tell_tie
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.applications import (
    ApplicationFactory,
    FormVersionFactory,
    ReferenceFactory,
    SectionAnswersFactory,
)
from tests.factories.cohorts import TrainerFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db
Staff = Callable[..., User]

QUESTIONS = [
    {"key": "home", "kind": "place", "label": {"en": "Where do you live?"}},
    {"key": "current-employer", "kind": "text", "label": {"en": "Where do you work?"}},
    {"key": "essay", "kind": "long_text", "label": {"en": "Why?"}},
    {
        "key": "school",
        "kind": "one_choice",
        "label": {"en": "School"},
        "options": [{"value": "cu", "label": {"en": "Chulalongkorn University"}}],
    },
    {
        "key": "jobs",
        "kind": "rows",
        "label": {"en": "Work"},
        "columns": [{"key": "employer", "kind": "text", "label": {"en": "Employer"}}],
    },
]


@pytest.fixture
def reviewer(staff: Staff) -> User:
    return staff(Role.REVIEWER)


@pytest.fixture
def application(intake: Intake) -> Application:
    return eligible(intake)


@pytest.fixture
def chiang_mai(db: None) -> Subdivision:
    country = Country.objects.create(code="TH", iso3="THA", name="Thailand", time_zone="Asia/Bangkok")
    return Subdivision.objects.create(code="TH-50", country=country, name="Chiang Mai")


def eligible(intake: Intake, **more: object) -> Application:
    return ApplicationFactory(intake=intake, status="eligible", **more)


def answered(application: Application, answers: dict) -> None:
    definition = {"sections": [{"key": "you", "title": {"en": "You"}, "questions": QUESTIONS}]}
    version = FormVersion.objects.filter(intake=application.intake).first() or FormVersionFactory(
        intake=application.intake, definition=definition
    )
    Application.objects.filter(pk=application.pk).update(form_version=version)
    SectionAnswersFactory(application=application, section="you", answers=answers)


def kind_of(application: Application, reviewer: User) -> str | None:
    return conflicts_for(application.intake, [reviewer.pk]).get((application.pk, reviewer.pk))


def told(reviewer: User, kind: str, value: str) -> None:
    tell_tie(reviewer=reviewer, kind=TieKind(kind), value=value, actor=SYSTEM)


def test_without_a_tie_there_is_none(application: Application, reviewer: User) -> None:
    assert kind_of(application, reviewer) is None


def test_ones_own(intake: Intake, reviewer: User) -> None:
    assert kind_of(eligible(intake, person=PersonFactory(user=reviewer)), reviewer) == "own_application"


def test_a_referee_of_somebody_without_an_account(intake: Intake, reviewer: User) -> None:
    application = eligible(intake, person=PersonFactory(user=None))
    ReferenceFactory(application=application, email=reviewer.email.upper())

    assert kind_of(application, reviewer) == "referee"


def test_a_role_at_one_organisation(application: Application, reviewer: User) -> None:
    home = OrganisationFactory()
    for user in (reviewer, application.person.user):
        MembershipFactory(user=user, organisation=home, role=Role.TRAINER)

    assert kind_of(application, reviewer) == "same_organisation"


@pytest.mark.parametrize(("host", "kind"), [("chula.ac.th", "same_email_domain"), ("gmail.com", None)])
def test_mail_of_one_employer(application: Application, reviewer: User, host: str, kind: str | None) -> None:
    for name, user in (("a", reviewer), ("b", application.person.user)):
        User.objects.filter(pk=user.pk).update(email=f"{name}@{host.capitalize()}")

    assert kind_of(application, reviewer) == kind


def test_the_same_district_by_person_or_by_answer(
    application: Application, intake: Intake, reviewer: User, chiang_mai: Subdivision
) -> None:
    PersonFactory(user=reviewer, subdivision=chiang_mai)
    answered(application, {"home": {"country": "TH", "subdivision": "TH-50", "settlement": "Mae Rim"}})
    neighbour = eligible(intake, person=PersonFactory(subdivision=chiang_mai))
    elsewhere = eligible(intake)
    answered(elsewhere, {"home": {"country": "TH", "subdivision": "TH-10"}})

    kinds = [kind_of(each, reviewer) for each in (application, neighbour, elsewhere)]
    assert kinds == ["same_district", "same_district", None]


def test_a_district_told_of_beforehand(
    application: Application, reviewer: User, chiang_mai: Subdivision
) -> None:
    answered(application, {"home": {"country": "TH", "subdivision": "TH-50"}})

    told(reviewer, "subdivision", "chiang MAI")

    assert kind_of(application, reviewer) == "same_district"


@pytest.mark.parametrize("tie", ["Kid@School.example", "school.example", "@school.example"])
def test_an_address_told_of_beforehand(application: Application, reviewer: User, tie: str) -> None:
    User.objects.filter(pk=application.person.user_id).update(email="kid@school.example")

    told(reviewer, "email", tie)

    assert kind_of(application, reviewer) == "known_tie"


def test_a_referees_address_told_of_beforehand(application: Application, reviewer: User) -> None:
    ReferenceFactory(application=application, email="dean@school.example")

    told(reviewer, "email", "dean@school.example")

    assert kind_of(application, reviewer) == "known_tie"


@pytest.mark.parametrize(
    ("answers", "tie", "is_tied"),
    [
        ({"current-employer": "The MIT Media Lab, Boston"}, "MIT media", True),
        ({"current-employer": "Smith and sons"}, "MIT", False),
        ({"current-employer": "ภาควิชาฟิสิกส์มหาวิทยาลัยเชียงใหม่"}, "มหาวิทยาลัยเชียงใหม่", True),
        ({"school": "cu"}, "chulalongkorn university", True),
        ({"jobs": [{"employer": "Farm"}, {"employer": "Mekong Trust"}]}, "mekong trust", True),
        ({"essay": "I once visited the Mekong Trust"}, "mekong trust", False),
    ],
)
def test_an_organisation_told_of_beforehand(
    application: Application, reviewer: User, answers: dict, tie: str, is_tied: bool
) -> None:
    answered(application, answers)

    told(reviewer, "organisation", tie)

    assert kind_of(application, reviewer) == ("known_tie" if is_tied else None)


@pytest.mark.parametrize("is_pupil", [True, False])
def test_who_trained_whom(application: Application, reviewer: User, is_pupil: bool) -> None:
    mine = TrainerFactory(person=PersonFactory(user=reviewer), status="certified")
    theirs = TrainerFactory(person=application.person)
    pair = {"trainer": mine, "trainee": theirs} if is_pupil else {"trainer": theirs, "trainee": mine}
    TrainerLink.objects.create(**pair)

    assert kind_of(application, reviewer) == "trainer"


def test_who_teaches_an_intake_the_applicant_took_part_in(application: Application, reviewer: User) -> None:
    trainer = TrainerFactory(person=PersonFactory(user=reviewer), status="certified")
    enrolment = EnrolmentFactory(person=application.person)
    IntakeTrainer.objects.create(intake=enrolment.intake, trainer=trainer)

    assert kind_of(application, reviewer) == "trainer"


def test_what_was_recorded_before_stays(application: Application, reviewer: User) -> None:
    Conflict.objects.create(application=application, reviewer=reviewer, kind=ConflictKind.DECLARED)

    assert kind_of(application, reviewer) == "declared"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "gmail.com"),
        ("email", "no address"),
        ("organisation", "AB"),
        ("subdivision", "Atlantis"),
    ],
)
def test_ties_that_say_nothing_are_refused(
    reviewer: User, chiang_mai: Subdivision, kind: str, value: str
) -> None:
    with pytest.raises(Invalid) as refused:
        told(reviewer, kind, value)

    assert "value" in refused.value.fields


def test_a_tie_twice_is_once_and_can_be_taken_back(application: Application, reviewer: User) -> None:
    User.objects.filter(pk=application.person.user_id).update(email="kid@school.example")
    for _time in range(2):
        told(reviewer, "email", "school.example")

    take_back_tie(tie=KnownTie.objects.get(), actor=SYSTEM)

    assert kind_of(application, reviewer) is None


@pytest.mark.parametrize(
    ("key", "is_one"),
    [("employer", True), ("current_School", True), ("ngo-2", True), ("preschooler", False), ("essay", False)],
)
def test_which_questions_name_an_organisation(key: str, is_one: bool) -> None:
    assert names_an_organisation(key) is is_one


def test_names_of_nothing_find_nothing() -> None:
    assert not NamedOrganisations([(1, "  "), (2, "!!!")]).told_by("anything !!! at all")


@pytest.mark.parametrize("rows", [1, 4])
def test_the_statements_do_not_grow(rows: int, intake: Intake, staff: Staff, chiang_mai: Subdivision) -> None:
    reviewers = [staff(Role.REVIEWER) for _row in range(rows)]
    for reviewer in reviewers:
        PersonFactory(user=reviewer, subdivision=chiang_mai)
        told(reviewer, "organisation", "Mekong Trust")
        told(reviewer, "email", "school.example")
    for _row in range(rows):
        answered(eligible(intake), {"home": {"subdivision": "TH-50"}, "current-employer": "Mekong Trust"})

    with CaptureQueriesContext(connection) as queries:
        found = conflicts_for(intake, [each.pk for each in reviewers])

    assert len(found) == rows * rows
    assert len(queries) == 15


class TestNoTiedPairIsEverAssigned(TestCase):
    """A graph of relations, drawn: whoever is related to an applicant never reads them, others may."""

    RELATIONS = ("referee", "colleague", "domain", "district", "employer", "trainer", "told", "declared")
    graphs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(RELATIONS)), max_size=8)

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(graphs)
    def test_in_any_graph(self, graph: list[tuple[int, int, str]]) -> None:
        home = OrganisationFactory()
        intake = IntakeFactory(program=ProgramFactory(organisation=home))
        reviewers = [MembershipFactory(role=Role.REVIEWER, organisation=home).user for _each in range(4)]
        country = Country.objects.create(code="TH", iso3="THA", name="Thailand", time_zone="Asia/Bangkok")
        applications = [somebody(intake, country, number) for number in range(4)]
        for application, reviewer, relation in graph:
            relate(applications[application], reviewers[reviewer], relation)
        set_reviewers(intake=intake, limits=dict.fromkeys(reviewers, 9), actor=SYSTEM)

        assign_reviewers(intake=intake, each=4, actor=SYSTEM)

        assigned = set(ReviewAssignment.objects.values_list("application_id", "reviewer_id"))
        related = {(applications[one].pk, reviewers[other].pk) for one, other, _how in graph}
        assert not assigned & related
        assert len(assigned) == 16 - len(related)


def somebody(intake: Intake, country: Country, number: int) -> Application:
    """With an address, a district and an employer that nobody else has."""
    place = Subdivision.objects.create(code=f"TH-{number}", country=country, name=f"Province {number}")
    user = UserFactory(email=f"applicant@employer{number}.example")
    application = eligible(intake, person=PersonFactory(user=user))
    answered(application, {"home": {"subdivision": place.code}, "current-employer": f"Employer {number}"})
    return application


def relate(application: Application, reviewer: User, relation: str) -> None:
    applicant = application.person
    number = applicant.user.email.partition("@employer")[2].partition(".")[0]
    if relation == "referee":
        if not application.references.filter(email=reviewer.email).exists():
            ReferenceFactory(application=application, email=reviewer.email)
    elif relation == "colleague":
        there = OrganisationFactory()
        for user in (reviewer, applicant.user):
            MembershipFactory(user=user, organisation=there)
    elif relation == "trainer":
        own = PersonFactory(user=reviewer) if not hasattr(reviewer, "person") else reviewer.person
        TrainerLink.objects.create(
            trainer=TrainerFactory(person=own), trainee=TrainerFactory(person=applicant)
        )
    elif relation == "declared":
        Conflict.objects.get_or_create(application=application, reviewer=reviewer, kind="declared")
    else:
        ties = {
            "domain": ("email", f"employer{number}.example"),
            "told": ("email", applicant.user.email),
            "district": ("subdivision", f"TH-{number}"),
            "employer": ("organisation", f"Employer {number}"),
        }
        told(reviewer, *ties[relation])
