"""Two at once about help and about more information: one wins, the other is told, nothing is torn."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.enums import ApplicationStatus, InformationStatus
from apps.applications.models import Application, Assistance, FormVersion, InformationRequest, SectionAnswers
from apps.applications.services import (
    ask_for_information,
    close_information,
    confirm_by_code,
    save_section,
    send_information,
    submit_application,
    take_over,
)
from apps.applications.services.confirming import MOST_TRIES
from apps.core.actors import user_actor
from apps.core.errors import Conflict, DomainError, Invalid
from apps.events.models import EventRecord
from apps.programs.models import Intake
from tests.applications.test_helping import ABOUT, ask, begin, confirm, fill, typing
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.applications import ApplicationFactory, SectionAnswersFactory
from tests.racing import race, rounds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def helper(db: None) -> User:
    return MembershipFactory(role=Role.HELPER, organisation=OrganisationFactory(kind="helps")).user


def sent_one(intake: Intake, form_version: FormVersion) -> Application:
    found = ApplicationFactory(intake=intake, form_version=form_version, status="in_review")
    SectionAnswersFactory(application=found, section="about-you", answers=ABOUT, is_complete=True)
    return found


def ask_more(application: Application, user: User) -> InformationRequest:
    return ask_for_information(
        application=application,
        sections=["about-you"],
        asks_eligibility=False,
        wanted="More.",
        due_at=datetime.now(UTC) + timedelta(days=3),
        actor=user_actor(user),
    )


def test_of_rival_coordinators_one_asks(intake: Intake, form_version: FormVersion) -> None:
    user = UserFactory()

    for application, results in rounds(
        lambda: sent_one(intake, form_version), lambda _number, found: ask_more(found, user)
    ):
        assert [type(each) for each in results].count(InformationRequest) == 1
        assert {type(each) for each in results} <= {InformationRequest, Conflict}
        assert application.requests.count() == 1


def test_sending_and_closing_at_once_is_one_of_them(intake: Intake, form_version: FormVersion) -> None:
    user = UserFactory()

    def prepare() -> InformationRequest:
        asked = ask_more(sent_one(intake, form_version), user)
        row = asked.application.sections.get()
        save_section(
            application=asked.application,
            section="about-you",
            answers={**ABOUT, "full-name": "New"},
            is_complete=True,
            version=row.version,
            actor=user_actor(asked.application.person.user),
        )
        return asked

    def rival(number: int, asked: InformationRequest) -> object:
        if number % 2:
            mine = InformationRequest.objects.select_related("application").get(pk=asked.pk)
            return close_information(request=mine, actor=user_actor(user))
        own = user_actor(asked.application.person.user)
        return send_information(application=asked.application, sending_key=uuid4(), actor=own)

    for asked, _results in rounds(prepare, rival):
        asked.refresh_from_db()
        name = SectionAnswers.objects.get(application=asked.application_id).answers["full-name"]
        names = {InformationStatus.ANSWERED: "New", InformationStatus.CLOSED: ABOUT["full-name"]}
        assert name == names[asked.status]
        assert Application.objects.get(pk=asked.application_id).status == ApplicationStatus.IN_REVIEW
        ends = EventRecord.objects.filter(
            subject_id=asked.application_id, name__in=["InformationAdded", "InformationClosed"]
        )
        assert ends.count() == 1


def test_a_helper_saves_before_the_hand_over_or_not_at_all(
    intake: Intake, form_version: FormVersion, helper: User
) -> None:
    helped = begin(helper, intake)
    owner = UserFactory(email="sok@example.org")

    def save() -> SectionAnswers:
        return save_section(
            application=helped,
            section="about-you",
            answers=ABOUT,
            is_complete=True,
            version=0,
            actor=typing(helper, helped),
        )

    saved, _taken = race(save, lambda: take_over(application=helped, user=owner, actor=user_actor(owner)))

    over = Assistance.objects.get().ended_at
    rows = SectionAnswers.objects.filter(application=helped)
    if isinstance(saved, Conflict):
        assert not rows.exists()
    else:
        assert rows.get().created_at < over
    with pytest.raises(Conflict):
        save()


def test_rival_clicks_begin_one_application(intake: Intake, form_version: FormVersion, helper: User) -> None:
    key = uuid4()

    results = race(*[lambda: begin(helper, intake, start_key=key)] * 4)

    assert {result.pk for result in results} == {Application.objects.get().pk}


def test_rival_guesses_have_five_tries_together(
    intake: Intake, form_version: FormVersion, helper: User
) -> None:
    helped = begin(helper, intake)
    fill(helped, typing(helper, helped))
    code = ask(helped, helper)
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    race(*[lambda: confirm(helped, helper, wrong)] * 8)

    assert helped.codes.get().tries == MOST_TRIES
    with pytest.raises(Invalid):
        confirm_by_code(application=helped, code=code, actor=typing(helper, helped))


def test_an_answer_changed_while_it_is_sent_is_confirmed_or_not_sent(
    intake: Intake, form_version: FormVersion, helper: User
) -> None:
    helped = begin(helper, intake)
    actor = typing(helper, helped)
    fill(helped, actor)
    confirm(helped, helper, ask(helped, helper))

    def change() -> object:
        return save_section(
            application=helped,
            section="plans",
            answers={"why": "Not confirmed."},
            is_complete=True,
            version=1,
            actor=actor,
        )

    sent, changed = race(
        lambda: submit_application(application=helped, submission_key=uuid4(), actor=actor), change
    )

    helped.refresh_from_db()
    assert isinstance(sent, DomainError) != isinstance(changed, DomainError)
    assert (helped.submitted_at is None) == isinstance(sent, DomainError)
