"""A list asks the database as often for three rows as for one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.applications.events import ApplicationFoundIneligible, DraftStarted
from apps.applications.models import GuardianConfirmation
from apps.core.actors import SYSTEM
from apps.enrolments.services import plan_support
from apps.events.services import publish
from apps.notifications.enums import Channel
from apps.people.services import publish_text, save_needs
from apps.programs.models import Enquiry, Outage
from apps.selection.models import Decision, HumanLook
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.enrolments import EnrolmentFactory
from tests.factories.notifications import MessageFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db


def waiting_in(home: Organisation, user: User) -> None:
    intake = IntakeFactory(
        program=ProgramFactory(organisation=home), closes_at=datetime.now(UTC) + timedelta(days=3)
    )
    ApplicationFactory(intake=intake, status="eligible")


def intake_of(home: Organisation, user: User) -> None:
    IntakeFactory(program=ProgramFactory(organisation=home))


def application_of(home: Organisation, user: User) -> None:
    person = user.person if hasattr(user, "person") else PersonFactory(user=user)
    ApplicationFactory(person=person, intake=IntakeFactory(program=ProgramFactory(organisation=home)))


def enrolment_at(home: Organisation, user: User) -> None:
    EnrolmentFactory(intake=IntakeFactory(program=ProgramFactory(organisation=home)))


def message_to(home: Organisation, user: User) -> None:
    MessageFactory(recipient=user, channel=Channel.IN_APP, intake=IntakeFactory(), status="sent")


def message_about(home: Organisation, user: User) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=home))
    MessageFactory(intake=intake, application=ApplicationFactory(intake=intake))


def member(home: Organisation, user: User) -> None:
    MembershipFactory(organisation=home, role=Role.REVIEWER)


def organisation(home: Organisation, user: User) -> None:
    OrganisationFactory()


def event(home: Organisation, user: User) -> None:
    publish(DraftStarted(application_id=ApplicationFactory().pk), actor=SYSTEM)


def enquiry_about(home: Organisation, user: User) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=home))
    Enquiry.objects.create(intake=intake, email="a@example.org", question="May I?")


def outage_in(home: Organisation, user: User) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=home))
    Outage.objects.create(
        organisation=home,
        country=CountryFactory(),
        intake=intake,
        starts_at=intake.opens_at,
        ends_at=intake.closes_at,
    )


def support_asked(home: Organisation, user: User) -> None:
    enrolment = EnrolmentFactory(intake=IntakeFactory(program=ProgramFactory(organisation=home)))
    save_needs(person=enrolment.person, needs={"captions": ""}, language="en", actor=SYSTEM)
    plan_support(enrolment=enrolment, actor=SYSTEM)


def paper_to_record(home: Organisation, user: User) -> None:
    draft = ApplicationFactory(
        status="draft", intake=IntakeFactory(program=ProgramFactory(organisation=home))
    )
    GuardianConfirmation.objects.create(application=draft, way="paper", name="Mali", relation="mother")


def look_asked(home: Organisation, user: User) -> None:
    now = datetime.now(UTC)
    intake = IntakeFactory(program=ProgramFactory(organisation=home))
    decision = Decision.objects.create(
        application=ApplicationFactory(intake=intake, status="decided", outcome="offer", decided_at=now),
        outcome="offer",
        status="released",
        released_at=now,
        decided_by=MembershipFactory(organisation=home, role=Role.COORDINATOR).user,
    )
    asked = {"words": "Look", "asked_at": now, "due_at": now + timedelta(days=14)}
    HumanLook.objects.create(application=decision.application, decision=decision, **asked)
    refused = ApplicationFactory(intake=intake, status="ineligible")
    found = publish(ApplicationFoundIneligible(application_id=refused.pk, unmet=[]), actor=SYSTEM)
    HumanLook.objects.create(application=refused, finding=found, **asked)


def wording(home: Organisation, user: User) -> None:
    publish_text(purpose="contact", country=None, language="en", title="Tell me", text="More.", actor=SYSTEM)


LISTS: list[tuple[str, Role | None, Callable[[Organisation, User], None]]] = [
    ("portal:home", None, intake_of),
    ("programs:catalogue", None, intake_of),
    ("portal:my-applications", None, application_of),
    ("notifications:message-list", None, message_to),
    ("programs:program-list", Role.COORDINATOR, intake_of),
    ("programs:enquiries", Role.COORDINATOR, enquiry_about),
    ("programs:outages", Role.COORDINATOR, outage_in),
    ("portal:today", Role.COORDINATOR, waiting_in),
    ("selection:look-list", Role.COORDINATOR, look_asked),
    ("enrolments:intake-list", Role.COORDINATOR, enrolment_at),
    ("notifications:delivery-log", Role.COORDINATOR, message_about),
    ("enrolments:support-list", Role.LOGISTICS, support_asked),
    ("applications:guardian-papers", Role.COORDINATOR, paper_to_record),
    ("people:consent-texts", Role.ADMINISTRATOR, wording),
    ("accounts:person-list", Role.ADMINISTRATOR, member),
    ("accounts:organisation-list", Role.ADMINISTRATOR, organisation),
    ("accounts:audit-list", Role.ADMINISTRATOR, event),
]


@pytest.mark.parametrize(("name", "role", "make"), LISTS, ids=[name for name, _role, _make in LISTS])
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(
    name: str,
    role: Role | None,
    make: Callable[[Organisation, User], None],
    organisation: Organisation,
    applicant: User,
    staff: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:
    user = staff(role) if role else applicant
    client = signed_in(user)
    counts, sizes = [], []
    for rows in (1, 2):
        for _row in range(rows):
            make(organisation, user)
        client.get(reverse(name))  # what is kept between requests is kept now
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse(name))
        assert answer.status_code == 200
        counts.append(len(asked))
        sizes.append(len(answer.content))

    assert counts[0] == counts[1]
    assert sizes[0] < sizes[1], "the rows are not on this page: it proves nothing"
