"""From a question to a frozen choice: worked out by a worker, overridden with reasons, signed, made again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.applications.models import Application, InclusionDeclaration
from apps.core.actors import CLOCK, Actor
from apps.core.errors import Conflict, Invalid
from apps.core.lifecycle import change
from apps.events.models import EventRecord
from apps.events.services import run_due_deliveries
from apps.programs.models import Funding, Intake
from apps.reviews.models import Review
from apps.selection.enums import ScenarioStatus, Wanted
from apps.selection.models import FrozenChoice, Override, Scenario
from apps.selection.selectors import merit_choice, ranking
from apps.selection.services import (
    ask_scenario,
    end_override,
    freeze_choice,
    hold_decisions,
    lock_rule,
    make_override,
    replay_choice,
    solve_scenarios,
)
from apps.selection.services.freezing import is_genuine
from tests.factories.accounts import OrganisationFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import InclusionTargetFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
Reviewed = Callable[..., list[Application]]


@pytest.fixture
def intake(intake: Intake) -> Intake:
    """Closed, so that lots are drawn; two seats, half of them wanted for women, and money that reserves them."""
    yesterday = timezone.now() - timedelta(days=1)
    Intake.objects.filter(pk=intake.pk).update(closes_at=yesterday, opens_at=yesterday - timedelta(days=9))
    Funding.objects.create(
        program=intake.program, funder=OrganisationFactory(), inclusion_mode="reserve", legal_basis="Act 7"
    )
    InclusionTargetFactory(intake=intake, group="women", percent=50)
    intake.refresh_from_db()
    return intake


def declare(application: Application, *groups: str) -> None:
    InclusionDeclaration.objects.create(
        application=application, groups=list(groups), wording="1", declared_at=datetime.now(UTC)
    )


@pytest.fixture
def people(reviewed: Reviewed) -> list[Application]:
    """Three by merit: 90, 80, 70. The last declared that she is a woman."""
    made = reviewed(90, 80, 70)
    declare(made[2], "women")
    return made


def solved(intake: Intake, actor: Actor, **settings: object) -> Scenario:
    scenario = ask_scenario(intake=intake, name="A question", settings=settings, actor=actor)
    solve_scenarios()
    scenario.refresh_from_db()
    return scenario


def test_a_worker_meets_the_target_and_says_what_it_cost(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    scenario = solved(intake, actor)

    assert scenario.status == ScenarioStatus.SOLVED
    assert scenario.result["chosen"] == [people[0].pk, people[2].pk]
    assert scenario.result["swaps"] == [
        {"out": people[1].pk, "in": people[2].pk, "cost": 10_000, "for": ["women"]}
    ]
    assert scenario.result["meters"] == [{"key": "women", "have": 1, "need": 1, "plain": 0}]
    assert scenario.percent == 100


def test_monitoring_answers_and_undeclared_groups_count_for_nothing(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    made = reviewed(90, 80, 70)

    scenario = solved(intake, actor)

    assert scenario.result["chosen"] == [made[0].pk, made[1].pk]
    assert scenario.result["shortfall"] == 1


def test_outreach_only_lets_merit_alone_decide(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    Funding.objects.update(inclusion_mode="outreach_only")

    scenario = solved(intake, actor)

    assert scenario.result["chosen"] == [people[0].pk, people[1].pk]
    assert scenario.result["meters"] == []


def test_a_what_if_is_worked_out_beside_the_rule_and_cannot_be_frozen(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    scenario = solved(intake, actor, seats=3)

    assert len(scenario.result["chosen"]) == 3
    with pytest.raises(Conflict):
        freeze_choice(scenario=scenario, reason="", actor=actor)


def test_a_question_that_contradicts_itself_fails_with_words(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    for each in people:
        make_override(intake=intake, application=each, wanted=Wanted.IN, reason="Promised", actor=actor)

    scenario = solved(intake, actor)

    assert scenario.status == ScenarioStatus.FAILED
    assert "3 people are included for 2 seats" in scenario.problem


def test_a_frozen_choice_is_signed_and_made_again_to_the_same_result(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    frozen = freeze_choice(scenario=solved(intake, actor), reason="", actor=actor)

    run_due_deliveries()

    assert is_genuine(frozen)
    assert replay_choice(frozen_id=frozen.pk, actor=CLOCK)
    assert [each.payload["is_same"] for each in EventRecord.objects.filter(name="ChoiceReplayed")] == [
        True,
        True,
    ]


def test_a_record_that_was_tampered_with_is_told_from_a_signed_one(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    frozen = freeze_choice(scenario=solved(intake, actor), reason="", actor=actor)
    frozen.record["choice"]["chosen"] = [people[0].pk, people[1].pk]
    assert is_genuine(frozen)  # the digest is still the signed one, but the content is not what it says

    frozen.digest = "0" * 64

    assert not is_genuine(frozen)


def test_freezing_twice_is_once_and_another_choice_needs_a_reason(
    intake: Intake, people: list[Application], reviewed: Reviewed, actor: Actor
) -> None:
    scenario = solved(intake, actor)
    first = freeze_choice(scenario=scenario, reason="", actor=actor)
    assert freeze_choice(scenario=scenario, reason="", actor=actor) == first

    declare(reviewed(95)[0], "women")
    with pytest.raises(Conflict):
        freeze_choice(scenario=scenario, reason="A late score", actor=actor)
    again = solved(intake, actor)
    with pytest.raises(Invalid):
        freeze_choice(scenario=again, reason=" ", actor=actor)
    second = freeze_choice(scenario=again, reason="A late score", actor=actor)

    assert (second.number, FrozenChoice.objects.count()) == (2, 2)


def test_decisions_wait_for_a_frozen_choice_where_targets_play_a_part(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    with pytest.raises(Conflict):
        hold_decisions(intake=intake, outcomes={people[0].pk: "offer"}, reason="", actor=actor)
    assert {place.suggestion for place in ranking(intake)} == {""}

    freeze_choice(scenario=solved(intake, actor), reason="", actor=actor)
    suggested = {place.id: place.suggestion for place in ranking(intake)}
    decisions = hold_decisions(intake=intake, outcomes=suggested, reason="", actor=actor)

    assert suggested == {people[0].pk: "offer", people[2].pk: "offer", people[1].pk: "not_selected"}
    assert {row.application_id: row.inputs["moved"] for row in decisions} == {
        people[0].pk: "",
        people[1].pk: "target_out",
        people[2].pk: "target_in",
    }
    assert {row.frozen_id for row in decisions} == {FrozenChoice.objects.get().pk}
    assert merit_choice(intake) == {people[0].pk, people[1].pk}


def test_the_list_is_that_of_the_frozen_choice_whatever_happened_since(
    intake: Intake, people: list[Application], reviewed: Reviewed, actor: Actor
) -> None:
    freeze_choice(scenario=solved(intake, actor), reason="", actor=actor)
    Review.objects.filter(assignment__application=people[1]).update(weighted_score=99)
    change(people[0], to="withdrawn", withdrawn_at=timezone.now())
    (late,) = reviewed(95)

    places = [(each.id, each.rank, each.score, each.suggestion) for each in ranking(intake)]

    assert places == [
        (people[1].pk, 2, Decimal(80), "not_selected"),
        (people[2].pk, 3, Decimal(70), "offer"),
        (late.pk, None, None, ""),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_under_a_frozen_choice_costs_the_same_for_any_number(
    rows: int,
    intake: Intake,
    reviewed: Reviewed,
    actor: Actor,
    as_coordinator: Client,
    django_assert_max_num_queries: Callable,
) -> None:
    for application in reviewed(*range(60, 60 + rows)):
        declare(application, "women")
    freeze_choice(scenario=solved(intake, actor), reason="", actor=actor)
    (late,) = reviewed(50)
    page = reverse("selection:ranking", args=[intake.public_id])

    with django_assert_max_num_queries(13):
        shown = as_coordinator.get(page).content.decode()

    assert late.reference in shown
    assert shown.count("1 of 2") == rows
    assert "scores and suggestions come from frozen choice 1" in shown


def test_a_decision_keeps_what_explains_it(intake: Intake, people: list[Application], actor: Actor) -> None:
    freeze_choice(scenario=solved(intake, actor), reason="", actor=actor)

    (held,) = hold_decisions(intake=intake, outcomes={people[1].pk: "not_selected"}, reason="", actor=actor)

    kept = held.inputs
    assert (kept["order"], kept["of"], kept["seats"], kept["raw"]) == (2, 3, 2, "80.000")
    assert (kept["cut_off"], kept["needed"], kept["floor"]) == ("70.000", "90.001", "0.000")
    assert kept["rule"] == FrozenChoice.objects.get().rule_version.fingerprint


def test_an_override_needs_a_reason_holds_in_the_choice_and_can_end(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    with pytest.raises(Invalid):
        make_override(intake=intake, application=people[0], wanted=Wanted.OUT, reason=" ", actor=actor)
    override = make_override(
        intake=intake, application=people[0], wanted=Wanted.OUT, reason="Forged letter", actor=actor
    )
    with pytest.raises(Conflict):
        make_override(intake=intake, application=people[0], wanted=Wanted.IN, reason="No", actor=actor)

    assert solved(intake, actor).result["chosen"] == [people[1].pk, people[2].pk]
    end_override(override=override, actor=actor)
    end_override(override=override, actor=actor)
    assert solved(intake, actor).result["chosen"] == [people[0].pk, people[2].pk]
    assert EventRecord.objects.filter(name="OverrideEnded").count() == 1


def test_an_override_that_cannot_be_kept_is_said_and_breaks_no_page(
    intake: Intake, reviewed: Reviewed, actor: Actor, as_coordinator: Client
) -> None:
    Funding.objects.all().delete()
    (best,) = reviewed(90)
    unread = ApplicationFactory(intake=intake, status="eligible")
    make_override(intake=intake, application=unread, wanted="in", reason="Promised", actor=actor)

    page = as_coordinator.get(reverse("selection:ranking", args=[intake.public_id]))

    assert page.status_code == 200
    with pytest.raises(Conflict, match="not a candidate"):
        hold_decisions(intake=intake, outcomes={best.pk: "offer"}, reason="x", actor=actor)
    assert merit_choice(intake) == {best.pk}


def test_what_a_dead_worker_left_is_taken_up_again(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    scenario = ask_scenario(intake=intake, name="Lost", settings={}, actor=actor)
    long_ago = timezone.now() - timedelta(minutes=5)
    Scenario.objects.filter(pk=scenario.pk).update(status=ScenarioStatus.SOLVING, started_at=long_ago)

    solve_scenarios()

    scenario.refresh_from_db()
    assert scenario.status == ScenarioStatus.SOLVED


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_work_out_the_same_question(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    ask_scenario(intake=intake, name="Once", settings={}, actor=actor)

    done = race(solve_scenarios, solve_scenarios)

    assert sorted(done) == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_of_two_overrides_at_once_one_is_told_of_the_other(
    intake: Intake, people: list[Application], actor: Actor
) -> None:
    def override(wanted: str) -> object:
        return make_override(
            intake=intake, application=people[0], wanted=wanted, reason="Because", actor=actor
        )

    results = race(lambda: override("in"), lambda: override("out"))

    assert sorted(type(each).__name__ for each in results) == ["Conflict", "Override"]
    assert Override.objects.count() == 1


def test_a_coordinator_works_a_choice_out_and_freezes_it_in_the_browser(
    intake: Intake, people: list[Application], as_coordinator: Client
) -> None:
    page = reverse("selection:workbench", args=[intake.public_id])
    assert "Nothing has been worked out yet" in as_coordinator.get(page).content.decode()
    asked = as_coordinator.post(page, {"rule": "1"})
    assert "A worker is finding the best cohort" in as_coordinator.get(asked["Location"]).content.decode()
    progress = reverse("selection:scenario-progress", args=[Scenario.objects.get().public_id])
    assert as_coordinator.get(progress).json() == {"percent": 0, "done": False}
    solve_scenarios()
    assert as_coordinator.get(progress).json() == {"percent": 100, "done": True}

    shown = as_coordinator.get(page).content.decode()
    assert "1 of 1" in shown
    assert "In for a target" in shown
    assert "Would be in on merit alone" in shown
    frozen = as_coordinator.post(reverse("selection:freeze", args=[Scenario.objects.get().public_id]))
    run_due_deliveries()

    told = as_coordinator.get(frozen["Location"]).content.decode()
    assert "the same result" in told
    assert FrozenChoice.objects.get().digest in told
    record = as_coordinator.get(
        reverse("selection:frozen-record", args=[FrozenChoice.objects.get().public_id])
    )
    assert record.json()["choice"]["chosen"] == [people[0].pk, people[2].pk]


def test_a_what_if_is_compared_with_the_rule(
    intake: Intake, people: list[Application], as_coordinator: Client, actor: Actor
) -> None:
    solved(intake, actor)
    page = reverse("selection:workbench", args=[intake.public_id])

    asked = as_coordinator.post(page, {"name": "More seats", "seats": "3", "floor": "", "target-women": "1"})
    solve_scenarios()
    shown = as_coordinator.get(asked["Location"]).content.decode()

    assert Scenario.objects.get(name="More seats").settings == {"seats": 3}
    assert "Compared with the rule" in shown
    assert "it cannot be frozen" in shown
    assert "Freeze this choice" not in shown


def test_nonsense_gets_words_and_keeps_what_was_typed(
    intake: Intake, people: list[Application], as_coordinator: Client
) -> None:
    page = reverse("selection:workbench", args=[intake.public_id])
    assert as_coordinator.post(page, {"seats": "many"}).status_code == 422
    assert as_coordinator.get(page, {"scenario": "nonsense", "page": "-1", "show": "x"}).status_code == 200

    answer = as_coordinator.post(
        reverse("selection:override", args=[intake.public_id]),
        {"reference": "NOBODY", "wanted": "in", "reason": "She is known to us"},
    )

    assert answer.status_code == 422
    assert "She is known to us" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_workbench_costs_the_same_for_any_number(
    rows: int,
    intake: Intake,
    reviewed: Reviewed,
    actor: Actor,
    as_coordinator: Client,
    django_assert_max_num_queries: Callable,
) -> None:
    for application in reviewed(*range(60, 60 + rows)):
        declare(application, "women")
        make_override(intake=intake, application=application, wanted="out", reason="x", actor=actor)
        solved(intake, actor)

    lock_rule(intake=intake, actor=actor)

    with django_assert_max_num_queries(18):
        as_coordinator.get(reverse("selection:workbench", args=[intake.public_id]))


def test_another_organisation_finds_nothing(
    intake: Intake, people: list[Application], actor: Actor, signed_in: Callable[[User], Client]
) -> None:
    scenario = solved(intake, actor)
    frozen = freeze_choice(scenario=scenario, reason="", actor=actor)
    stranger = signed_in(people[0].person.user)

    for name, key in (
        ("workbench", intake.public_id),
        ("scenario-progress", scenario.public_id),
        ("frozen", frozen.public_id),
        ("frozen-record", frozen.public_id),
    ):
        assert stranger.get(reverse(f"selection:{name}", args=[key])).status_code in (403, 404)
