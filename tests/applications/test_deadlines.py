"""Until when: decided by the server's clock, the same for sending, ending and showing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Organisation, User
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application, DeadlineExtension, DeadlineReminder
from apps.applications.services import (
    expire_drafts,
    extend_deadline,
    remind_of_deadlines,
    submit_application,
)
from apps.core.actors import SYSTEM, Actor
from apps.core.errors import Conflict, Invalid
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.notifications.conditions import no_longer_true
from apps.notifications.models import Message
from apps.programs.models import Intake, Outage
from apps.programs.services.outages import declare_outage
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, FormVersionFactory, SectionAnswersFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db
SECOND, MINUTE, HOUR, DAY = (timedelta(**{name: 1}) for name in ("seconds", "minutes", "hours", "days"))
CLOSES = datetime(2026, 11, 27, 16, 59, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
#: Closing times on the wall of eleven zones, the days on which clocks change in the United States too.
WALLS = {
    "Yangon": datetime(2026, 11, 27, 23, 59, tzinfo=ZoneInfo("Asia/Yangon")),
    "Bangkok": datetime(2026, 11, 27, 23, 59, tzinfo=ZoneInfo("Asia/Bangkok")),
    "Jakarta": datetime(2026, 11, 27, 23, 59, tzinfo=ZoneInfo("Asia/Jakarta")),
    "Makassar": datetime(2026, 11, 27, 23, 59, tzinfo=ZoneInfo("Asia/Makassar")),
    "Jayapura": datetime(2026, 11, 27, 23, 59, tzinfo=ZoneInfo("Asia/Jayapura")),
    "Manila": datetime(2026, 11, 28, 0, 0, tzinfo=ZoneInfo("Asia/Manila")),
    "Dili": datetime(2026, 11, 27, 17, 0, tzinfo=ZoneInfo("Asia/Dili")),
    "Los Angeles": datetime(2026, 11, 27, 23, 59, tzinfo=ZoneInfo("America/Los_Angeles")),
    "Honolulu": datetime(2026, 11, 27, 23, 59, tzinfo=ZoneInfo("Pacific/Honolulu")),
    "New York, the hour that is skipped": datetime(2026, 3, 8, 3, 0, tzinfo=NEW_YORK),
    "New York, the first 1:30": datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK),
    "New York, the second 1:30": datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK),
}


@pytest.fixture
def home(organisation: Organisation) -> Intake:
    """An intake of the coordinator's organisation that closes at CLOSES, with a day of grace."""
    return intake_closing(CLOSES, organisation)


def intake_closing(closes: datetime, organisation: Organisation) -> Intake:
    return IntakeFactory(
        program=ProgramFactory(organisation=organisation),
        opens_at=closes - 30 * DAY,
        closes_at=closes,
        grace_minutes=24 * 60,
    )


def draft_of(intake: Intake, *, saved: datetime, country: str = "", **values: object) -> Application:
    """Begun ten days before the end, with a form that asks nothing, first saved at `saved`."""
    with time_machine.travel(intake.closes_at - 10 * DAY, tick=False):
        person = PersonFactory(country=CountryFactory(code=country) if country else None)
        return ApplicationFactory(
            intake=intake,
            form_version=FormVersionFactory(intake=intake, number=Application.objects.count() + 1),
            **{"person": person, "status": "draft", "saved_at": saved, **values},
        )


def sent_at(draft: Application, moment: datetime) -> bool:
    with time_machine.travel(moment, tick=False):
        try:
            submit_application(application=draft, submission_key=uuid4(), actor=SYSTEM)
        except Conflict:
            return False
        return True


@pytest.mark.parametrize("wall", WALLS.values(), ids=WALLS)
@pytest.mark.parametrize(
    ("after", "in_time", "late"),
    [
        (-SECOND, True, True),
        (0 * SECOND, True, True),
        (SECOND, True, False),
        (DAY, True, False),
        (DAY + SECOND, False, False),
    ],
    ids=["T-1s", "T", "T+1s", "T+grace", "T+grace+1s"],
)
def test_sending_and_ending_agree_to_the_second_in_every_zone(
    wall: datetime, after: timedelta, in_time: bool, late: bool, organisation: Organisation
) -> None:
    intake = intake_closing(wall.astimezone(UTC), organisation)
    moment = intake.closes_at + after
    saved = draft_of(intake, saved=intake.closes_at - MINUTE)
    unsaved = draft_of(intake, saved=intake.closes_at + SECOND)

    ended = expire_drafts(now=moment)

    assert ended == [in_time, late].count(False)
    assert (sent_at(saved, moment), sent_at(unsaved, moment)) == (in_time, late)


def test_what_is_saved_after_the_deadline_takes_no_grace_away(home: Intake) -> None:
    draft = draft_of(home, saved=CLOSES + HOUR)
    with time_machine.travel(CLOSES - MINUTE, tick=False):
        SectionAnswersFactory(application=draft, is_complete=True)

    assert sent_at(draft, CLOSES + 2 * HOUR)


def test_the_moment_of_asking_decides_and_is_kept(home: Intake) -> None:
    draft = draft_of(home, saved=CLOSES - MINUTE)

    assert sent_at(draft, CLOSES + DAY)

    draft.refresh_from_db()
    assert draft.submitted_at == CLOSES + DAY


@pytest.mark.parametrize("how", ["reference", "e-mail", "sloppy"])
def test_a_coordinator_gives_one_person_more_time(how: str, home: Intake, actor: Actor) -> None:
    draft = draft_of(home, saved=CLOSES + SECOND)
    words = {
        "reference": draft.reference,
        "e-mail": draft.person.user.email.upper(),
        "sloppy": f" {draft.reference.lower()} ",
    }

    with time_machine.travel(CLOSES + 2 * DAY, tick=False):
        given = extend_deadline(
            intake=home, who=words[how], until=CLOSES + 5 * DAY, reason="The bus broke.", actor=actor
        )

    assert given
    record = EventRecord.objects.get(name="DeadlineExtended")
    assert (record.subject_id, record.actor_user_id) == (draft.pk, actor.user_id)
    assert expire_drafts(now=CLOSES + 5 * DAY) == 0
    assert expire_drafts(now=CLOSES + 5 * DAY + SECOND) == 1
    run_due_deliveries()
    mail = Message.objects.filter(template="deadline-extended", channel="email").get()
    assert "The bus broke." in mail.body
    assert "2 December 2026, 11:59 p.m. (Bangkok time)" in mail.body


def test_more_time_opens_a_draft_again_that_time_had_ended(home: Intake, actor: Actor) -> None:
    draft = draft_of(home, saved=CLOSES + SECOND)
    expire_drafts(now=CLOSES + DAY)

    with time_machine.travel(CLOSES + 2 * DAY, tick=False):
        extend_deadline(intake=home, who=draft.reference, until=CLOSES + 3 * DAY, reason="Ill.", actor=actor)

    draft.refresh_from_db()
    assert draft.status == ApplicationStatus.DRAFT
    assert EventRecord.objects.filter(name="ApplicationReopened", subject_id=draft.pk).exists()


def test_a_draft_that_went_into_another_stays_ended(home: Intake, actor: Actor) -> None:
    merged = draft_of(home, saved=CLOSES, status="expired", person=None)

    with time_machine.travel(CLOSES, tick=False):
        assert not extend_deadline(
            intake=home, who=merged.reference, until=CLOSES + DAY, reason="Ill.", actor=actor
        )


def test_an_application_that_was_sent_or_belongs_elsewhere_is_not_touched(home: Intake, actor: Actor) -> None:
    sent = ApplicationFactory(intake=home)
    elsewhere = draft_of(intake_closing(CLOSES, home.program.organisation), saved=CLOSES)

    with time_machine.travel(CLOSES, tick=False):
        for who in (sent.reference, sent.person.user.email, elsewhere.reference, "AP-0000-0000"):
            assert not extend_deadline(intake=home, who=who, until=CLOSES + DAY, reason="Ill.", actor=actor)

    assert not DeadlineExtension.objects.exists()


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        (CLOSES, "Ill.", "until"),
        (CLOSES + 91 * DAY, "Ill.", "until"),
        (CLOSES + DAY, " ", "reason"),
    ],
)
def test_an_extension_needs_a_time_to_come_and_a_reason(
    until: datetime, reason: str, field: str, home: Intake, actor: Actor
) -> None:
    with time_machine.travel(CLOSES, tick=False), pytest.raises(Invalid) as refused:
        extend_deadline(intake=home, who="x", until=until, reason=reason, actor=actor)

    assert list(refused.value.fields) == [field]


def test_the_page_says_the_same_whether_or_not_there_is_a_draft(
    as_coordinator: Client, organisation: Organisation
) -> None:
    intake = IntakeFactory(program=ProgramFactory(organisation=organisation))
    draft = ApplicationFactory(intake=intake, status="draft")
    address = reverse("applications:deadline-extend", args=[intake.public_id])
    until = f"{datetime.now(UTC) + 40 * DAY:%Y-%m-%dT%H:%M}"

    pages = []
    for who in (draft.reference, "AP-0000-0000"):
        answer = as_coordinator.post(address, {"who": who, "until": until, "reason": "Ill."}, follow=True)
        pages.append(answer.content.decode().partition("<main")[2].partition("<form")[0])
        bad = as_coordinator.post(address, {"who": who, "until": "soon", "reason": "Kept."})
        assert bad.status_code == 422
        assert "Kept." in bad.content.decode()

    assert pages[0] == pages[1]
    assert draft.extensions.count() == 1


def without_internet(intake: Intake, actor: Actor, *, every: bool = True) -> Outage:
    """Myanmar, from a day before the deadline to the deadline: a day to give back."""
    return declare_outage(
        organisation=intake.program.organisation,
        country=CountryFactory(code="MM"),
        intake=None if every else intake,
        starts_at=CLOSES - DAY,
        ends_at=CLOSES,
        actor=actor,
    )


@pytest.mark.parametrize("every", [True, False])
def test_an_outage_gives_the_people_of_that_country_their_time_back(
    every: bool, home: Intake, actor: Actor
) -> None:
    there = draft_of(home, saved=CLOSES + DAY + SECOND, country="MM")
    says_so = draft_of(home, saved=CLOSES + DAY + SECOND)
    with time_machine.travel(CLOSES + DAY + SECOND, tick=False):
        SectionAnswersFactory(application=says_so, answers={"country": "MM"}, is_complete=True)
    elsewhere = draft_of(home, saved=CLOSES + SECOND, country="TH")

    with time_machine.travel(CLOSES + HOUR, tick=False):
        without_internet(home, actor, every=every)

    late = CLOSES + DAY
    assert [sent_at(each, late) for each in (there, says_so, elsewhere)] == [True, True, False]


def test_an_outage_declared_too_late_opens_again_what_had_ended_and_tells_people(
    home: Intake, actor: Actor
) -> None:
    there, elsewhere = (draft_of(home, saved=CLOSES + SECOND, country=code) for code in ("MM", "TH"))
    assert expire_drafts(now=CLOSES + HOUR) == 2

    with time_machine.travel(CLOSES + 2 * HOUR, tick=False):
        without_internet(home, actor)
        Message.objects.all().delete()
        run_due_deliveries()
        run_due_deliveries()

    there.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (there.status, elsewhere.status) == (ApplicationStatus.DRAFT, ApplicationStatus.EXPIRED)
    mail = Message.objects.get(template="deadline-extended", channel="email")
    assert mail.recipient == there.person.user
    assert "without internet" in mail.body


def test_an_outage_of_another_organisation_or_intake_changes_nothing(home: Intake, actor: Actor) -> None:
    there = draft_of(home, saved=CLOSES + SECOND, country="MM")
    sister = intake_closing(CLOSES, home.program.organisation)

    with time_machine.travel(CLOSES, tick=False):
        without_internet(IntakeFactory(), actor)
        without_internet(sister, actor, every=False)

    assert not sent_at(there, CLOSES + HOUR)


@pytest.mark.parametrize(
    ("starts", "ends"), [(CLOSES, CLOSES), (CLOSES - 31 * DAY, CLOSES), (CLOSES, CLOSES + 9 * DAY)]
)
def test_an_outage_has_a_length_people_mean(
    starts: datetime, ends: datetime, home: Intake, actor: Actor
) -> None:
    with time_machine.travel(CLOSES, tick=False), pytest.raises(Invalid) as refused:
        declare_outage(
            organisation=home.program.organisation,
            country=CountryFactory(),
            intake=None,
            starts_at=starts,
            ends_at=ends,
            actor=actor,
        )

    assert list(refused.value.fields) == ["ends_at"]


def test_one_outage_is_declared_once(home: Intake, actor: Actor) -> None:
    with time_machine.travel(CLOSES, tick=False):
        without_internet(home, actor)
        with pytest.raises(Conflict):
            without_internet(home, actor)


def test_a_coordinator_declares_an_outage_in_the_browser(
    as_coordinator: Client, home: Intake, organisation: Organisation
) -> None:
    CountryFactory(code="MM")
    typed = {
        "organisation": organisation.pk,
        "country": "MM",
        "intake": "",
        "time_zone": "Asia/Yangon",
        "starts_at": "2026-11-26T06:00",
        "ends_at": "2026-11-27T06:00",
    }
    address = reverse("programs:outages")

    with time_machine.travel(CLOSES, tick=False):
        wrong = as_coordinator.post(address, {**typed, "ends_at": "2026-11-26T05:00"})
        page = as_coordinator.post(address, typed, follow=True).content.decode()

    assert wrong.status_code == 422
    assert "It must end after it began." in wrong.content.decode()
    assert "Every intake that was open then" in page
    assert Outage.objects.get().starts_at == datetime(2026, 11, 25, 23, 30, tzinfo=UTC)


def mine(signed_in: Callable[[User], Client], draft: Application, name: str = "task-list") -> str:
    client = signed_in(draft.person.user)
    return client.get(reverse(f"applications:{name}", args=[draft.public_id])).content.decode()


@pytest.mark.parametrize("name", ["task-list", "check"])
def test_the_pages_say_until_when_in_the_persons_own_zone(
    name: str, home: Intake, signed_in: Callable[[User], Client]
) -> None:
    person = PersonFactory(user=UserFactory(time_zone="Asia/Yangon"))
    draft = draft_of(home, saved=CLOSES - 5 * DAY, person=person)

    with time_machine.travel(CLOSES - 4 * DAY, tick=False):
        page = mine(signed_in, draft, name)

    assert "Send it before Friday 27 November 2026, 11:29 p.m. (Yangon time)." in page
    assert "That is in 4 days." in page


def test_the_pages_say_that_and_why_somebody_has_longer(
    home: Intake, actor: Actor, signed_in: Callable[[User], Client]
) -> None:
    dark = draft_of(home, saved=CLOSES - 5 * DAY, country="MM")
    ill = draft_of(home, saved=CLOSES - 5 * DAY)

    with time_machine.travel(CLOSES - HOUR, tick=False):
        without_internet(home, actor)
        extend_deadline(
            intake=home, who=ill.reference, until=CLOSES + 3 * DAY, reason="You were ill.", actor=actor
        )
        pages = [mine(signed_in, each) for each in (dark, ill)]

    assert "because your country was without internet" in pages[0]
    assert "28 November 2026" in pages[0]
    assert "because we gave you more time:" in pages[1]
    assert "You were ill." in pages[1]


def test_in_the_grace_the_page_says_what_is_still_possible_and_afterwards_that_it_is_over(
    home: Intake, signed_in: Callable[[User], Client]
) -> None:
    saved, late = (draft_of(home, saved=moment) for moment in (CLOSES, CLOSES + SECOND))

    with time_machine.travel(CLOSES + HOUR, tick=False):
        pages = [mine(signed_in, each) for each in (saved, late)]

    assert "you can still send it until Saturday 28 November 2026" in pages[0]
    assert "Your answers are still here" in pages[1]


def reminders() -> list[str]:
    return list(DeadlineReminder.objects.order_by("pk").values_list("reminder", flat=True))


def test_a_reminder_comes_three_days_and_one_day_before_each_once(home: Intake) -> None:
    draft = draft_of(home, saved=CLOSES - 5 * DAY)

    sent = [
        remind_of_deadlines(now=CLOSES - before)
        for before in (3 * DAY + SECOND, 3 * DAY, 2 * DAY, DAY, HOUR, -HOUR)
    ]

    assert sent == [0, 1, 0, 1, 0, 0]
    assert reminders() == ["three_days", "one_day"]
    with time_machine.travel(CLOSES - HOUR, tick=False):
        run_due_deliveries()
    first = Message.objects.filter(template="draft-due-soon", channel="email").order_by("pk").first()
    assert first.recipient == draft.person.user
    assert "Send it before Friday 27 November 2026, 11:59 p.m. (Bangkok time)." in first.body


def test_who_sent_or_withdrew_or_has_no_account_is_not_reminded(home: Intake) -> None:
    ApplicationFactory(intake=home)
    draft_of(home, saved=CLOSES - 5 * DAY, status="withdrawn", withdrawn_at=CLOSES)
    draft_of(home, saved=CLOSES - 5 * DAY, person=None)

    assert remind_of_deadlines(now=CLOSES - DAY) == 0


def test_a_reminder_follows_the_persons_own_deadline(home: Intake, actor: Actor) -> None:
    draft = draft_of(home, saved=CLOSES - 5 * DAY)
    with time_machine.travel(CLOSES - 4 * DAY, tick=False):
        extend_deadline(intake=home, who=draft.reference, until=CLOSES + 5 * DAY, reason="Ill.", actor=actor)

    assert remind_of_deadlines(now=CLOSES - HOUR) == 0
    assert remind_of_deadlines(now=CLOSES + 3 * DAY) == 1


@pytest.mark.parametrize("what", ["nothing", "sent", "extended", "over"])
def test_a_reminder_is_true_when_it_leaves_or_does_not_leave(what: str, home: Intake, actor: Actor) -> None:
    draft = draft_of(home, saved=CLOSES - 5 * DAY)
    remind_of_deadlines(now=CLOSES - DAY)
    with time_machine.travel(CLOSES - DAY, tick=False):
        run_due_deliveries()
        if what == "extended":
            extend_deadline(intake=home, who=draft.reference, until=CLOSES + DAY, reason="Ill.", actor=actor)
    if what == "sent":
        assert sent_at(draft, CLOSES - HOUR)

    with time_machine.travel(CLOSES + DAY if what == "over" else CLOSES - HOUR, tick=False):
        stale = no_longer_true(Message.objects.filter(template="draft-due-soon", channel="email"))

    assert len(stale) == (0 if what == "nothing" else 1)
