"""Assigning by hand and by matching: what was chosen by hand stays, what was not begun can be undone."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.authtoken.models import Token

from apps.accounts.enums import Role
from apps.accounts.events import RoleGiven
from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.actors import SYSTEM, Actor, user_actor
from apps.core.errors import Conflict as Refused
from apps.core.errors import Invalid
from apps.events.models import EventRecord
from apps.events.services import publish, run_due_deliveries
from apps.programs.models import Intake
from apps.reviews.enums import AssignmentStatus, Purpose, TieKind
from apps.reviews.models import AssignmentRun, Conflict, IntakeReviewer, ReviewAssignment, Rubric
from apps.reviews.selectors import last_run
from apps.reviews.services import (
    Reads,
    add_reader,
    assign_reviewers,
    placing,
    plan_assignments,
    recheck_conflicts,
    remove_reader,
    set_reviewers,
    tell_tie,
    undo_run,
)
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.applications import (
    ApplicationFactory,
    FormVersionFactory,
    ReferenceFactory,
    SectionAnswersFactory,
)
from tests.factories.reviews import ReviewAssignmentFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
Staff = Callable[..., User]


@pytest.fixture
def readers(intake: Intake, staff: Staff) -> list[User]:
    found = [staff(Role.REVIEWER) for _each in range(3)]
    set_reviewers(intake=intake, limits=dict.fromkeys(found, 9), actor=SYSTEM)
    return found


@pytest.fixture
def applications(intake: Intake) -> list[Application]:
    return ApplicationFactory.create_batch(3, intake=intake, status="eligible")


def run(intake: Intake, each: int = 1) -> None:
    assign_reviewers(intake=intake, each=each, actor=SYSTEM)


def pairs(**kept: object) -> set[tuple[int, int]]:
    rows = ReviewAssignment.objects.filter(status__in=("assigned", "in_progress", "submitted"), **kept)
    return set(rows.values_list("application_id", "reviewer_id"))


def test_a_run_is_kept_with_what_it_came_to(
    intake: Intake, readers: list[User], applications: list[Application], coordinator: User
) -> None:
    assign_reviewers(intake=intake, each=4, actor=user_actor(coordinator))

    kept = AssignmentRun.objects.get()
    assert (kept.each, kept.placed, kept.lacking, kept.made_by) == (4, 9, 3, coordinator)
    assert ReviewAssignment.objects.filter(run=kept).count() == 9


def test_undo_takes_back_what_nobody_opened_and_says_what_stays(
    intake: Intake, readers: list[User], applications: list[Application]
) -> None:
    run(intake, 2)
    opened = ReviewAssignment.objects.first()
    ReviewAssignment.objects.filter(pk=opened.pk).update(no_conflict_declared_at=datetime.now(UTC))

    undone = undo_run(run=last_run(intake), actor=SYSTEM)

    assert (undone.cancelled, undone.kept) == (5, 1)
    assert pairs() == {(opened.application_id, opened.reviewer_id)}
    with pytest.raises(Refused):
        undo_run(run=AssignmentRun.objects.get(), actor=SYSTEM)


def test_after_an_undo_the_same_run_places_the_same_pairs(
    intake: Intake, readers: list[User], applications: list[Application]
) -> None:
    run(intake, 3)
    first = pairs()
    undo_run(run=last_run(intake), actor=SYSTEM)

    run(intake, 3)

    assert pairs() == first
    assert len(first) == ReviewAssignment.objects.count() == 9


def test_only_the_last_run_can_be_undone(
    intake: Intake, readers: list[User], applications: list[Application]
) -> None:
    run(intake, 1)
    first = last_run(intake)
    run(intake, 2)

    with pytest.raises(Refused):
        undo_run(run=first, actor=SYSTEM)

    assert len(pairs()) == 6


def test_who_was_added_by_hand_stays_through_runs_and_undo(
    intake: Intake, readers: list[User], applications: list[Application]
) -> None:
    by_hand = add_reader(application=applications[0], reviewer=readers[2], reason="Her field", actor=SYSTEM)
    run(intake, 1)

    undo_run(run=last_run(intake), actor=SYSTEM)
    run(intake, 2)

    by_hand.refresh_from_db()
    assert (by_hand.status, by_hand.is_manual) == (AssignmentStatus.ASSIGNED, True)
    assert len(pairs()) == 6


def test_who_was_removed_by_hand_is_not_given_back_by_a_run_but_by_hand(
    intake: Intake, readers: list[User], applications: list[Application]
) -> None:
    run(intake, 3)
    removed = ReviewAssignment.objects.first()
    pair = {"application": removed.application, "reviewer": removed.reviewer}
    remove_reader(assignment=removed, reason="Too close to the field", actor=SYSTEM)

    run(intake, 3)
    assert len(pairs()) == 8
    add_reader(**pair, reason="After all", actor=SYSTEM)

    assert len(pairs()) == 9


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_change_by_hand_needs_a_reason(
    intake: Intake, readers: list[User], applications: list[Application], reason: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add_reader(application=applications[0], reviewer=readers[0], reason=reason, actor=SYSTEM)

    assert list(refused.value.fields) == ["reason"]


def test_a_tie_made_by_hand_is_refused(readers: list[User], applications: list[Application]) -> None:
    ReferenceFactory(application=applications[0], email=readers[0].email)

    with pytest.raises(Invalid) as refused:
        add_reader(application=applications[0], reviewer=readers[0], reason="Best one", actor=SYSTEM)

    assert "Referee" in str(refused.value.fields["reviewer"][0])
    assert not pairs()


def test_who_gave_it_back_or_reviews_elsewhere_is_not_added(
    readers: list[User], applications: list[Application], staff: Staff
) -> None:
    ReviewAssignmentFactory(application=applications[0], reviewer=readers[0], status="recused")
    stranger = staff(Role.REVIEWER, OrganisationFactory())

    for nobody in (readers[0], stranger):
        with pytest.raises(Invalid):
            add_reader(application=applications[0], reviewer=nobody, reason="x", actor=SYSTEM)


def test_a_submitted_review_is_not_removed(assignment: ReviewAssignment) -> None:
    ReviewAssignment.objects.update(status="submitted", submitted_at=datetime.now(UTC))

    with pytest.raises(Refused):
        remove_reader(assignment=assignment, reason="x", actor=SYSTEM)


def test_what_must_be_fixed_before_reading_is_fixed_once_and_can_stop_it(
    intake: Intake, readers: list[User], applications: list[Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[int] = []

    def fix(of: Intake, actor: Actor) -> None:
        called.append(of.pk)

    def refuse(of: Intake, actor: Actor) -> None:
        raise Refused

    fixes = [refuse]
    monkeypatch.setattr(placing, "before_reading", fixes)
    with pytest.raises(Refused):
        run(intake)
    assert not ReviewAssignment.objects.exists()
    fixes[:] = [fix]

    add_reader(application=applications[0], reviewer=readers[0], reason="x", actor=SYSTEM)
    run(intake, 2)

    assert called == [intake.pk]


def test_languages_topics_and_panels_shape_the_plan(
    intake: Intake, readers: list[User], applications: list[Application]
) -> None:
    thai, cook, _third = readers
    reads = {
        thai: Reads(languages=("th",)),
        cook: Reads(languages=("en",), topics=("food",)),
        readers[2]: Reads(languages=("en",), topics=("law",)),
    }
    set_reviewers(intake=intake, limits=dict.fromkeys(readers, 9), reads=reads, actor=SYSTEM)
    options = [{"value": each, "label": {"en": each}} for each in ("food", "law")]
    question = {"key": "topic", "kind": "one_choice", "label": {"en": "Topic"}, "options": options}
    section = {"key": "you", "title": {"en": "You"}, "questions": [question]}
    version = FormVersionFactory(intake=intake, definition={"sections": [section]})
    Rubric.objects.create(intake=intake, topic_question="topic")
    in_thai, about_food, about_law = applications
    Application.objects.update(form_version=version)
    Application.objects.filter(pk=in_thai.pk).update(language="th")
    for application, topic in ((about_food, "food"), (about_law, "law")):
        SectionAnswersFactory(application=application, section="you", answers={"topic": topic})

    plan = plan_assignments(intake=intake, each=1)

    assert set(plan.matching.pairs) == {
        (in_thai.pk, thai.pk),
        (about_food.pk, cook.pk),
        (about_law.pk, readers[2].pk),
    }


def test_limits_alone_keep_what_reviewers_read(intake: Intake, readers: list[User]) -> None:
    set_reviewers(
        intake=intake,
        limits=dict.fromkeys(readers, 9),
        reads={readers[0]: Reads(("th",), ("food",), "university")},
        actor=SYSTEM,
    )

    set_reviewers(intake=intake, limits={readers[0]: 5}, actor=SYSTEM)

    row = IntakeReviewer.objects.get()
    assert (row.most_assignments, row.languages, row.topics, row.panel) == (5, ["th"], ["food"], "university")


def test_a_tie_that_becomes_known_ends_the_reading_and_somebody_else_reads(
    intake: Intake, readers: list[User], applications: list[Application]
) -> None:
    run(intake, 2)
    tied = ReviewAssignment.objects.first()
    ReviewAssignment.objects.filter(pk=tied.pk).update(status="submitted", submitted_at=datetime.now(UTC))

    ReferenceFactory(application=tied.application, email=tied.reviewer.email)
    ended = [recheck_conflicts(intake=intake, actor=SYSTEM) for _time in range(2)]

    assert ended == [1, 0]
    tied.refresh_from_db()
    assert tied.status == AssignmentStatus.CONFLICTED
    assert Conflict.objects.get().kind == "referee"
    assert EventRecord.objects.get(name="ConflictFound").payload["kind"] == "referee"
    assert len(pairs(application=tied.application)) == 2


def test_a_decided_application_keeps_its_readings(assignment: ReviewAssignment, intake: Intake) -> None:
    Application.objects.update(status="decided", outcome="offer", decided_at=datetime.now(UTC))
    ReferenceFactory(application=assignment.application, email=assignment.reviewer.email)

    assert recheck_conflicts(intake=intake, actor=SYSTEM) == 0


def test_a_role_given_later_is_heard(assignment: ReviewAssignment) -> None:
    home = OrganisationFactory()
    for user in (assignment.reviewer, assignment.application.person.user):
        MembershipFactory(user=user, organisation=home)

    applicant = assignment.application.person.user
    publish(RoleGiven(user_id=applicant.pk, organisation_id=home.pk, role=Role.COORDINATOR), actor=SYSTEM)
    run_due_deliveries()

    assignment.refresh_from_db()
    assert assignment.status == AssignmentStatus.CONFLICTED


def test_a_tie_told_of_ends_what_is_read_in_the_same_request(
    assignment: ReviewAssignment, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(assignment.reviewer)
    email = assignment.application.person.user.email

    answer = client.post(reverse("reviews:ties"), {"kind": "email", "value": email})

    assert answer.status_code == 302
    assert client.get(reverse("reviews:review", args=[assignment.public_id])).status_code == 404
    assert email in client.get(reverse("reviews:ties")).content.decode()


def test_after_declaring_page_document_and_api_are_gone(
    assignment: ReviewAssignment, intake: Intake, staff: Staff, signed_in: Callable[[User], Client]
) -> None:
    other = staff(Role.REVIEWER)
    set_reviewers(intake=intake, limits={assignment.reviewer: 5, other: 5}, actor=SYSTEM)
    client = signed_in(assignment.reviewer)
    token = Token.objects.create(user=assignment.reviewer).key
    question = reverse("reviews:conflict", args=[assignment.public_id])

    client.post(question, {"answer": "yes", "explanation": "My student"})

    document = {"public_id": assignment.public_id, "document_id": assignment.public_id}
    answers = [
        client.get(reverse("reviews:review", args=[assignment.public_id])),
        client.post(reverse("reviews:review", args=[assignment.public_id]), {"version": "0"}),
        client.get(question),
        client.get(reverse("reviews:document", kwargs=document)),
        client.get(f"/api/reviews/{assignment.public_id}/", headers={"Authorization": f"Token {token}"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert (
        ReviewAssignment.objects.get(status="assigned", application=assignment.application).reviewer == other
    )


def test_a_third_reader_who_steps_back_is_replaced_as_a_third_reader(
    assignment: ReviewAssignment, intake: Intake, readers: list[User]
) -> None:
    ReviewAssignment.objects.update(purpose=Purpose.THIRD)
    user = assignment.application.person.user

    tell_tie(reviewer=assignment.reviewer, kind=TieKind.EMAIL, value=user.email, actor=SYSTEM)

    assert ReviewAssignment.objects.get(status="assigned").purpose == Purpose.THIRD


def test_the_page_previews_assigns_and_undoes(
    intake: Intake, readers: list[User], applications: list[Application], as_coordinator: Client
) -> None:
    page = reverse("reviews:assign", args=[intake.public_id])
    form = {"each": "2", **{f"most-{reader.pk}": "2" for reader in readers}}

    shown = as_coordinator.post(page, form).content.decode()
    assert "6 reviews would be assigned" in shown
    assert "English" in shown
    as_coordinator.post(page, {**form, "run": "1"})
    undo = reverse("reviews:assign-undo", args=[intake.public_id])
    as_coordinator.post(undo, {"run": "another"})
    assert len(pairs()) == 6
    as_coordinator.post(undo, {"run": str(last_run(intake).public_id)})

    assert not pairs()
    assert "Undo" not in as_coordinator.get(page).content.decode()


def test_readers_are_changed_by_hand_on_a_page(
    applications: list[Application], readers: list[User], as_coordinator: Client
) -> None:
    page = reverse("reviews:readers", args=[applications[0].public_id])
    choice = {"reviewer": str(readers[0].public_id), "reason": "Her field"}

    assert as_coordinator.post(page, {**choice, "reason": ""}).status_code == 422
    assert as_coordinator.post(page, choice).status_code == 302
    row = ReviewAssignment.objects.get()
    assert str(readers[0]) in as_coordinator.get(page).content.decode()
    remove = reverse("reviews:reader-remove", args=[row.public_id])
    assert as_coordinator.post(remove, {}).status_code == 422
    assert as_coordinator.post(remove, {"reason": "Too near"}).status_code == 302

    row.refresh_from_db()
    assert row.status == AssignmentStatus.CANCELLED
    assert EventRecord.objects.get(name="ReaderRemoved").payload["reason"] == "Too near"


def test_what_a_reviewer_reads_is_set_on_a_page(
    intake: Intake, readers: list[User], as_coordinator: Client
) -> None:
    page = reverse("reviews:reader", args=[intake.public_id, readers[0].public_id])

    assert as_coordinator.post(page, {"languages": ["xx"]}).status_code == 422
    as_coordinator.post(page, {"languages": ["th", "en"], "panel": "university"})

    row = IntakeReviewer.objects.get(reviewer=readers[0])
    assert (row.languages, row.panel) == (["th", "en"], "university")


@pytest.mark.django_db(transaction=True)
def test_undoing_while_another_runs_leaves_nobody_with_too_much(
    intake: Intake, staff: Staff, applications: list[Application]
) -> None:
    set_reviewers(intake=intake, limits={staff(Role.REVIEWER): 2 for _each in range(3)}, actor=SYSTEM)
    run(intake, 2)
    newest = last_run(intake)

    race(
        partial(undo_run, run=newest, actor=SYSTEM),
        partial(assign_reviewers, intake=intake, each=2, actor=SYSTEM),
    )

    readers = list(ReviewAssignment.objects.filter(status="assigned").values_list("reviewer", flat=True))
    assert len(readers) in (0, 6)
    assert all(readers.count(each) <= 2 for each in readers)
