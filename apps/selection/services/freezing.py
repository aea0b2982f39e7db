"""A choice becomes the choice: one signed record of people, rule and result that re-runs at any time."""

from typing import Any

from django.core.signing import Signer
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.programs.models import Intake
from apps.selection.enums import ScenarioStatus
from apps.selection.events import ChoiceFrozen, ChoiceReplayed
from apps.selection.models import FrozenChoice, Scenario
from apps.selection.rules.choosing import choose
from apps.selection.rules.records import assemble, choice_as_data, digest_of_inputs, holds
from apps.selection.rules.terms import Candidate, Contradiction, Terms
from apps.selection.selectors.choosing import last_frozen
from apps.selection.selectors.field import field_of, terms_of
from apps.selection.selectors.rule import ruling_of
from apps.selection.services.ruling import lock_rule
from apps.selection.services.seeds import reveal_due_seed

SIGNER = Signer(salt="apps.selection.frozen-choice")


@transaction.atomic
def freeze_choice(*, scenario: Scenario, reason: str, actor: Actor) -> FrozenChoice:
    """Freeze what a scenario came to. Twice the same is once.

    Only the rule in force can be frozen: other seats, targets or methods are a change of the rule, which
    needs a second person. The intake's row is locked, and people, rule and overrides must still be what
    was worked out: else Conflict. A later choice of the same intake needs a reason.
    """
    intake = Intake.objects.select_for_update().select_related("program").get(pk=scenario.intake_id)
    scenario = Scenario.objects.get(pk=scenario.pk)
    if scenario.status != ScenarioStatus.SOLVED or scenario.result is None:
        raise Conflict(_("This is not worked out yet."))
    if scenario.settings:
        raise Conflict(
            _("This scenario is not the rule in force. Change the rule first, with a second person.")
        )
    if not scenario.result["is_proven"]:
        raise Conflict(_("Time ran out before the best choice was proven. Work it out again."))
    candidates, terms = _ready(intake, actor)
    if digest_of_inputs(candidates, terms) != scenario.inputs_digest:
        raise Conflict(_("The applications, the rule or the overrides have changed. Work it out again."))
    record = assemble(candidates, terms, scenario.result["choice"], way=scenario.result["way"])
    return _keep(intake, record, scenario=scenario, reason=reason, actor=actor)


@transaction.atomic
def choice_for_decisions(*, intake: Intake, actor: Actor) -> FrozenChoice | None:
    """The frozen choice that decisions rest on; the order of merit is frozen as it stands where it decides alone.

    None while nobody can be ranked. Raises Conflict where targets or minima play a part and nobody has
    frozen a choice yet.
    """
    intake = Intake.objects.select_for_update().select_related("program").get(pk=intake.pk)
    last = last_frozen(intake)
    if last is not None and last.scenario_id is not None:
        return last
    candidates, terms = _ready(intake, actor)
    if not terms.is_by_merit:
        raise Conflict(
            _("Targets play a part in this choice. Work it out and freeze it on the workbench first.")
        )
    return _freeze_order_of_merit(intake, candidates, terms, last, actor) if candidates else last


def _ready(intake: Intake, actor: Actor) -> tuple[tuple[Candidate, ...], Terms]:
    """The people and the terms of a choice that is to count: the rule is fixed and lots are drawn first."""
    lock_rule(intake=intake, actor=actor)
    reveal_due_seed(intake_id=intake.pk, actor=actor)
    ruling = ruling_of(intake)
    field = field_of(intake, ruling)
    if not field.is_drawn and _has_ties(field.candidates):
        raise Conflict(_("Some scores are equal, and lots are drawn only when the intake has closed."))
    return field.candidates, terms_of(intake, ruling.rule)


def _has_ties(candidates: tuple[Candidate, ...]) -> bool:
    return len({each.merit for each in candidates}) < len(candidates)


def _freeze_order_of_merit(
    intake: Intake, candidates: tuple[Candidate, ...], terms: Terms, last: FrozenChoice | None, actor: Actor
) -> FrozenChoice:
    try:
        choice = choose(candidates, terms)
    except Contradiction as problem:
        raise Conflict(str(problem)) from problem
    record = assemble(candidates, terms, choice_as_data(choice), way="choose")
    reason = "The order of merit as it stood when decisions were held." if last else ""
    return _keep(intake, record, scenario=None, reason=reason, actor=actor)


def _keep(
    intake: Intake, record: dict[str, Any], *, scenario: Scenario | None, reason: str, actor: Actor
) -> FrozenChoice:
    last = last_frozen(intake)
    if last is not None and last.digest == record["digest"]:
        return last
    if last is not None and not reason.strip():
        raise Invalid(fields={"reason": [_("A choice was frozen before. Say why there is another one.")]})
    frozen = FrozenChoice.objects.create(
        intake=intake,
        number=last.number + 1 if last else 1,
        scenario=scenario,
        rule_version=ruling_of(intake).version,
        record=record,
        digest=record["digest"],
        signature=SIGNER.signature(record["digest"]),
        reason=reason.strip()[:1000] if last else "",
        frozen_by_id=actor.user_id,
    )
    publish(ChoiceFrozen(intake_id=intake.pk, frozen_id=frozen.pk, digest=frozen.digest), actor=actor)
    return frozen


@transaction.atomic
def replay_choice(*, frozen_id: int, actor: Actor) -> bool:
    """Make a frozen choice again and write down whether it is the same."""
    frozen = FrozenChoice.objects.get(pk=frozen_id)
    is_same = is_genuine(frozen) and holds(frozen.record)
    publish(ChoiceReplayed(intake_id=frozen.intake_id, frozen_id=frozen.pk, is_same=is_same), actor=actor)
    return is_same


def is_genuine(frozen: FrozenChoice) -> bool:
    """Whether the record was signed here; what the record itself says is checked when it is read."""
    return (
        SIGNER.signature(frozen.digest) == frozen.signature and frozen.record.get("digest") == frozen.digest
    )
