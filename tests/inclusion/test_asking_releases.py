"""Releases are asked for in order, numbered without a gap, and each is built once, whoever builds it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.core.actors import CLOCK, SYSTEM, Actor, user_actor
from apps.core.errors import Conflict, Invalid
from apps.events import ringing
from apps.events.models import EventRecord
from apps.inclusion.enums import Cadence
from apps.inclusion.models import HeldCount, Release, ReleasedFigure
from apps.inclusion.rules.quarters import last_day
from apps.inclusion.services import (
    ask_for_release,
    build_asked_releases,
    release_figures,
    release_what_is_due,
)
from apps.inclusion.services.release_asking import BELL
from apps.inclusion.services.releases import build_release
from apps.programs.models import Intake
from tests.factories.inclusion import come
from tests.factories.programs import IntakeFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
Q1, Q2, Q3 = date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30)


@pytest.fixture
def intake(db: None) -> Intake:
    found = IntakeFactory()
    come(found, women=20, men=20, on=date(2025, 1, 10))
    return found


@pytest.fixture
def administrator(staff: Callable[..., User]) -> Actor:
    return user_actor(staff(Role.ADMINISTRATOR))


def ask(as_of: date, actor: Actor = SYSTEM, **more: Any) -> Release:
    return ask_for_release(actor=actor, cadence=Cadence.QUARTER, as_of=as_of, **more)


def told(as_of: date, **more: Any) -> Release:
    return release_figures(actor=SYSTEM, cadence=Cadence.QUARTER, as_of=as_of, **more)


def enrolled(release: Release) -> int | None:
    return ReleasedFigure.objects.get(
        release=release, scope="all", stage="enrolled", dimension="", group=""
    ).value


def released() -> list[int]:
    """Numbers of releases in the order they were built."""
    rows = EventRecord.objects.filter(name="FiguresReleased").order_by("pk")
    return [row.payload["number"] for row in rows]


@pytest.mark.parametrize(
    "day", [date(2025, 3, 30), date(2025, 2, 28), date(2025, 4, 30), date(2025, 7, 31), date(2025, 4, 1)]
)
def test_a_day_that_ends_no_quarter_is_refused(db: None, day: date) -> None:
    with pytest.raises(Invalid, match="after its last day"):
        ask(day)

    assert not Release.objects.exists()


def test_a_running_view_is_of_today(db: None) -> None:
    with pytest.raises(Invalid, match="of today"):
        ask_for_release(actor=SYSTEM, as_of=Q1)
    with pytest.raises(Invalid, match="of today"):
        ask_for_release(actor=SYSTEM, restates=told(Q1), reason="Late records.")

    assert Release.objects.count() == 1


@pytest.mark.parametrize("quarters", [0, 1, 4])
def test_a_quarter_is_not_released_before_its_last_day_is_over(db: None, quarters: int) -> None:
    today = timezone.now().date()

    with pytest.raises(Invalid, match="after its last day"):
        ask(last_day(today + timedelta(days=91 * quarters)))


@pytest.mark.parametrize("is_built", [True, False])
def test_a_quarter_is_released_once_and_none_before_the_latest(db: None, is_built: bool) -> None:
    (told if is_built else ask)(Q2)

    for day in (Q2, Q1):
        with pytest.raises(Conflict, match="released already"):
            ask(day)
    assert ask(Q3).number == 2


def test_quarters_may_be_asked_for_in_a_row_and_are_built_in_order(intake: Intake) -> None:
    come(intake, women=10, men=10, on=date(2025, 5, 1))
    asked = [ask(day) for day in (Q1, Q2)]

    assert build_asked_releases(actor=CLOCK) == 2

    assert released() == [1, 2]
    assert [enrolled(release) for release in asked] == [40, 60]


def test_only_the_latest_quarter_is_counted_again(db: None) -> None:
    first, second = told(Q1), told(Q2)

    for release, day in ((first, Q1), (second, Q1), (first, Q2)):
        with pytest.raises(Conflict, match="Only the latest quarter"):
            ask(day, restates=release, reason="Late records.")
    assert ask(Q2, restates=second, reason="Late records.").number == 3


def test_no_running_view_is_counted_again(db: None) -> None:
    told(Q1)
    running = release_figures(actor=SYSTEM)

    with pytest.raises(Conflict, match="Only the latest quarter"):
        ask(Q1, restates=running, reason="Late records.")


def test_a_quarter_that_is_still_to_be_built_is_not_counted_again(db: None) -> None:
    told(Q1)
    asked = ask(Q2)

    for release in Release.objects.order_by("number"):
        with pytest.raises(Conflict):
            ask(release.as_of, restates=release, reason="Late records.")
    assert not asked.is_built


def test_a_quarter_is_counted_again_once_at_a_time(intake: Intake) -> None:
    first = told(Q1)
    again = ask(Q1, restates=first, reason="Late records.")

    with pytest.raises(Conflict, match="being counted again already"):
        ask(Q1, restates=first, reason="Later records.")
    build_asked_releases(actor=CLOCK)
    third = told(Q1, restates=again, reason="Still later records.")

    assert list(Release.objects.shown()) == [third]


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_counting_again_needs_a_reason(db: None, reason: str) -> None:
    first = told(Q1)

    with pytest.raises(Invalid) as refused:
        ask(Q1, restates=first, reason=reason)

    assert set(refused.value.fields) == {"reason"}


def test_numbers_are_taken_in_order_and_say_who_asked(administrator: Actor) -> None:
    first = ask(Q1, actor=administrator)
    with pytest.raises(Conflict):
        ask(Q1, actor=administrator)
    second = ask_for_release(actor=administrator)
    build_asked_releases(actor=CLOCK)
    third = ask(Q1, actor=administrator, restates=first, reason="Late records.")

    assert [each.number for each in (first, second, third)] == [1, 2, 3]
    asked = EventRecord.objects.filter(name="ReleaseAsked").order_by("pk")
    assert [(row.actor_user_id, row.payload) for row in asked] == [
        (administrator.user_id, {"release_id": each.pk, "number": each.number, "restates": restates})
        for each, restates in ((first, None), (second, None), (third, first.pk))
    ]


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Tasks that a worker was rung for."""
    rung: list[str] = []
    monkeypatch.setattr(ringing, "ring", rung.append)
    return rung


def test_a_bell_rings_when_asking_is_committed(
    bells: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        ask(Q1)
        assert bells == []
    for each in callbacks:
        each()

    assert bells == [BELL]


@pytest.mark.django_db(transaction=True)
def test_no_bell_rings_for_what_was_taken_back_or_refused(bells: list[str]) -> None:
    with transaction.atomic():
        ask(Q1)
        transaction.set_rollback(True)
    with pytest.raises(Invalid):
        ask(date(2025, 3, 30))

    assert bells == []
    assert not Release.objects.exists()


def test_building_twice_changes_nothing(intake: Intake) -> None:
    release = told(Q1)
    before = (
        list(ReleasedFigure.objects.order_by("pk").values()),
        list(HeldCount.objects.order_by("pk").values()),
    )
    come(intake, women=30, men=30, on=Q1)

    again = build_release(release=release, actor=CLOCK)

    assert again.fingerprint == release.fingerprint
    after = (
        list(ReleasedFigure.objects.order_by("pk").values()),
        list(HeldCount.objects.order_by("pk").values()),
    )
    assert after == before
    assert released() == [1]


def test_the_night_tells_the_quarter_that_ended_and_then_the_running_view(intake: Intake) -> None:
    nights = [
        release_what_is_due(actor=CLOCK, today=day)
        for day in (date(2025, 7, 1), date(2025, 7, 2), date(2025, 9, 30), date(2025, 10, 1))
    ]

    assert [(night.cadence, night.as_of) for night in nights if night.cadence == Cadence.QUARTER] == [
        (Cadence.QUARTER, Q2),
        (Cadence.QUARTER, Q3),
    ]
    assert [night.cadence for night in nights] == ["quarter", "running", "running", "quarter"]
    assert all(night.is_built for night in nights)


def test_a_quarter_counted_again_is_not_due_once_more(intake: Intake) -> None:
    told(Q2, restates=told(Q2), reason="Late records.")

    assert release_what_is_due(actor=CLOCK, today=date(2025, 7, 3)).cadence == Cadence.RUNNING


def test_the_night_builds_first_what_was_asked_for_before(intake: Intake) -> None:
    """Each release is compared with the one before it, so none may be skipped."""
    told(Q1)
    asked = ask_for_release(actor=SYSTEM)

    night = release_what_is_due(actor=CLOCK, today=date(2025, 4, 2))

    asked.refresh_from_db()
    assert released() == [1, 2, 3]
    assert (asked.is_built, asked.replaced_by) == (True, night)


def test_a_running_view_gives_way_to_whatever_comes_next_and_a_quarter_to_its_restatement(
    intake: Intake,
) -> None:
    quarter = told(Q1)
    running = [release_figures(actor=SYSTEM) for _number in range(2)]
    come(intake, women=10, men=10, on=Q1)
    again = told(Q1, restates=quarter, reason="Late records.")
    last = release_figures(actor=SYSTEM)

    follows = dict(Release.objects.values_list("number", "replaced_by__number"))
    assert follows == {1: 4, 2: 3, 3: 4, 4: None, 5: None}
    assert not ReleasedFigure.objects.filter(release__in=running).exists()
    assert not HeldCount.objects.filter(release__in=running).exists()
    assert [enrolled(each) for each in (quarter, again, last)] == [40, 60, 60]


@pytest.mark.django_db(transaction=True)
def test_two_workers_build_each_release_once(intake: Intake) -> None:
    ask(Q1)
    ask(Q2)
    ask_for_release(actor=SYSTEM)

    results = race(*[partial(build_asked_releases, actor=CLOCK)] * 2)

    assert [each for each in results if isinstance(each, Exception)] == []
    assert released() == [1, 2, 3]
    assert [enrolled(release) for release in Release.objects.order_by("number")] == [40, 40, 40]
    held = list(
        HeldCount.objects.order_by("release__number", "figure").values_list("release__number", "figure")
    )
    assert len(held) == len(set(held))
    assert {number for number, _figure in held} == {1, 2, 3}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", [0, 1])
def test_whoever_asks_at_once_gets_numbers_of_their_own(before: int, administrator: Actor) -> None:
    for _number in range(before):
        ask_for_release(actor=SYSTEM)

    results = race(*[partial(ask_for_release, actor=administrator)] * 6)

    assert [each for each in results if isinstance(each, Exception)] == []
    assert sorted(each.number for each in results) == list(range(before + 1, before + 7))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_one_quarter_at_once_one_is_told(administrator: Actor) -> None:
    results = race(*[partial(ask, Q1, actor=administrator)] * 2)

    assert sorted(isinstance(each, Conflict) for each in results) == [False, True]
    assert Release.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_count_a_quarter_again_at_once_one_is_told(intake: Intake, administrator: Actor) -> None:
    first = told(Q1)

    results = race(*[partial(ask, Q1, actor=administrator, restates=first, reason="Late records.")] * 2)

    assert sorted(isinstance(each, Conflict) for each in results) == [False, True]
    assert first.restated_by.count() == 1


@pytest.mark.django_db(transaction=True)
def test_asking_does_not_wait_for_what_is_being_built(intake: Intake, administrator: Actor) -> None:
    first = told(Q1)
    unbuilt = ask_for_release(actor=SYSTEM)

    with transaction.atomic():
        build_release(release=unbuilt, actor=CLOCK)
        asked = race(
            partial(ask_for_release, actor=administrator),
            partial(ask, Q1, actor=administrator, restates=first, reason="Late records."),
        )

    assert sorted(each.number for each in asked) == [3, 4]
