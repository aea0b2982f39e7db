"""The demo's intakes: terms of their kind, dates, rules, and how far each has come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from apps.applications.services.permissions import set_asked_consents
from apps.cohorts import services as cohorts
from apps.core.actors import Actor
from apps.courses import services as courses
from apps.portal.services.demo_content import (
    RULES,
)
from apps.programs.models import Intake, Program
from apps.programs.services.setup import (
    change_intake,
    create_intake,
    move_intake,
    set_eligibility,
    set_targets,
)
from apps.reviews.services import (
    rubric_of,
)
from apps.scholarships import services as scholarships
from apps.selection.services import set_rule

DAY = timedelta(days=1)
ZONE = ZoneInfo("Asia/Bangkok")


@dataclass(frozen=True, slots=True)
class Extras:
    """What the demo lays out for one kind of program beside the intake."""

    terms: Callable[[Program, Actor], None]
    plan: Callable[[Intake, Actor, datetime], None]
    unread_every: int
    is_decided: bool


def _scholarship_terms(program: Program, actor: Actor) -> None:
    scholarships.set_terms(
        program=program,
        amount=Decimal(19_200),
        currency="USD",
        instalments=8,
        months_between=3,
        actor=actor,
    )


def _course_terms(program: Program, actor: Actor) -> None:
    courses.set_terms(program=program, least_attendance=80, actor=actor)


def _cohort_terms(program: Program, actor: Actor) -> None:
    cohorts.set_terms(program=program, checkout_days=90, active_months=12, actor=actor)
    for title in ("Watch a session", "Teach together with your trainer", "Teach a session of your own"):
        cohorts.add_step(program=program, title={"en": title}, instructions={}, actor=actor)


def _plan_course(intake: Intake, actor: Actor, first: datetime) -> None:
    """Sessions and units."""
    for number in range(1, 5):
        courses.plan_session(
            intake=intake,
            title={"en": f"Session {number}"},
            starts_at=first.replace(hour=18, minute=0) + 7 * number * DAY,
            minutes=120,
            actor=actor,
        )
    for code, title in (("U1", "Read a table of data"), ("U2", "Train a small model")):
        courses.add_unit(intake=intake, code=code, title={"en": title}, is_required=True, actor=actor)


def _plan_nothing(intake: Intake, actor: Actor, first: datetime) -> None:
    """This kind lays out its plan when people enrol."""


#: In the course people still read; in the other two the applicant takes part already.
EXTRAS = {
    "course": Extras(_course_terms, _plan_course, unread_every=3, is_decided=False),
    "scholarship": Extras(_scholarship_terms, _plan_nothing, unread_every=1000, is_decided=True),
    "cohort": Extras(_cohort_terms, _plan_nothing, unread_every=1000, is_decided=True),
}


def open_intake(program: Program, name: str, actor: Actor) -> Intake:
    now = timezone.now().astimezone(ZONE)
    closes = (now + 40 * DAY).replace(hour=23, minute=59, second=0, microsecond=0)
    values: dict[str, Any] = {
        "name": {"en": name},
        "time_zone": "Asia/Bangkok",
        "opens_at": now - 5 * DAY,
        "closes_at": closes,
        "seats": 6,
        "reviews_each": 2,
        "reviews_due_on": (now + 55 * DAY).date(),
        "decisions_expected_on": (closes + 30 * DAY).date(),
        "starts_on": (closes + 60 * DAY).date(),
    }
    intake = create_intake(program=program, values=values, actor=actor)
    set_eligibility(intake=intake, rules=RULES[program.kind], version=intake.version, actor=actor)
    set_targets(
        intake=intake,
        percents={"women": Decimal(50), "rural": Decimal(40), "disability": Decimal(10)},
        version=intake.version,
        actor=actor,
    )
    set_asked_consents(intake=intake, purposes=["sharing", "contact", "story"], actor=actor)
    rubric_of(intake=intake, actor=actor)
    set_rule(intake=intake, floor=Decimal(40), waitlist_size=4, actor=actor)
    move_intake(intake=intake, to="published", reason="", actor=actor)
    move_intake(intake=intake, to="open", reason="", actor=actor)
    intake.refresh_from_db()
    EXTRAS[program.kind].plan(intake, actor, closes + 60 * DAY)
    return intake


def close_intake(intake: Intake, actor: Actor) -> None:
    """The sample people have applied: yesterday was the last day."""
    intake.refresh_from_db()
    now = timezone.now()
    values = {"opens_at": now - 60 * DAY, "closes_at": now - DAY}
    change_intake(intake=intake, values=values, version=intake.version, actor=actor)
    move_on(intake, actor, "closed", "reviewing")


def move_on(intake: Intake, actor: Actor, *statuses: str) -> None:
    for status in statuses:
        intake.refresh_from_db()
        move_intake(intake=intake, to=status, reason="", actor=actor)
