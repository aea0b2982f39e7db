"""What `make demo` shows: made with the same services people use, so that nothing on it is painted on."""

import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Organisation, User
from apps.accounts.services.roles import give_role
from apps.applications.models import Application
from apps.applications.selectors import form_of
from apps.applications.services import add_document, save_section, start_draft, submit_application
from apps.applications.services.permissions import set_asked_consents
from apps.cohorts import services as cohorts
from apps.core.actors import SYSTEM, Actor, user_actor
from apps.courses import services as courses
from apps.enrolments.services import take_up
from apps.inclusion.services import store_profile
from apps.people.services import person_for, save_needs
from apps.portal.services.demo_content import (
    APPLICANT,
    FUND,
    HOUSE,
    PASSWORD,
    PEOPLE,
    PLATFORM,
    PROGRAMS,
    RULES,
    STAFF,
)
from apps.programs.models import Intake, Program
from apps.programs.services.setup import (
    change_intake,
    create_intake,
    move_intake,
    set_eligibility,
    set_funding,
    set_targets,
)
from apps.reviews.models import ReviewAssignment
from apps.reviews.rules.scoring import Measure
from apps.reviews.selectors import measures_of
from apps.reviews.services import (
    assign_reviewers,
    declare_no_conflict,
    rubric_of,
    save_review,
    set_reviewers,
    submit_review,
)
from apps.scholarships import services as scholarships
from apps.selection.models import Offer
from apps.selection.services import hold_decisions, lock_rule, prepare_batch, release_batch, set_rule

DAY = timedelta(days=1)
ZONE = ZoneInfo("Asia/Bangkok")


def is_loaded() -> bool:
    return Organisation.objects.filter(name=HOUSE).exists()


@transaction.atomic
def load_demo() -> None:
    """Organisations, staff, three programs with open intakes, and one intake in the middle of its way."""
    house = Organisation.objects.create(name=HOUSE, kind="runs_programs")
    fund = Organisation.objects.create(name=FUND, kind="funds")
    platform = Organisation.objects.create(name=PLATFORM, kind="platform")
    homes = {"funder": fund, "administrator": platform}
    staff = [_member(role, email, name, homes.get(role, house)) for role, email, name in STAFF]
    applicant = _person(*APPLICANT)
    first, second = user_actor(staff[0]), user_actor(staff[1])
    for content in PROGRAMS:
        program = Program.objects.create(organisation=house, **content)
        set_funding(program=program, funder=fund, inclusion_mode="outreach_only", legal_basis="", actor=first)
        extras = EXTRAS[program.kind]
        extras.terms(program, first)
        _open_intake(program, "Intake 2027", first)
        running = _open_intake(program, "Intake 2026", first)
        _people_apply(running, applicant)
        readers = [user for user in staff if user.full_name in READERS]
        _people_read(running, readers, first, skip_every=extras.unread_every)
        _close(running, first)
        if extras.is_decided:
            _people_are_chosen(running, first, second)
            _move_on(running, first, "deciding", "released")
            _applicant_takes_part(running, applicant)


@dataclass(frozen=True, slots=True)
class Extras:
    """What the demo lays out for one kind of program beside the intake."""

    terms: Callable[[Program, Actor], None]
    plan: Callable[[Intake, Actor, datetime], None]
    unread_every: int
    is_decided: bool


READERS = {name for role, _email, name in STAFF if role == "reviewer"}


def _person(email: str, name: str) -> User:
    user = User.objects.create_user(email, full_name=name)
    User.objects.filter(pk=user.pk).update(is_demo=True)
    return user


def _member(role: str, email: str, name: str, organisation: Organisation) -> User:
    user = _person(email, name)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    give_role(user=user, organisation=organisation, role=role, actor=SYSTEM)
    return user


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


def _open_intake(program: Program, name: str, actor: Actor) -> Intake:
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


def _close(intake: Intake, actor: Actor) -> None:
    """The sample people have applied: yesterday was the last day."""
    intake.refresh_from_db()
    now = timezone.now()
    values = {"opens_at": now - 60 * DAY, "closes_at": now - DAY}
    change_intake(intake=intake, values=values, version=intake.version, actor=actor)
    _move_on(intake, actor, "closed", "reviewing")


def _move_on(intake: Intake, actor: Actor, *statuses: str) -> None:
    for status in statuses:
        intake.refresh_from_db()
        move_intake(intake=intake, to=status, reason="", actor=actor)


def _plan_nothing(intake: Intake, actor: Actor, first: datetime) -> None:
    """This kind lays out its plan when people enrol."""


#: In the course people still read; in the other two the applicant takes part already.
EXTRAS = {
    "course": Extras(_course_terms, _plan_course, unread_every=3, is_decided=False),
    "scholarship": Extras(_scholarship_terms, _plan_nothing, unread_every=1000, is_decided=True),
    "cohort": Extras(_cohort_terms, _plan_nothing, unread_every=1000, is_decided=True),
}


def _people_apply(intake: Intake, applicant: User) -> None:
    everyone = [(APPLICANT[1], "LA", 5, applicant)] + [
        (name, country, level, _person(f"sample{number}.{intake.pk}@people.example", name))
        for number, (name, country, level) in enumerate(PEOPLE, start=1)
    ]
    for name, country, level, user in everyone:
        actor = user_actor(user)
        application = start_draft(intake=intake, user=user, language="en", actor=actor)
        for section in form_of(application).sections:
            answers = {question.key: _answer(question, name, country) for question in section.answered}
            for question in section.documents:
                add_document(application=application, question=question.key, upload=_paper(), actor=actor)
            save_section(
                application=application,
                section=section.key,
                answers={key: value for key, value in answers.items() if value is not None},
                is_complete=True,
                version=0,
                actor=actor,
            )
        submit_application(application=application, submission_key=uuid.uuid4(), actor=actor)
        store_profile(
            person=person_for(user=user, actor=actor),
            answers=_about(len(name) + level),
            language="en",
            actor=actor,
        )


def _paper() -> SimpleUploadedFile:
    """One blank page: a real file, so that the demo's documents can be opened."""
    page = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(page)
    return SimpleUploadedFile("results.pdf", page.getvalue(), content_type="application/pdf")


def _about(number: int) -> dict[str, Any]:
    """Optional answers of a sample person, spread by a number so that every group is there."""
    return {
        "gender": ("woman", "man")[number % 2],
        "residence": ("village", "city", "town")[number % 3],
        "VIS_SS": 3 if number % 7 == 0 else 1,
        **dict.fromkeys(("HEAR_SS", "MOB_SS", "COG_SS", "SC_SS", "COM_SS"), 1),
    }


def _answer(question: Any, name: str, country: str) -> Any:
    answers = {"full-name": name, "country": country, "phone": None}
    if question.key in answers:
        return answers[question.key]
    by_kind = {
        "text": "A short answer of a sample person.",
        "long_text": "I want to bring what I learn back to the people I work with every day.",
        "number": "12",
        "date": "1998-03-27",
        "yes_no": "yes",
        "country": country,
        "declaration": True,
    }
    if question.options:
        first = question.options[0].value
        return [first] if question.kind == "several_choices" else first
    return by_kind.get(question.kind)


def _people_read(intake: Intake, reviewers: list[User], actor: Actor, *, skip_every: int) -> None:
    """Everyone is read by two; the points follow the level of the sample person. One review in
    `skip_every` stays open, so that reviewers of the demo find something to do.
    """
    lock_rule(intake=intake, actor=actor)
    set_reviewers(intake=intake, limits=dict.fromkeys(reviewers, 30), actor=actor)
    assign_reviewers(intake=intake, each=2, actor=actor)
    levels = {name: level for name, _country, level in PEOPLE} | {APPLICANT[1]: 5}
    measures = measures_of(rubric_of(intake=intake, actor=actor))
    rows = ReviewAssignment.objects.filter(application__intake=intake).select_related("application__person")
    for number, row in enumerate(rows.order_by("id")):
        if number % skip_every == 0:
            continue
        reader = user_actor(row.reviewer)
        level = levels[str(row.application.person)]
        declare_no_conflict(assignment=row, actor=reader)
        save_review(
            assignment=row,
            points={
                each.id: max(1, min(each.highest, level - (number + index) % 2))
                for index, each in enumerate(measures)
            },
            comments={each.id: "Clear and concrete." for each in measures},
            comment="",
            version=0,
            actor=reader,
        )
        submit_review(assignment=row, actor=reader)


def _points(measures: list[Measure], level: int) -> dict[int, int]:
    return {each.id: max(1, min(each.highest, level)) for each in measures}


def _people_are_chosen(intake: Intake, first: Actor, second: Actor) -> None:
    ranked = Application.objects.filter(intake=intake).order_by("id")
    ids = {row.person.full_name: row.pk for row in ranked.select_related("person") if row.person}
    best = [name for name, _country, level in PEOPLE if level == 5][:3]
    good = [name for name, _country, level in PEOPLE if level == 4][:3]
    outcomes = dict.fromkeys(ids.values(), "not_selected")
    outcomes |= {ids[name]: "offer" for name in (APPLICANT[1], *best)}
    outcomes |= {ids[name]: "waitlist" for name in good}
    hold_decisions(
        intake=intake, outcomes=outcomes, reason="The panel kept two seats for a second round.", actor=first
    )
    release_batch(batch=prepare_batch(intake=intake, actor=first), actor=second)


def _applicant_takes_part(intake: Intake, applicant: User) -> None:
    offer = Offer.objects.get(application__intake=intake, application__person__user=applicant)
    actor = user_actor(applicant)
    needs = {"captions": "", "other": "A seat near the screen."}
    save_needs(person=person_for(user=applicant, actor=actor), needs=needs, language="en", actor=actor)
    take_up(offer=offer, actor=actor)


def sign_ins() -> list[tuple[str, str]]:
    """One sample sign-in for each role, for the terminal and for README."""
    shown: dict[str, str] = {}
    for role, email, _name in STAFF:
        shown.setdefault(role, email)
    return [("applicant", f"{APPLICANT[0]} (a code comes to the demo mailbox)")] + [
        (role, f"{email}, password {PASSWORD}") for role, email in shown.items()
    ]
