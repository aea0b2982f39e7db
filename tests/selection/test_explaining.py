"""The page of a decision, its preview, and the proof that decisions can be made again."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.applications.enums import Outcome
from apps.applications.models import Application, InclusionDeclaration
from apps.core.actors import CLOCK, IMPORTER, SYSTEM, VISITOR, Actor
from apps.core.errors import NotAllowed
from apps.programs.models import Funding, Intake
from apps.reviews.models import Review, Score
from apps.selection.enums import DecisionStatus, TieBreak, Wanted
from apps.selection.models import Decision, SelectionRule
from apps.selection.rules.explaining import Kind
from apps.selection.selectors import explanation_of, replay_decision
from apps.selection.services import (
    ask_scenario,
    correct_decision,
    freeze_choice,
    hold_decisions,
    make_override,
    prepare_batch,
    release_batch,
    set_rule,
    solve_scenarios,
    write_feedback,
)
from tests.factories.accounts import OrganisationFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import InclusionTargetFactory
from tests.factories.reviews import CriterionFactory, RubricFactory

pytestmark = pytest.mark.django_db
Reviewed = Callable[..., list[Application]]
SignedIn = Callable[[User], Client]


def release(intake: Intake, actor: Actor) -> None:
    release_batch(batch=prepare_batch(intake=intake, actor=actor), actor=actor)


def decide(intake: Intake, actor: Actor, reason: str = "", **outcomes: list[Application]) -> None:
    wanted = {each.pk: outcome for outcome, group in outcomes.items() for each in group}
    hold_decisions(intake=intake, outcomes=wanted, reason=reason, actor=actor)
    release(intake, actor)


def page_of(application: Application, signed_in: SignedIn) -> str:
    client = signed_in(application.person.user)
    answer = client.get(reverse("selection:decision-detail", args=[application.public_id]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def kinds_of(application: Application) -> tuple[Kind, ...]:
    return explanation_of(Decision.objects.get(application=application)).kinds


def judge(application: Application, *points: int) -> None:
    rubric = RubricFactory(intake=application.intake)
    review = Review.objects.get(assignment__application=application)
    titles = [{"en": "Readiness", "th": "ความพร้อม"}, {"en": "Reach"}]
    for number, (point, title) in enumerate(zip(points, titles, strict=True), start=1):
        criterion = CriterionFactory(rubric=rubric, number=number, title=title)
        Score.objects.create(review=review, criterion=criterion, points=point, comment="A CANARY OF A READER")


@pytest.fixture
def targeted(intake: Intake, reviewed: Reviewed, actor: Actor) -> list[Application]:
    """90, 80, 70, 60 for two seats, of which one is wanted for women; the last two said they are."""
    Funding.objects.create(
        program=intake.program, funder=OrganisationFactory(), inclusion_mode="reserve", legal_basis="Act 7"
    )
    InclusionTargetFactory(intake=intake, group="women", percent=50)
    made = reviewed(90, 80, 70, 60)
    for each in made[2:]:
        InclusionDeclaration.objects.create(
            application=each, groups=["women"], wording="1", declared_at=datetime.now(UTC)
        )
    return made


def freeze(intake: Intake, actor: Actor, reason: str = "") -> None:
    scenario = ask_scenario(intake=intake, name="The rule", settings={}, actor=actor)
    solve_scenarios()
    scenario.refresh_from_db()
    assert freeze_choice(scenario=scenario, reason=reason, actor=actor)


def test_who_is_not_selected_reads_scores_lines_and_what_would_have_changed_it(
    intake: Intake, reviewed: Reviewed, actor: Actor, signed_in: SignedIn
) -> None:
    set_rule(intake=intake, floor=50, waitlist_size=0, actor=actor)
    first, second, third = reviewed(90, 80.5, 70)
    judge(third, 4, 2)
    decide(intake, actor, offer=[first, second], not_selected=[third])

    page = page_of(third, signed_in)

    assert "Your mean score is 70 of 100." in page
    assert "Your place by score: 3 of 3. Places to give: 2." in page
    assert "a score below 50. Your score is not below it." in page
    assert "The last person chosen had a score of 80.500." in page
    assert "The places went to higher scores." in page
    assert "A score above 80.500 would have been enough" in page
    assert "Readiness" in page
    assert "4 of 5" in page
    assert "CANARY" not in page
    assert reverse("selection:how-we-decide", args=[intake.program.slug, intake.slug]) in page
    assert "You can ask until" in page


def test_an_offer_is_told_shortly(
    intake: Intake, reviewed: Reviewed, actor: Actor, signed_in: SignedIn
) -> None:
    first, second, third = reviewed(90, 80, 70)
    decide(intake, actor, offer=[first, second], waitlist=[third], reason="Third may wait")

    page = page_of(first, signed_in)

    assert "Your score was enough for a place." in page
    assert "The last person chosen" not in page
    assert "would have been enough" not in page


def test_criteria_are_named_in_the_readers_language(
    intake: Intake, reviewed: Reviewed, actor: Actor, signed_in: SignedIn
) -> None:
    (one,) = reviewed(90)
    judge(one, 4, 2)
    decide(intake, actor, offer=[one])

    address = reverse("selection:decision-detail", args=[one.public_id]).replace("/en/", "/th/", 1)
    page = signed_in(one.person.user).get(address).content.decode()

    assert "ความพร้อม" in page
    assert '<span lang="en">Your score was enough for a place.</span>' in page.replace("\n", "")


def test_nobody_elses_name_score_or_group_is_on_the_page(
    intake: Intake, targeted: list[Application], actor: Actor, signed_in: SignedIn
) -> None:
    freeze(intake, actor)
    best, passed_over, chosen, out = targeted
    decide(intake, actor, offer=[best, chosen], waitlist=[passed_over, out], reason="All may wait")

    for reader in targeted:
        page = page_of(reader, signed_in)
        others = [each for each in targeted if each != reader]
        assert not [each.person.full_name for each in others if each.person.full_name in page]
        assert not [each.reference for each in others if each.reference in page]
        assert "women" not in page.lower()
        told = {f"{score}" for score in (90, 80, 60)} - {
            str(int(Decision.objects.get(application=reader).score))
        }
        assert not [score for score in told if f"score is {score}" in page or f"score of {score}" in page]


def test_targets_are_told_on_both_sides_and_overrides_leave_no_would_have(
    intake: Intake, targeted: list[Application], actor: Actor, signed_in: SignedIn
) -> None:
    best, passed_over, chosen, out = targeted
    make_override(intake=intake, application=out, wanted=Wanted.OUT, reason="Left school", actor=actor)
    freeze(intake, actor)
    decide(intake, actor, reason="x", offer=[best, chosen], not_selected=[passed_over, out])

    assert Kind.TARGET_IN in kinds_of(chosen)
    assert Kind.TARGET_OUT in kinds_of(passed_over)
    assert Kind.OVERRIDE_OUT in kinds_of(out)
    page = page_of(out, signed_in)
    assert "A person decided before the choice that you do not have a place" in page
    assert "would have been enough" not in page
    assert "Left school" not in page


def test_against_the_rule_a_person_gave_a_reason_and_it_is_on_the_page(
    intake: Intake, reviewed: Reviewed, actor: Actor, signed_in: SignedIn
) -> None:
    first, _second = reviewed(90, 80)
    decide(intake, actor, not_selected=[first], reason="Already has a place elsewhere")

    page = page_of(first, signed_in)

    assert "This is not what the rule proposed." in page
    assert "Already has a place elsewhere" in page
    assert "would have been enough" not in page


def test_decisions_from_before_inputs_were_kept_can_be_read(
    intake: Intake, reviewed: Reviewed, actor: Actor, signed_in: SignedIn
) -> None:
    (one,) = reviewed(70)
    decide(intake, actor, not_selected=[one], reason="x")
    Decision.objects.update(inputs={"suggestion": "not_selected", "reviews": 1}, frozen=None)

    page = page_of(one, signed_in)

    assert "Your mean score is 70 of 100." in page
    assert "Your place by score: 1." in page


def test_while_a_correction_is_held_the_old_decision_stays_readable(
    intake: Intake, reviewed: Reviewed, actor: Actor, signed_in: SignedIn
) -> None:
    (one,) = reviewed(70)
    decide(intake, actor, not_selected=[one], reason="x")
    correct_decision(
        decision=Decision.objects.get(), outcome=Outcome.OFFER, reason="Marks mixed up", actor=actor
    )

    assert "We could not offer you a place this time" in page_of(one, signed_in)
    release(intake, actor)
    assert "This decision replaces an earlier one." in page_of(one, signed_in)


def test_the_preview_is_what_the_applicant_reads_and_feedback_is_added_to_it(
    intake: Intake, reviewed: Reviewed, actor: Actor, as_coordinator: Client, signed_in: SignedIn
) -> None:
    (one,) = reviewed(70)
    hold_decisions(intake=intake, outcomes={one.pk: "not_selected"}, reason="x", actor=actor)
    held = reverse("selection:decision-held", args=[Decision.objects.get().pk])
    ranked = as_coordinator.get(reverse("selection:ranking", args=[intake.public_id])).content.decode()
    assert held in ranked

    assert as_coordinator.post(held, {"text": "x" * 3001}).status_code == 422
    assert as_coordinator.post(held, {"text": "Your plan was clear."}).status_code == 302
    preview = as_coordinator.get(held).content.decode()
    release(intake, actor)
    page = signed_in(one.person.user).get(reverse("selection:decision-detail", args=[one.public_id]))
    too_late = as_coordinator.post(held, {"text": "Too late"})

    told = preview[preview.index("How this was decided") : preview.index("the rule for everybody")]
    assert "Your plan was clear." in told
    assert told in page.content.decode()
    assert too_late.status_code == 409
    assert "Too late" in too_late.content.decode()


@pytest.mark.parametrize("nobody", [SYSTEM, CLOCK, IMPORTER, VISITOR])
def test_nothing_but_a_person_selects_or_does_not(
    intake: Intake, reviewed: Reviewed, actor: Actor, nobody: Actor
) -> None:
    (one,) = reviewed(70)
    outcomes = {one.pk: "not_selected"}
    with pytest.raises(NotAllowed):
        hold_decisions(intake=intake, outcomes=outcomes, reason="x", actor=nobody)
    hold_decisions(intake=intake, outcomes=outcomes, reason="x", actor=actor)
    with pytest.raises(NotAllowed):
        prepare_batch(intake=intake, actor=nobody)
    batch = prepare_batch(intake=intake, actor=actor)
    with pytest.raises(NotAllowed):
        release_batch(batch=batch, actor=nobody)

    one.refresh_from_db()
    assert one.outcome == ""
    assert Decision.objects.get().status == DecisionStatus.HELD
    batch.refresh_from_db()
    release_batch(batch=batch, actor=actor)
    with pytest.raises(NotAllowed):
        correct_decision(decision=Decision.objects.get(), outcome="offer", reason="x", actor=nobody)


def replayed(*options: str) -> str:
    out = StringIO()
    call_command("replay_decisions", *options, stdout=out)
    return out.getvalue().strip()


@pytest.mark.parametrize("method", ["one_to_all", "one_to_one"])
def test_decisions_with_targets_ties_a_floor_and_overrides_are_made_again_the_same(
    intake: Intake, targeted: list[Application], reviewed: Reviewed, actor: Actor, method: str
) -> None:
    level = reviewed(80, 20)
    SelectionRule.objects.get_or_create(intake=intake)
    SelectionRule.objects.filter(intake=intake).update(
        method=method, floor=50, waitlist_size=1, tie_break=TieBreak.SENT_FIRST
    )
    make_override(intake=intake, application=targeted[0], wanted=Wanted.IN, reason="Promised", actor=actor)
    freeze(intake, actor)
    everybody = [*targeted, *level]
    outcomes = {each.pk: "not_selected" for each in everybody} | {targeted[0].pk: "offer"}
    hold_decisions(intake=intake, outcomes=outcomes, reason="x", actor=actor)

    assert all(replay_decision(each).is_same for each in Decision.objects.all())
    assert replayed("--intake", intake.slug) == "6 the same, 0 different, 0 without a frozen choice"


def test_ties_by_merit_are_made_again_and_a_correction_is_a_version_of_the_same(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    SelectionRule.objects.create(intake=intake, tie_break=TieBreak.SENT_FIRST)
    first, *level = reviewed(90, 80, 80)
    decide(intake, actor, reason="x", offer=[first], not_selected=level)
    decision = Decision.objects.get(application=level[0])
    correct_decision(decision=decision, outcome="offer", reason="Marks mixed up", actor=actor)

    assert {decision.inputs["moved"] for decision in Decision.objects.all()} == {"", "tie_in", "tie_out"}
    assert replayed() == "4 the same, 0 different, 0 without a frozen choice"


def test_what_was_changed_afterwards_or_never_frozen_is_told(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    first, second, third = reviewed(90, 80, 70)
    decide(intake, actor, reason="x", offer=[first, second], not_selected=[third])
    decision = Decision.objects.get(application=first)
    Decision.objects.filter(pk=decision.pk).update(inputs={**decision.inputs, "order": 2}, score=91)
    Decision.objects.filter(application=third).update(frozen=None)
    out = StringIO()

    with pytest.raises(CommandError) as error:
        call_command("replay_decisions", stdout=out, stderr=out)

    assert error.value.returncode == 1
    assert f"{first.reference} version 1: order, score" in out.getvalue()
    assert "1 the same, 1 different, 1 without" in out.getvalue()
    with pytest.raises(CommandError):
        replayed("--intake", "no-such-intake")


def test_a_page_costs_the_same_for_any_number_of_criteria_and_applicants(
    intake: Intake,
    reviewed: Reviewed,
    actor: Actor,
    signed_in: SignedIn,
    django_assert_max_num_queries: Callable,
) -> None:
    Intake.objects.filter(pk=intake.pk).update(seats=50)
    intake.refresh_from_db()
    made = reviewed(*[90] * 6)
    judge(made[0], 4, 2)
    decide(intake, actor, offer=made)
    client = signed_in(made[0].person.user)

    with django_assert_max_num_queries(11):
        client.get(reverse("selection:decision-detail", args=[made[0].public_id]))


def test_somebody_elses_decision_does_not_exist(
    intake: Intake, reviewed: Reviewed, actor: Actor, as_applicant: Client
) -> None:
    (one,) = reviewed(90)
    decide(intake, actor, offer=[one])

    assert as_applicant.get(reverse("selection:decision-detail", args=[one.public_id])).status_code == 404
    stranger = ApplicationFactory()
    assert (
        as_applicant.get(reverse("selection:decision-detail", args=[stranger.public_id])).status_code == 404
    )


def test_feedback_is_refused_once_the_decision_is_told(
    intake: Intake, reviewed: Reviewed, actor: Actor
) -> None:
    (one,) = reviewed(90)
    hold_decisions(intake=intake, outcomes={one.pk: "offer"}, reason="", actor=actor)
    write_feedback(decision=Decision.objects.get(), text=" Well done. ", actor=actor)

    assert Decision.objects.get().feedback == "Well done."
