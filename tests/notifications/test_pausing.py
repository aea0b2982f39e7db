"""A pause in the middle of a release: what has not left waits, and nothing is lost or told twice."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.roles import viewer_for
from apps.core.actors import SYSTEM, Actor
from apps.core.errors import Invalid
from apps.events.models import EventRecord
from apps.notifications.enums import Channel, MessageStatus
from apps.notifications.models import BatchPause, Message
from apps.notifications.selectors import inbox
from apps.notifications.services.drain import drain
from apps.notifications.services.managing import pause_batch, pause_sending, resume_batch, resume_sending
from apps.notifications.services.writing import tell
from apps.programs.models import Intake
from apps.selection.models import Decision, ReleaseBatch
from apps.selection.services import prepare_batch, release_batch
from tests.factories.accounts import UserFactory
from tests.factories.bulk import applications_for
from tests.factories.notifications import MessageFactory
from tests.factories.programs import IntakeFactory
from tests.factories.selection import DecisionFactory, ReleaseBatchFactory
from tests.notifications.house import House
from tests.notifications.test_drain import Sink
from tests.selection.seating import hear_everything

MANY = 500
OPEN = [MessageStatus.PENDING, MessageStatus.LEASED, MessageStatus.SENDING]


def run(sink: Sink) -> int:
    return drain(channel=Channel.EMAIL, transport=sink)


def mails() -> list[str]:
    return list(Message.objects.filter(channel=Channel.EMAIL).order_by("pk").values_list("status", flat=True))


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_a_pause_in_the_middle_of_500_letters_stops_real_workers_within_five_seconds(house: House) -> None:
    """Two workers send to a slow server. Five seconds after the pause the count stands still, though the
    bell is rung on and most letters are left; a letter of no release still goes out; resuming sends all.
    """
    house.sink.slow = 0.05
    house.hire()
    house.hire()
    batch = released_to(MANY)
    house.work_until(lambda: len(house.sink.taken) > MANY // 10, "starting")

    pause_batch(batch=batch, reason="Wrong template", actor=SYSTEM)
    ring_for(house, seconds=5)
    after_five = len(house.sink.taken)
    MessageFactory(address="other@example.org")
    ring_for(house, seconds=4)
    after_nine = len(house.sink.taken)

    assert after_five < MANY - 100, "the pause came in the middle"
    assert after_nine == after_five + 1, "only what the release did not tell"
    assert mails().count(MessageStatus.SENT) == after_nine
    house.sink.slow = 0.0
    resume_batch(batch=batch, actor=SYSTEM)
    house.work_until(lambda: not Message.objects.filter(status__in=OPEN).exists(), "finishing")
    assert len(house.sink.taken) == MANY + 1
    assert set(house.sink.taken.values()) == {1}
    assert Message.objects.filter(batch=batch, status=MessageStatus.SENT, channel="email").count() == MANY


def ring_for(house: House, *, seconds: float) -> None:
    for _bell in range(int(seconds / 0.2)):
        house.ring()
        time.sleep(0.2)


def released_to(people: int) -> ReleaseBatch:
    """A release to so many, with every letter written and none sent."""
    intake = IntakeFactory()
    decider, second = UserFactory(), UserFactory()
    Decision.objects.bulk_create(
        DecisionFactory.build(application=application, decided_by=decider)
        for application in applications_for(intake, people)
    )
    batch = prepare_batch(intake=intake, actor=Actor(decider.pk, "user"))
    release_batch(batch=batch, actor=Actor(second.pk, "user"))
    hear_everything()
    return batch


class PausingSink(Sink):
    """Somebody pauses after the third letter."""

    def __init__(self, batch: ReleaseBatch | None) -> None:
        super().__init__()
        self.batch = batch

    def send(self, message: Message) -> str:
        reference = super().send(message)
        if len(self.taken) == 3:
            if self.batch is None:
                pause_sending(channel=Channel.EMAIL, actor=SYSTEM)
            else:
                pause_batch(batch=self.batch, reason="Wrong template", actor=SYSTEM)
        return reference


@pytest.mark.django_db
@pytest.mark.parametrize("whole_house", [False, True])
def test_a_pause_gives_back_what_a_worker_had_begun(
    whole_house: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.notifications.services.drain.LOOK_EVERY", 0.0)
    batch = ReleaseBatchFactory()
    MessageFactory.create_batch(30, batch=batch)
    other = MessageFactory()
    sink = PausingSink(None if whole_house else batch)

    run(sink)
    run(sink)

    assert len(sink.taken) == (3 if whole_house else 4)
    assert (other.pk in sink.taken) != whole_house
    left = Message.objects.exclude(pk__in=sink.taken)
    assert set(left.values_list("status", "attempts", "leases_lost")) == {(MessageStatus.PENDING, 0, 0)}
    resume_batch(batch=batch, actor=SYSTEM)
    resume_sending(channel=Channel.EMAIL, actor=SYSTEM)
    run(sink)
    assert sorted(sink.taken) == sorted(Message.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_who_paused_when_and_why_is_kept_and_twice_is_once(intake: Intake, actor: Actor) -> None:
    batch = ReleaseBatchFactory(intake=intake)
    with pytest.raises(Invalid):
        pause_batch(batch=batch, reason=" ", actor=actor)

    pause_batch(batch=batch, reason="Wrong template", actor=actor)
    pause_batch(batch=batch, reason="Again", actor=SYSTEM)
    pause = BatchPause.objects.get()
    resume_batch(batch=batch, actor=actor)
    resume_batch(batch=batch, actor=actor)

    assert (pause.reason, pause.paused_by_id) == ("Wrong template", actor.user_id)
    names = list(EventRecord.objects.order_by("pk").values_list("name", flat=True))
    assert names == ["BatchPaused", "BatchResumed"]


@pytest.mark.django_db
def test_a_release_can_be_paused_before_it_and_nothing_shows_on_the_site_either() -> None:
    batch = released_to(1)
    pause_batch(batch=batch, reason="Look at one first", actor=SYSTEM)
    reader = Message.objects.filter(batch=batch).first().recipient
    assert reader is not None

    run(Sink())

    assert mails() == [MessageStatus.PENDING]
    assert not inbox(viewer_for(reader)).exists()
    resume_batch(batch=batch, actor=SYSTEM)
    run(Sink())
    assert mails() == [MessageStatus.SENT]
    assert inbox(viewer_for(reader)).count() == 1


@pytest.mark.django_db
def test_the_notices_of_a_release_can_wait_some_minutes_and_no_others(settings: object) -> None:
    settings.NOTICE_DELAY_MINUTES = 10  # type: ignore[attr-defined]
    reader, batch = UserFactory(), ReleaseBatchFactory()
    for number, release in enumerate([batch.pk, None]):
        tell(
            recipient=reader,
            template="enrolled",
            event_key=f"x:{number}",
            context={"intake": batch.intake},
            facts={},
            batch_id=release,
        )
    sink = Sink()

    run(sink)

    assert mails() == [MessageStatus.PENDING, MessageStatus.SENT]
    assert inbox(viewer_for(reader)).count() == 1
    Message.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    run(sink)
    assert mails() == [MessageStatus.SENT, MessageStatus.SENT]


@pytest.fixture
def intake() -> Intake:
    return IntakeFactory()
