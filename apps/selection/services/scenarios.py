"""Questions "what if": asked in a page, worked out by a worker, kept with what they came to."""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from apps.core.actors import CLOCK, Actor
from apps.core.lifecycle import change
from apps.events.ringing import ring_on_commit
from apps.events.services import publish
from apps.programs.models import Intake
from apps.selection.enums import ScenarioStatus
from apps.selection.events import ScenarioAsked, ScenarioSolved
from apps.selection.models import Scenario
from apps.selection.rules.outcomes import as_result, work_out
from apps.selection.rules.records import digest_of_inputs
from apps.selection.rules.terms import Contradiction
from apps.selection.selectors.field import field_of, terms_of
from apps.selection.selectors.rule import ruling_of
from apps.selection.services.seeds import reveal_due_seed

BELL = "apps.selection.tasks.solve_scenarios"
#: A worker gives up after the first, and is taken for dead after the second.
SECONDS, DEAD_AFTER = 60.0, timedelta(minutes=4)


@transaction.atomic
def ask_scenario(*, intake: Intake, name: str, settings: Mapping[str, Any], actor: Actor) -> Scenario:
    """Put a question into the workers' queue; the bell rings when this is committed.

    `settings` holds only what is to differ from the rule in force: see selectors.field.terms_of.
    """
    reveal_due_seed(intake_id=intake.pk, actor=actor)
    scenario = Scenario.objects.create(
        intake=intake, name=name, settings=dict(settings), made_by_id=actor.user_id
    )
    publish(ScenarioAsked(intake_id=intake.pk, scenario_id=scenario.pk), actor=actor)
    ring_on_commit(BELL)
    return scenario


def solve_scenarios(*, limit: int = 10) -> int:
    """Work out what waits, one after the other; return how many.

    Each is claimed in a transaction of its own (SKIP LOCKED), worked out outside of any, and finished in
    another: its progress can be seen meanwhile, and a dead worker's is taken up again.
    """
    _take_up_again()
    done = 0
    while done < limit and (scenario := _claim()) is not None:
        _solve(scenario)
        done += 1
    return done


@transaction.atomic
def _take_up_again() -> None:
    lost = Scenario.objects.select_for_update(skip_locked=True).filter(
        status=ScenarioStatus.SOLVING, started_at__lt=timezone.now() - DEAD_AFTER
    )
    for scenario in lost.order_by("pk"):
        change(scenario, to=ScenarioStatus.QUEUED, stage="", percent=0)


@transaction.atomic
def _claim() -> Scenario | None:
    waiting = Scenario.objects.select_for_update(skip_locked=True, of=("self",))
    scenario = (
        waiting.filter(status=ScenarioStatus.QUEUED).select_related("intake__program").order_by("pk").first()
    )
    if scenario is not None:
        change(scenario, to=ScenarioStatus.SOLVING, started_at=Now(), stage="reading", percent=0)
    return scenario


def _solve(scenario: Scenario) -> None:
    started = time.monotonic()
    ruling = ruling_of(scenario.intake)
    rule, candidates = ruling.rule, field_of(scenario.intake, ruling).candidates
    terms = terms_of(scenario.intake, rule, scenario.settings)
    try:
        worked = work_out(
            candidates,
            terms,
            mode=rule.mode,
            waitlist_size=rule.waitlist_size,
            report=lambda stage, share: _say_how_far(scenario, stage, share),
            seconds=SECONDS,
        )
    except Contradiction as problem:
        _finish(scenario, ScenarioStatus.FAILED, problem=str(problem)[:300])
        return
    _finish(
        scenario,
        ScenarioStatus.SOLVED,
        result=as_result(candidates, terms, worked),
        inputs_digest=digest_of_inputs(candidates, terms),
        milliseconds=round(1000 * (time.monotonic() - started)),
        solved_at=Now(),
    )


def _say_how_far(scenario: Scenario, stage: str, share: float) -> None:
    rows = Scenario.objects.filter(pk=scenario.pk, status=ScenarioStatus.SOLVING)
    rows.update(stage=stage, percent=min(99, round(100 * share)))


@transaction.atomic
def _finish(scenario: Scenario, to: ScenarioStatus, **values: Any) -> None:
    change(scenario, to=to, stage="", percent=100, **values)
    publish(ScenarioSolved(intake_id=scenario.intake_id, scenario_id=scenario.pk, status=to), actor=CLOCK)
