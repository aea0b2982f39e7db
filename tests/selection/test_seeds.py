"""The lot can be checked by anybody: promised before closing, opened after, never before."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.core.actors import SYSTEM, Actor
from apps.core.errors import Conflict
from apps.core.sealing import unseal
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.programs.models import Intake
from apps.programs.services.clock import follow_the_clock
from apps.programs.services.setup import move_intake
from apps.selection.models import SelectionRule
from apps.selection.selectors import proposed_rule
from apps.selection.services import (
    approve_rule_change,
    commit_seed,
    lock_rule,
    propose_rule_change,
    reveal_due_seeds,
    reveal_seed,
    set_rule,
)
from apps.selection.services.seeds import PURPOSE

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(intake: Intake) -> Intake:
    """Still open: a seed stays closed so long."""
    Intake.objects.filter(pk=intake.pk).update(closes_at=datetime.now(UTC) + timedelta(days=30))
    intake.refresh_from_db()
    return intake


def close(intake: Intake) -> None:
    """Yesterday was the last day."""
    now = datetime.now(UTC)
    Intake.objects.update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    intake.refresh_from_db()


def test_the_seed_is_sealed_and_its_hash_is_that_of_its_bytes(intake: Intake) -> None:
    rule = commit_seed(intake=intake, actor=SYSTEM)

    seed = unseal(bytes(rule.sealed_seed), rule.seed_key_id, person_id=rule.pk, purpose=PURPOSE)["seed"]
    assert rule.seed_hash == hashlib.sha256(bytes.fromhex(seed)).hexdigest()
    assert len(bytes.fromhex(seed)) == 32
    assert seed.encode() not in bytes(rule.sealed_seed)
    assert rule.seed == ""


def test_a_seed_is_drawn_once(intake: Intake, actor: Actor) -> None:
    first = commit_seed(intake=intake, actor=actor).seed_hash

    set_rule(intake=intake, floor=1, waitlist_size=0, tie_break="sent_first", actor=actor)
    set_rule(intake=intake, floor=1, waitlist_size=0, tie_break="lottery", actor=actor)
    lock_rule(intake=intake, actor=actor)

    assert commit_seed(intake=intake, actor=actor).seed_hash == first
    assert EventRecord.objects.filter(name="SeedCommitted").count() == 1


def test_publishing_promises_the_seed(intake: Intake, actor: Actor) -> None:
    Intake.objects.update(status="draft")
    intake.refresh_from_db()

    move_intake(intake=intake, to="published", reason="", actor=actor)
    run_due_deliveries()

    assert len(SelectionRule.objects.get().seed_hash) == 64


def test_without_a_lot_no_seed_is_drawn(intake: Intake, actor: Actor) -> None:
    set_rule(intake=intake, floor=1, waitlist_size=0, tie_break="sent_first", actor=actor)
    Intake.objects.update(status="draft")
    intake.refresh_from_db()

    move_intake(intake=intake, to="published", reason="", actor=actor)
    run_due_deliveries()
    rule = lock_rule(intake=intake, actor=actor)

    assert rule.seed_hash == ""
    with pytest.raises(Conflict):
        reveal_seed(intake=intake, actor=actor)


def test_nothing_opens_the_seed_before_closing(intake: Intake, actor: Actor, client: Client) -> None:
    commit_seed(intake=intake, actor=actor)

    with pytest.raises(Conflict):
        reveal_seed(intake=intake, actor=actor)
    lock_rule(intake=intake, actor=actor)
    move_intake(intake=intake, to="closed", reason="", actor=actor)
    run_due_deliveries()
    assert reveal_due_seeds(now=datetime.now(UTC) + timedelta(days=400)) == 0

    assert SelectionRule.objects.get().seed == ""
    text = client.get(
        reverse("selection:how-we-decide", args=[intake.program.slug, intake.slug])
    ).content.decode()
    assert "The seed is shown here when applications have closed." in text


def test_the_clock_that_closes_opens_the_seed(intake: Intake, actor: Actor, client: Client) -> None:
    promised = commit_seed(intake=intake, actor=actor).seed_hash
    SelectionRule.objects.update(seed_committed_at=datetime.now(UTC) - timedelta(days=5))
    close(intake)

    follow_the_clock(now=datetime.now(UTC))
    run_due_deliveries()

    rule = SelectionRule.objects.get()
    assert hashlib.sha256(bytes.fromhex(rule.seed)).hexdigest() == promised
    assert reveal_seed(intake=intake, actor=actor).seed_revealed_at == rule.seed_revealed_at
    assert EventRecord.objects.filter(name="SeedRevealed").count() == 1
    text = client.get(
        reverse("selection:how-we-decide", args=[intake.program.slug, intake.slug])
    ).content.decode()
    assert rule.seed in text
    assert promised in text
    assert "had closed already" not in text


def test_an_intake_closed_early_is_swept_up_when_its_time_is_over(intake: Intake, actor: Actor) -> None:
    commit_seed(intake=intake, actor=actor)
    move_intake(intake=intake, to="closed", reason="", actor=actor)
    close(intake)

    swept = [reveal_due_seeds(now=datetime.now(UTC)) for _time in range(2)]

    assert swept == [1, 0]
    assert SelectionRule.objects.get().seed


def test_a_seed_drawn_after_closing_says_so(intake: Intake, actor: Actor, client: Client) -> None:
    close(intake)

    rule = lock_rule(intake=intake, actor=actor)

    assert rule.seed
    text = client.get(
        reverse("selection:how-we-decide", args=[intake.program.slug, intake.slug])
    ).content.decode()
    assert "Applications had closed already then." in text


def test_a_change_that_brings_the_lot_draws_its_seed(
    intake: Intake, actor: Actor, staff: Callable, signed_in: Callable
) -> None:
    set_rule(intake=intake, floor=1, waitlist_size=0, tie_break="sent_first", actor=actor)
    lock_rule(intake=intake, actor=actor)
    rule = proposed_rule(intake, settings={"tie_break": "lottery"}, countries={}, take_over=False)
    proposal = propose_rule_change(intake=intake, wanted=rule, reason="Fairer", actor=actor)

    approve_rule_change(proposal=proposal, actor=Actor(staff("coordinator").pk, "user"))

    assert SelectionRule.objects.get().seed_hash
