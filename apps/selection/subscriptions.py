"""What selection hears from the stages below, and what it does before they go on."""

from django.utils.translation import gettext_lazy as _

from apps.applications.events import ApplicationWithdrawn
from apps.core.actors import CLOCK, Actor
from apps.core.errors import Conflict
from apps.events.registry import Heard, subscribe
from apps.programs.enums import IntakeStatus
from apps.programs.events import IntakeMoved
from apps.programs.extension import Panel, public_panels
from apps.programs.models import Intake
from apps.reviews.extension import before_reading, before_scoring
from apps.selection.events import ChoiceFrozen
from apps.selection.selectors import drift_of, fixed_rule
from apps.selection.services import (
    close_waitlist,
    follow_withdrawal,
    lock_rule,
    promise_lot,
    replay_choice,
    reveal_due_seed,
)

#: Moves after which no place becomes free for anybody.
ENDS_WAITING = (IntakeStatus.ARCHIVED, IntakeStatus.CANCELLED)


def application_withdrawn(event: ApplicationWithdrawn, heard: Heard) -> None:
    follow_withdrawal(application_id=event.application_id, actor=heard.actor)


def intake_moved(event: IntakeMoved, heard: Heard) -> None:
    if event.after == IntakeStatus.PUBLISHED:
        promise_lot(intake_id=event.intake_id, actor=heard.actor)
    else:
        reveal_due_seed(intake_id=event.intake_id, actor=heard.actor)


def fix_rule(intake: Intake, actor: Actor) -> None:
    """Nobody reads before the rule is fixed."""
    lock_rule(intake=intake, actor=actor)


def rule_stands(intake: Intake) -> None:
    """Nobody scores by other criteria than those that were fixed and published."""
    if "criteria" in drift_of(intake):
        words = _("The rubric was changed after the rule was fixed. A second coordinator must agree first.")
        raise Conflict(words)


def choice_frozen(event: ChoiceFrozen, heard: Heard) -> None:
    replay_choice(frozen_id=event.frozen_id, actor=CLOCK)


def how_we_decide(intake: Intake) -> Panel:
    """On the public page of a program: one statement, whether the rule is fixed or not."""
    return Panel("selection/_how_we_decide_panel.html", {"told": fixed_rule(intake)})


def intake_over(event: IntakeMoved, heard: Heard) -> None:
    if event.after in ENDS_WAITING:
        close_waitlist(intake=Intake.objects.get(pk=event.intake_id), actor=heard.actor)


def listen() -> None:
    subscribe(
        {
            ApplicationWithdrawn: [application_withdrawn],
            IntakeMoved: [intake_moved, intake_over],
            ChoiceFrozen: [choice_frozen],
        }
    )
    before_reading.append(fix_rule)
    before_scoring.append(rule_stands)
    public_panels.append(how_we_decide)
