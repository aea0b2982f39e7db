"""The demo's people: they apply, are read, are chosen and take part, as people do."""

import io
import uuid
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.accounts.models import User
from apps.applications.models import Application
from apps.applications.selectors import form_of
from apps.applications.services import (
    add_document,
    declare_groups,
    save_section,
    start_draft,
    submit_application,
)
from apps.core.actors import Actor, user_actor
from apps.enrolments.services import take_up
from apps.inclusion.services import store_profile
from apps.people.services import person_for, save_needs
from apps.places.selectors import settlement_choices
from apps.portal.services.demo_content import (
    APPLICANT,
    PEOPLE,
)
from apps.programs.models import Intake
from apps.programs.selectors import groups_that_count
from apps.reviews.models import ReviewAssignment
from apps.reviews.selectors import measures_of
from apps.reviews.services import (
    assign_reviewers,
    declare_no_conflict,
    rubric_of,
    save_review,
    set_reviewers,
    submit_review,
)
from apps.selection.models import Offer
from apps.selection.services import hold_decisions, lock_rule, prepare_batch, release_batch


def sample_person(email: str, name: str) -> User:
    user = User.objects.create_user(email, full_name=name)
    User.objects.filter(pk=user.pk).update(is_demo=True)
    return user


def people_apply(intake: Intake, applicant: User) -> None:
    everyone = [(APPLICANT[1], "LA", 5, applicant)] + [
        (name, country, level, sample_person(f"sample{number}.{intake.pk}@people.example", name))
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
        if groups := _declared(application, level):
            declare_groups(application=application, groups=groups, actor=actor)
        submit_application(application=application, submission_key=uuid.uuid4(), actor=actor)
        store_profile(
            person=person_for(user=user, actor=actor),
            answers=_about(len(name) + level, country),
            language="en",
            actor=actor,
        )


def _declared(application: Application, level: int) -> list[str]:
    """Groups a sample person asks to be counted in, where the program's money lets targets count."""
    asked = groups_that_count(application.intake)
    return [group for number, group in enumerate(asked) if (application.pk + level) % (number + 2) == 0]


def _paper() -> SimpleUploadedFile:
    """One blank page: a real file, so that the demo's documents can be opened."""
    page = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(page)
    return SimpleUploadedFile("results.pdf", page.getvalue(), content_type="application/pdf")


def _about(number: int, country: str) -> dict[str, Any]:
    """Optional answers of a sample person, spread by a number so that every group is there."""
    towns = list(settlement_choices(country))
    return {
        **({"settlement": towns[number % len(towns)]} if towns and number % 3 else {}),
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


def people_read(intake: Intake, reviewers: list[User], actor: Actor, *, skip_every: int) -> None:
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


def people_are_chosen(intake: Intake, first: Actor, second: Actor) -> None:
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


def applicant_takes_part(intake: Intake, applicant: User) -> None:
    offer = Offer.objects.get(application__intake=intake, application__person__user=applicant)
    actor = user_actor(applicant)
    needs = {"captions": "", "other": "A seat near the screen."}
    save_needs(person=person_for(user=applicant, actor=actor), needs=needs, language="en", actor=actor)
    take_up(offer=offer, actor=actor)
