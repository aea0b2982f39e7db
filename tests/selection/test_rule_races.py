"""Rivals at the rule: one fixing, one approval, one seed, and nobody reads before it is fixed."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.actors import SYSTEM, user_actor
from apps.core.errors import Conflict
from apps.programs.models import Intake
from apps.reviews.models import ReviewAssignment
from apps.reviews.services import assign_reviewers, set_reviewers
from apps.selection.models import RuleProposal, RuleVersion, SelectionRule
from apps.selection.selectors import proposed_rule, rule_in_force
from apps.selection.services import (
    approve_rule_change,
    commit_seed,
    lock_rule,
    propose_rule_change,
    refuse_rule_change,
    set_rule,
)
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 6


def refused(results: list) -> list:
    return [each for each in results if isinstance(each, Exception)]


def test_many_who_fix_at_once_fix_one_version(intake: Intake) -> None:
    results = race(*[partial(lock_rule, intake=intake, actor=SYSTEM)] * RIVALS)

    assert refused(results) == []
    assert RuleVersion.objects.count() == 1
    assert len({rule.fingerprint for rule in results}) == 1


def test_many_who_draw_at_once_draw_one_seed(intake: Intake) -> None:
    results = race(*[partial(commit_seed, intake=intake, actor=SYSTEM)] * RIVALS)

    assert len({rule.seed_hash for rule in results}) == 1


def test_of_several_approvals_one_wins(intake: Intake, staff: Callable[..., User]) -> None:
    people = [user_actor(staff(Role.COORDINATOR)) for _each in range(4)]
    lock_rule(intake=intake, actor=people[0])
    rule = proposed_rule(intake, settings={"floor": Decimal(40)}, countries={}, take_over=False)
    proposal = propose_rule_change(intake=intake, wanted=rule, reason="x", actor=people[0])

    results = race(
        *(partial(approve_rule_change, proposal=proposal, actor=each) for each in people[1:]),
        partial(refuse_rule_change, proposal=proposal, answer="No", actor=people[1]),
    )

    won = [each for each in results if not isinstance(each, Exception)]
    assert len(won) == 1
    assert all(isinstance(each, Conflict) for each in refused(results))
    proposal.refresh_from_db()
    assert RuleVersion.objects.count() == {"approved": 2, "refused": 1}[proposal.status]


def test_of_several_who_ask_one_is_heard(intake: Intake, staff: Callable[..., User]) -> None:
    people = [user_actor(staff(Role.COORDINATOR)) for _each in range(4)]
    lock_rule(intake=intake, actor=people[0])
    rule = proposed_rule(intake, settings={"floor": Decimal(40)}, countries={}, take_over=False)

    results = race(
        *(partial(propose_rule_change, intake=intake, wanted=rule, reason="x", actor=each) for each in people)
    )

    assert RuleProposal.objects.count() == 1
    assert [type(each) for each in refused(results)] == [Conflict] * 3


def test_who_sets_while_readers_are_assigned_is_in_the_version_or_refused(
    intake: Intake, staff: Callable[..., User], reviewed: Callable[..., list[Application]]
) -> None:
    actor = user_actor(staff(Role.COORDINATOR))
    reviewed(70)
    ReviewAssignment.objects.all().delete()
    set_reviewers(intake=intake, limits={staff(Role.REVIEWER): 5}, actor=actor)

    assigned, was_set = race(
        partial(assign_reviewers, intake=intake, each=1, actor=actor),
        partial(set_rule, intake=intake, floor=77, waitlist_size=0, actor=actor),
    )

    assert not isinstance(assigned, Exception)
    row, version = SelectionRule.objects.get(), RuleVersion.objects.get()
    assert rule_in_force(intake).floor == row.floor == (0 if isinstance(was_set, Conflict) else 77)
    assert version.fixed_at <= ReviewAssignment.objects.earliest("created_at").created_at
