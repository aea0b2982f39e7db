"""Targets by indicator and quarter: who sets them, what stays of earlier ones, and the lock."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.test.utils import CaptureQueriesContext

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.core.actors import IMPORTER, SYSTEM, Actor, user_actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.events.models import EventRecord
from apps.inclusion.models import IndicatorDefinition, IndicatorTarget, TargetPeriod
from apps.inclusion.selectors import plan_for, targets_of
from apps.inclusion.services import load_definitions, lock_period, set_target, unlock_period
from apps.programs.models import Program
from tests.factories.programs import ProgramFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
Q3, Q4 = date(2026, 9, 30), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _definitions(db: None) -> None:
    load_definitions(actor=IMPORTER)


@pytest.fixture
def program(organisation: Organisation) -> Program:
    return ProgramFactory(organisation=organisation, slug="ai")


@pytest.fixture
def administrator(staff: Callable[..., User]) -> Actor:
    return user_actor(staff(Role.ADMINISTRATOR))


def aim(
    actor: Actor,
    value: int | str | None,
    code: str = "OUT-SHARE-W",
    *,
    scope: str = "program",
    scope_key: str = "ai",
    period: date = Q4,
    note: str = "",
) -> IndicatorTarget:
    return set_target(
        definition=IndicatorDefinition.objects.in_force().get(code=code),
        scope=scope,
        scope_key=scope_key,
        period=period,
        value=None if value is None else Decimal(value),
        note=note,
        actor=actor,
    )


def test_a_changed_target_keeps_the_one_before(program: Program, actor: Actor) -> None:
    before = aim(actor, 40)
    after = aim(actor, 45, note="The school for girls joined")

    before.refresh_from_db()
    assert (before.value, before.is_current) == (40, False)
    assert (after.is_current, after.set_by_id, after.note) == (
        True,
        actor.user_id,
        "The school for girls joined",
    )
    told = EventRecord.objects.filter(name="TargetSet").order_by("pk").last()
    assert told.payload == {"target_id": after.pk, "before": before.pk}


def test_the_same_target_twice_is_one(program: Program, actor: Actor) -> None:
    assert aim(actor, 40) == aim(actor, 40)
    assert EventRecord.objects.filter(name="TargetSet").count() == 1


def test_a_target_taken_back_is_in_no_plan_but_stays_readable(program: Program, actor: Actor) -> None:
    aim(actor, 40)
    aim(actor, None)

    assert plan_for("program", "ai") == {}
    assert [target.value for target in IndicatorTarget.objects.order_by("pk")] == [40, None]


def test_a_plan_is_read_in_one_statement(
    program: Program, actor: Actor, administrator: Actor, django_assert_num_queries: CaptureQueriesContext
) -> None:
    aim(actor, 40, period=Q3)
    aim(actor, 45)
    aim(actor, "0.97", "SDG-4.5.1-adj-W")
    aim(administrator, 30, scope="kind", scope_key="course")

    with django_assert_num_queries(1):
        plan = plan_for("program", "ai")
    with django_assert_num_queries(1):
        rows = [(each.code, each.period.ends_on, each.definition.version) for each in targets_of(program)]

    assert plan == {Q3: {"OUT-SHARE-W": 40}, Q4: {"OUT-SHARE-W": 45, "SDG-4.5.1-adj-W": 0.97}}
    assert rows == [("OUT-SHARE-W", Q3, 1), ("OUT-SHARE-W", Q4, 1), ("SDG-4.5.1-adj-W", Q4, 1)]
    assert plan_for("kind", "course") == {Q4: {"OUT-SHARE-W": 30}}


def test_a_new_version_of_a_definition_leaves_one_current_target(program: Program, actor: Actor) -> None:
    aim(actor, 40)
    old = IndicatorDefinition.objects.get(code="OUT-SHARE-W")
    IndicatorDefinition.objects.filter(pk=old.pk).update(valid_to=date(2026, 12, 31))
    IndicatorDefinition.objects.create(
        code=old.code,
        version=2,
        standard=old.standard,
        name="Women",
        unit=old.unit,
        direction=old.direction,
        level=old.level,
        is_confirmed=True,
        valid_from=date(2027, 1, 1),
    )

    new = aim(actor, 50)

    assert list(IndicatorTarget.objects.in_force()) == [new]
    assert new.definition.version == 2
    with pytest.raises(Invalid):
        set_target(
            definition=IndicatorDefinition.objects.get(pk=old.pk),
            scope="program",
            scope_key="ai",
            period=Q4,
            value=Decimal(1),
            actor=actor,
        )


def test_after_the_lock_no_target_of_the_period_is_set_or_changed(
    program: Program, actor: Actor, administrator: Actor
) -> None:
    aim(actor, 40)
    lock_period(period=Q4, reason="Agreed with the funder", actor=administrator)

    with pytest.raises(Conflict, match="locked"):
        aim(actor, 45)
    with pytest.raises(Conflict, match="locked"):
        aim(actor, 60, "OUT-RATE")
    with pytest.raises(Conflict, match="locked"):
        aim(administrator, None)
    assert aim(actor, 35, period=Q3).value == 35
    assert plan_for("program", "ai")[Q4] == {"OUT-SHARE-W": 40}


def test_an_unlocked_period_takes_targets_again_and_the_reasons_stay(
    program: Program, actor: Actor, administrator: Actor
) -> None:
    lock_period(period=Q4, reason="Agreed", actor=administrator)
    lock_period(period=Q4, reason="Agreed again", actor=administrator)
    unlock_period(period=Q4, reason="A typing error", actor=administrator)

    aim(actor, 45)

    moves = TargetPeriod.objects.get().moves.order_by("pk")
    assert [(move.is_locking, move.reason) for move in moves] == [(True, "Agreed"), (False, "A typing error")]
    assert EventRecord.objects.filter(name="TargetPeriodUnlocked").count() == 1


@pytest.mark.parametrize("move", [lock_period, unlock_period])
def test_only_administrators_move_periods_and_say_why(
    actor: Actor, administrator: Actor, move: Callable[..., TargetPeriod]
) -> None:
    with pytest.raises(NotAllowed):
        move(period=Q4, reason="Because", actor=actor)
    with pytest.raises(Invalid) as no_reason:
        move(period=Q4, reason=" ", actor=administrator)
    with pytest.raises(Invalid) as no_quarter:
        move(period=date(2026, 12, 30), reason="Because", actor=administrator)

    assert (set(no_reason.value.fields), set(no_quarter.value.fields)) == ({"reason"}, {"period"})


def test_coordinators_aim_for_their_own_programs_administrators_for_all(
    program: Program, actor: Actor, administrator: Actor, staff: Callable[..., User]
) -> None:
    ProgramFactory(slug="theirs")

    for scope, key in [("program", "theirs"), ("kind", "course"), ("all", "")]:
        with pytest.raises(NotAllowed):
            aim(actor, 40, scope=scope, scope_key=key)
        assert aim(administrator, 40, scope=scope, scope_key=key).value == 40
    for someone in (user_actor(staff(Role.FUNDER)), user_actor(staff(Role.TRAINER)), SYSTEM):
        with pytest.raises(NotAllowed):
            aim(someone, 40)


@pytest.mark.parametrize(
    ("code", "value", "more", "field"),
    [
        ("OUT-SHARE-W", "100.1", {}, "value"),
        ("OUT-SHARE-W", "-1", {}, "value"),
        ("SDG-4.5.1-adj-W", "2.1", {}, "value"),
        ("OUT-ENR", "10.5", {}, "value"),
        ("SDG-8.6.1", "10", {}, "indicator"),
        ("OUT-SHARE-W", "10", {"period": date(2026, 11, 30)}, "period"),
        ("OUT-SHARE-W", "10", {"scope_key": "nothing"}, "scope"),
        ("OUT-SHARE-W", "10", {"scope": "kind", "scope_key": "cows"}, "scope"),
        ("OUT-SHARE-W", "10", {"scope": "country", "scope_key": "TH"}, "scope"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    program: Program, administrator: Actor, code: str, value: str, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        aim(administrator, value, code, **more)

    assert set(refused.value.fields) == {field}
    assert not IndicatorTarget.objects.exists()


def test_the_database_keeps_one_current_target(program: Program, actor: Actor) -> None:
    target = aim(actor, 40)
    target.pk = None

    with pytest.raises(IntegrityError, match="target"):
        target.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_target_is_current(program: Program, actor: Actor) -> None:
    race(lambda: aim(actor, 40), lambda: aim(actor, 45))

    assert IndicatorTarget.objects.in_force().count() == 1
    assert IndicatorTarget.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_target_comes_before_the_lock_or_not_at_all(
    program: Program, actor: Actor, administrator: Actor
) -> None:
    target, period = race(
        lambda: aim(actor, 40), lambda: lock_period(period=Q4, reason="Agreed", actor=administrator)
    )

    assert isinstance(period, TargetPeriod)
    kept = list(IndicatorTarget.objects.all())
    if kept:
        assert kept == [target]
        assert kept[0].created_at < TargetPeriod.objects.get().moves.get().created_at
    else:
        assert isinstance(target, Conflict)
