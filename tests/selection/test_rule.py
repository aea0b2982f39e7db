"""The rule is fixed before any score exists; later changes take two people and are told to everyone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.actors import SYSTEM, Actor, user_actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.events.models import EventRecord
from apps.programs.models import Intake
from apps.reviews.models import Criterion, Review
from apps.reviews.services import assign_reviewers, save_review, set_reviewers
from apps.selection.models import RuleProposal, RuleVersion, SelectionRule
from apps.selection.rules.fingerprint import fingerprint
from apps.selection.selectors import drift_of, fixed_rule, proposed_rule, rule_in_force
from apps.selection.services import (
    approve_rule_change,
    lock_rule,
    propose_rule_change,
    refuse_rule_change,
    set_rule,
    withdraw_rule_change,
)
from tests.factories.applications import ApplicationFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import FundingFactory, InclusionTargetFactory
from tests.factories.reviews import CriterionFactory, ReviewAssignmentFactory, RubricFactory

pytestmark = pytest.mark.django_db
Reviewed = Callable[..., list[Application]]
RESERVE = {"inclusion_mode": "reserve", "legal_basis": "Law 7"}


@pytest.fixture
def second(staff: Callable[..., User]) -> Actor:
    """Another coordinator."""
    return user_actor(staff(Role.COORDINATOR))


def wanted(intake: Intake, *, take_over: bool = False, **settings: Any) -> Any:
    return proposed_rule(intake, settings=settings, countries={}, take_over=take_over)


def ask(intake: Intake, actor: Actor, **settings: Any) -> RuleProposal:
    rule = wanted(intake, **settings)
    return propose_rule_change(intake=intake, wanted=rule, reason="More money came", actor=actor)


def test_everything_that_decides_is_in_the_version(intake: Intake, actor: Actor) -> None:
    laos = CountryFactory()
    CriterionFactory(rubric=RubricFactory(intake=intake), title={"en": "Plan", "th": "แผน"}, weight=2)
    FundingFactory(program=intake.program, **RESERVE)
    InclusionTargetFactory(intake=intake, group="rural", percent=30)
    set_rule(
        intake=intake,
        floor=Decimal("45.5"),
        waitlist_size=3,
        scores="adjusted",
        method="one_to_one",
        tie_break="sent_first",
        waitlist_rule="same_lane_first",
        budget=9000,
        cost_each=1000,
        countries={laos.pk: (1, 700)},
        actor=actor,
    )

    rule = lock_rule(intake=intake, actor=actor)

    version = RuleVersion.objects.get()
    assert version.data == {
        "floor": "45.500",
        "seats": 2,
        "waitlist_size": 3,
        "scores": "adjusted",
        "method": "one_to_one",
        "tie_break": "sent_first",
        "waitlist_rule": "same_lane_first",
        "budget": 9000,
        "cost_each": 1000,
        "countries": {laos.pk: [1, 700]},
        "mode": "reserve",
        "targets": {"rural": 1},
        "criteria": [
            {"title": {"en": "Plan", "th": "แผน"}, "weight": "2.00", "highest": 5, "independent": False}
        ],
        "reviews_each": 2,
    }
    assert version.fingerprint == rule.fingerprint == fingerprint(version.data)
    assert (version.number, version.scores_seen, version.fixed_by_id) == (1, 0, actor.user_id)


def test_fixing_twice_is_once_and_nothing_can_be_set_after(intake: Intake, actor: Actor) -> None:
    set_rule(intake=intake, floor=50, waitlist_size=5, actor=actor)

    first, again = lock_rule(intake=intake, actor=actor), lock_rule(intake=intake, actor=SYSTEM)

    assert (first.locked_at, first.fingerprint) == (again.locked_at, again.fingerprint)
    assert EventRecord.objects.filter(name="RuleLocked").count() == RuleVersion.objects.count() == 1
    with pytest.raises(Conflict):
        set_rule(intake=intake, floor=10, waitlist_size=5, actor=actor)


def test_a_version_can_be_neither_edited_nor_deleted(intake: Intake, actor: Actor) -> None:
    lock_rule(intake=intake, actor=actor)

    for deed in (lambda: RuleVersion.objects.update(reason="x"), lambda: RuleVersion.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            deed()

    assert RuleVersion.objects.get().reason == ""


def test_a_rival_who_saved_first_is_not_overwritten(intake: Intake, actor: Actor) -> None:
    seen = set_rule(intake=intake, floor=50, waitlist_size=5, actor=actor).version
    set_rule(intake=intake, floor=60, waitlist_size=5, version=seen, actor=actor)

    with pytest.raises(Conflict):
        set_rule(intake=intake, floor=70, waitlist_size=5, version=seen, actor=actor)

    assert SelectionRule.objects.get().floor == 60


def test_assigning_the_first_reader_fixes_the_rule(
    intake: Intake, actor: Actor, staff: Callable[..., User]
) -> None:
    ApplicationFactory(intake=intake, status="eligible")
    set_reviewers(intake=intake, limits={staff(Role.REVIEWER): 5}, actor=actor)
    assert fixed_rule(intake) is None

    assign_reviewers(intake=intake, each=1, actor=actor)

    told = fixed_rule(intake)
    assert told is not None
    assert told.is_before_scores
    assert told.rule.criteria


def test_a_rule_fixed_late_says_how_many_scores_there_were(
    intake: Intake, actor: Actor, reviewed: Reviewed, client: Client
) -> None:
    reviewed(70, 60)

    lock_rule(intake=intake, actor=actor)

    assert RuleVersion.objects.get().scores_seen == 2
    page = client.get(reverse("selection:how-we-decide", args=[intake.program.slug, intake.slug]))
    assert "when 2 scores existed already" in page.content.decode()
    assert "before any score" not in page.content.decode()


def test_what_is_edited_elsewhere_does_not_change_the_rule_in_force(
    intake: Intake, actor: Actor, as_coordinator: Client
) -> None:
    CriterionFactory(rubric=RubricFactory(intake=intake), weight=2)
    FundingFactory(program=intake.program, **RESERVE)
    InclusionTargetFactory(intake=intake, group="rural", percent=50)
    lock_rule(intake=intake, actor=actor)
    before = rule_in_force(intake)

    Criterion.objects.update(weight=9)
    intake.program.fundings.update(inclusion_mode="off")
    Intake.objects.update(seats=40)
    intake.refresh_from_db()

    assert rule_in_force(intake) == before
    assert drift_of(intake) == ["seats", "mode", "targets", "criteria"]
    page = as_coordinator.get(reverse("selection:rule", args=[intake.public_id])).content.decode()
    assert "Changed elsewhere since" in page
    assert "Targets are not used" in page


def test_a_change_takes_a_second_person_and_moves_rows_and_seats(
    intake: Intake, actor: Actor, second: Actor, client: Client
) -> None:
    lock_rule(intake=intake, actor=actor)
    proposal = ask(intake, actor, floor=Decimal(60), seats=7)

    with pytest.raises(NotAllowed):
        approve_rule_change(proposal=proposal, actor=actor)
    version = approve_rule_change(proposal=proposal, actor=second)
    again = approve_rule_change(proposal=proposal, actor=second)

    intake.refresh_from_db()
    rule = SelectionRule.objects.get()
    assert (version.number, again.pk, version.reason) == (2, version.pk, "More money came")
    assert (version.fixed_by_id, version.approved_by_id) == (actor.user_id, second.user_id)
    assert (rule.floor, intake.seats, rule.fingerprint) == (60, 7, version.fingerprint)
    assert (rule_in_force(intake).floor, drift_of(intake)) == (60, [])
    page = client.get(reverse("selection:how-we-decide", args=[intake.program.slug, intake.slug]))
    assert "More money came" in page.content.decode()
    assert version.fingerprint in page.content.decode()


def test_seats_that_are_held_cannot_be_changed_away(intake: Intake, actor: Actor, second: Actor) -> None:
    lock_rule(intake=intake, actor=actor)
    Intake.objects.update(seats_taken=2)
    proposal = ask(intake, actor, seats=1)

    with pytest.raises(Invalid):
        approve_rule_change(proposal=proposal, actor=second)

    proposal.refresh_from_db()
    assert (proposal.status, RuleVersion.objects.count()) == ("proposed", 1)


def test_the_second_person_approves_exactly_what_they_read(
    intake: Intake, actor: Actor, second: Actor
) -> None:
    FundingFactory(program=intake.program, **RESERVE)
    target = InclusionTargetFactory(intake=intake, group="women", percent=50)
    lock_rule(intake=intake, actor=actor)
    proposal = ask(intake, actor, seats=10)

    type(target).objects.update(percent=90)
    version = approve_rule_change(proposal=proposal, actor=second)

    assert (version.data["seats"], version.data["targets"]) == (10, {"women": 5})
    intake.refresh_from_db()
    assert drift_of(intake) == ["targets"]


def test_a_change_may_bring_in_what_was_edited_elsewhere(intake: Intake, actor: Actor) -> None:
    lock_rule(intake=intake, actor=actor)
    FundingFactory(program=intake.program, **RESERVE)
    InclusionTargetFactory(intake=intake, group="women", percent=50)

    alone, together = wanted(intake, floor=Decimal(9)), wanted(intake, seats=4, take_over=True)

    assert (alone.mode, alone.targets) == ("outreach_only", {})
    assert (together.mode, together.targets) == ("reserve", {"women": 2})


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_change_needs_a_reason(intake: Intake, actor: Actor, reason: str) -> None:
    lock_rule(intake=intake, actor=actor)

    with pytest.raises(Invalid):
        propose_rule_change(
            intake=intake, wanted=wanted(intake, floor=Decimal(1)), reason=reason, actor=actor
        )


def test_a_change_needs_a_difference_a_fixed_rule_and_no_other_change(intake: Intake, actor: Actor) -> None:
    with pytest.raises(Conflict):
        ask(intake, actor, floor=Decimal(1))
    lock_rule(intake=intake, actor=actor)
    with pytest.raises(Invalid):
        ask(intake, actor, floor=Decimal(0))

    ask(intake, actor, floor=Decimal(1))

    with pytest.raises(Conflict):
        ask(intake, actor, floor=Decimal(2))


def test_refused_and_withdrawn_changes_leave_the_rule(intake: Intake, actor: Actor, second: Actor) -> None:
    lock_rule(intake=intake, actor=actor)
    refused = ask(intake, actor, floor=Decimal(1))
    with pytest.raises(NotAllowed):
        refuse_rule_change(proposal=refused, answer="No", actor=actor)
    with pytest.raises(Invalid):
        refuse_rule_change(proposal=refused, answer=" ", actor=second)
    refuse_rule_change(proposal=refused, answer="Too low", actor=second)
    withdrawn = ask(intake, actor, floor=Decimal(2))

    with pytest.raises(NotAllowed):
        withdraw_rule_change(proposal=withdrawn, actor=second)
    withdraw_rule_change(proposal=withdrawn, actor=actor)

    with pytest.raises(Conflict):
        approve_rule_change(proposal=withdrawn, actor=second)
    assert RuleVersion.objects.count() == 1
    assert SelectionRule.objects.get().floor == 0


def form(**changes: str) -> dict[str, str]:
    sent = {
        "floor": "50",
        "waitlist_size": "3",
        "scores": "raw",
        "method": "one_to_all",
        "tie_break": "lottery",
        "waitlist_rule": "in_order",
        "budget": "",
        "cost_each": "",
        "countries-TOTAL_FORMS": "1",
        "countries-INITIAL_FORMS": "0",
        "countries-0-country": "",
        "countries-0-at_least": "",
        "countries-0-cost_each": "",
    }
    return {**sent, **changes}


def test_from_the_form_to_a_changed_rule_through_the_pages(
    intake: Intake, as_coordinator: Client, second: Actor, signed_in: Callable[[User], Client]
) -> None:
    country = CountryFactory()
    here = reverse("selection:rule", args=[intake.public_id])
    change = reverse("selection:rule-change", args=[intake.public_id])
    rows = {"countries-0-country": country.pk, "countries-0-at_least": "1"}
    assert as_coordinator.post(here, form(**rows, version="1")).status_code == 302
    assert as_coordinator.post(here, form(version="1")).status_code == 409
    assert as_coordinator.post(here, form(**rows, lock="1")).status_code == 302
    assert rule_in_force(intake).countries == {country.pk: (1, None)}
    asked = form(**rows, floor="55", seats="2", reason="The bar was too low")

    assert as_coordinator.post(change, asked | {"reason": ""}).status_code == 422
    assert as_coordinator.post(change, asked).status_code == 302
    decide = reverse("selection:rule-decide", args=[RuleProposal.objects.get().public_id])
    as_coordinator.post(decide, {"approve": "1"})
    assert rule_in_force(intake).floor == 50
    signed_in(User.objects.get(pk=second.user_id)).post(decide, {"approve": "1"})

    assert rule_in_force(intake).floor == 55


@pytest.mark.parametrize(
    "changes",
    [
        {"floor": "101"},
        {"scores": "best"},
        {"budget": "-1"},
        {"countries-0-country": "ZZ"},
        {"countries-TOTAL_FORMS": "x"},
        {"waitlist_size": "9" * 50},
    ],
)
def test_nonsense_is_told_and_kept_out(intake: Intake, as_coordinator: Client, changes: dict) -> None:
    answer = as_coordinator.post(reverse("selection:rule", args=[intake.public_id]), form(**changes))

    assert answer.status_code == 422
    assert not SelectionRule.objects.exists()


def test_a_country_stands_once(intake: Intake, as_coordinator: Client) -> None:
    code = CountryFactory().pk
    twice = {"countries-TOTAL_FORMS": "2", "countries-0-country": code, "countries-1-country": code}

    answer = as_coordinator.post(reverse("selection:rule", args=[intake.public_id]), form(**twice))

    assert answer.status_code == 422
    assert "A country stands here twice." in answer.content.decode()


def test_the_rule_is_read_in_one_statement_on_the_public_page(
    intake: Intake, actor: Actor, client: Client, django_assert_num_queries: Callable
) -> None:
    page = reverse("programs:program-detail", args=[intake.program.slug, intake.slug])
    client.get(page)
    with django_assert_num_queries(3):
        assert "Read the rule as it stands now" in client.get(page).content.decode()

    lock_rule(intake=intake, actor=actor)

    with django_assert_num_queries(3):
        text = client.get(page).content.decode()
    assert "before any score existed" in text
    assert "There are 2 places" in text


def test_a_draft_intake_tells_nobody_its_rule(intake: Intake, client: Client) -> None:
    Intake.objects.update(status="draft")

    answer = client.get(reverse("selection:how-we-decide", args=[intake.program.slug, intake.slug]))

    assert answer.status_code == 404


def test_many_versions_cost_the_queries_of_one(
    intake: Intake, actor: Actor, second: Actor, client: Client, django_assert_num_queries: Callable
) -> None:
    lock_rule(intake=intake, actor=actor)
    page = reverse("selection:how-we-decide", args=[intake.program.slug, intake.slug])
    client.get(page)

    for floor in (1, 2, 3):
        approve_rule_change(proposal=ask(intake, actor, floor=Decimal(floor)), actor=second)

        with django_assert_num_queries(3):
            assert client.get(page).status_code == 200


def test_an_old_rule_does_not_claim_what_nobody_counted(intake: Intake, client: Client) -> None:
    rule = SelectionRule.objects.create(
        intake=intake, locked_at=datetime.now(UTC) - timedelta(days=9), fingerprint="0" * 64
    )
    data = {"floor": "0.000", "seats": 2, "waitlist_size": 0, "tie_break": "sent first", "criteria": []}
    RuleVersion.objects.create(
        rule=rule, number=1, data=data, fingerprint="0" * 64, fixed_at=rule.locked_at, scores_seen=0
    )

    text = client.get(
        reverse("selection:how-we-decide", args=[intake.program.slug, intake.slug])
    ).content.decode()

    assert "This rule was fixed on" in text
    assert "score existed" not in text


def test_nobody_scores_by_criteria_that_were_changed_after_the_rule_was_fixed(
    intake: Intake, actor: Actor, staff: Callable[..., User]
) -> None:
    criterion = CriterionFactory(rubric=RubricFactory(intake=intake), weight=50)
    lock_rule(intake=intake, actor=actor)
    assignment = ReviewAssignmentFactory(application__intake=intake, reviewer=staff(Role.REVIEWER))
    Criterion.objects.filter(pk=criterion.pk).update(highest=4)

    with pytest.raises(Conflict):
        save_review(
            assignment=assignment, points={criterion.pk: 3}, comments={}, comment="", version=0, actor=actor
        )
    Criterion.objects.filter(pk=criterion.pk).update(highest=5)
    save_review(
        assignment=assignment, points={criterion.pk: 3}, comments={}, comment="", version=0, actor=actor
    )

    assert Review.objects.filter(assignment=assignment).exists()
