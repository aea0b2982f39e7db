"""Asking referees, reminding them, replacing them; what they answer, and who may read it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from apps.accounts.models import User
from apps.applications.enums import ReferenceStatus
from apps.applications.events import ApplicationDecided, ApplicationExpired, ApplicationWithdrawn
from apps.applications.models import Application, FormVersion, Reference, ReferenceTerms
from apps.applications.references import lacking_references, reference_task
from apps.applications.services import submit_application
from apps.applications.services.referees import (
    decline_reference,
    give_reference,
    open_reference,
    record_bounce,
    save_reference,
)
from apps.applications.services.reference_clock import expire_references, remind_before_due
from apps.applications.services.reference_terms import (
    forget_references,
    receive_on_paper,
    set_reference_terms,
    waive_references,
)
from apps.applications.services.references import ask_referee, name_referee, remind_referee, take_back
from apps.core.actors import SYSTEM, VISITOR, Actor
from apps.core.errors import Conflict, Invalid
from apps.events.models import EventRecord
from apps.events.services import publish, run_due_deliveries
from apps.programs.models import Intake
from apps.selection.services import hold_decisions
from tests.applications.conftest import fill_in
from tests.factories.accounts import UserFactory
from tests.factories.applications import (
    QUESTIONS,
    ApplicationFactory,
    ReferenceFactory,
    ReferenceTermsFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TEACHER = {
    "name": "Kru Malee",
    "relation": "My teacher",
    "email": "malee@school.example.org",
    "language": "th",
}
GOOD = {"how-long": "Six years", "recommend": "yes"}


@pytest.fixture
def terms(intake: Intake) -> ReferenceTerms:
    return ReferenceTermsFactory(intake=intake)


@pytest.fixture
def draft(intake: Intake, form_version: FormVersion, terms: ReferenceTerms) -> Application:
    return ApplicationFactory(
        intake=intake, form_version=form_version, person=PersonFactory(), status="draft"
    )


def name(
    draft: Application, *, ask_now: bool = True, replaces: Reference | None = None, **changes: str
) -> Reference:
    return name_referee(
        application=draft,
        details={**TEACHER, **changes},
        ask_now=ask_now,
        replaces=replaces,
        actor=SYSTEM,
    )


def told(event: str) -> int:
    return EventRecord.objects.filter(name=event).count()


def test_asking_copies_what_the_referee_is_promised(draft: Application, terms: ReferenceTerms) -> None:
    asked = name(draft)
    ReferenceTerms.objects.update(applicant_may_read=True, reviewers_may_read=True, questions=[], due_days=1)

    asked.refresh_from_db()
    assert asked.status == ReferenceStatus.REQUESTED
    assert (asked.questions, asked.applicant_may_read, asked.reviewers_may_read) == (QUESTIONS, False, False)
    assert timedelta(days=13) < asked.due_at - asked.asked_at < timedelta(days=15)
    assert told("ReferenceAsked") == 1


def test_someone_named_for_later_hears_nothing_until_asked(draft: Application) -> None:
    named = name(draft, ask_now=False)
    assert told("ReferenceAsked") == 0

    ask_referee(reference=named, actor=SYSTEM)
    ask_referee(reference=named, actor=SYSTEM)

    assert told("ReferenceAsked") == 1


def test_the_same_details_twice_are_one_referee(draft: Application) -> None:
    assert name(draft) == name(draft, email="MALEE@school.example.org")
    assert told("ReferenceAsked") == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": "See www.shop.example"}, "name"), ({"relation": "Other"}, "email")],
)
def test_what_cannot_be_is_refused_at_its_field(
    draft: Application, changes: dict[str, str], field: str
) -> None:
    if field == "email":
        name(draft)

    with pytest.raises(Invalid) as refused:
        name(draft, **changes)

    assert list(refused.value.fields) == [field]


def test_nobody_is_their_own_referee(draft: Application) -> None:
    with pytest.raises(Invalid):
        name(draft, email=draft.person.user.email.upper())


def test_no_more_are_named_than_wanted_nor_past_the_end(draft: Application) -> None:
    name(draft)
    name(draft, email="b@x.example.org")
    with pytest.raises(Conflict):
        name(draft, email="c@x.example.org")

    Application.objects.filter(pk=draft.pk).update(status="withdrawn", withdrawn_at=datetime.now(UTC))
    with pytest.raises(Conflict):
        name(draft, email="d@x.example.org")


def test_a_draft_without_an_account_writes_to_nobody(intake: Intake, terms: ReferenceTerms) -> None:
    nobodys = ApplicationFactory(intake=intake, person=None, status="draft")

    with pytest.raises(Conflict):
        name(nobodys)


def test_one_person_asks_only_so_many_in_a_day(draft: Application) -> None:
    now = datetime.now(UTC)
    others = ApplicationFactory(person=draft.person, status="draft")
    ReferenceFactory.create_batch(15, application=others, asked_at=now, status="declined", declined_at=now)

    with pytest.raises(Conflict):
        name(draft)
    assert not draft.references.exists()


def test_reminding_is_allowed_every_three_days_and_three_times(draft: Application) -> None:
    asked = ReferenceFactory(application=draft)
    for number in (1, 2, 3):
        assert remind_referee(reference=asked, actor=SYSTEM).reminders == number
        with pytest.raises(Conflict, match="remind"):
            remind_referee(reference=asked, actor=SYSTEM)
        Reference.objects.update(reminded_at=datetime.now(UTC) - 3 * DAY)

    with pytest.raises(Conflict, match="three times"):
        remind_referee(reference=asked, actor=SYSTEM)
    assert told("ReferenceReminded") == 3


def test_just_asked_is_too_early_to_remind(draft: Application) -> None:
    asked = name(draft)

    with pytest.raises(Conflict):
        remind_referee(reference=asked, actor=SYSTEM)


@pytest.mark.parametrize("status", ["given", "declined", "expired", "cancelled", "drafted", "bounced"])
def test_who_is_not_waiting_is_not_reminded(draft: Application, status: str) -> None:
    now = datetime.now(UTC)
    moments = dict.fromkeys(("given_at", "declined_at", "bounced_at", "ended_at"), now)
    row = ReferenceFactory(application=draft, status=status, **moments)

    with pytest.raises(Conflict):
        remind_referee(reference=row, actor=SYSTEM)


def test_replacing_ends_the_first_and_frees_its_place(draft: Application) -> None:
    first = name(draft)
    second = name(draft, replaces=first, name="Uncle", email="uncle@x.example.org")

    first.refresh_from_db()
    assert first.status == ReferenceStatus.CANCELLED
    assert (second.replaces, second.status) == (first, ReferenceStatus.REQUESTED)
    assert name(draft, replaces=first, name="Uncle", email="uncle@x.example.org") == second


def test_a_bounced_address_is_corrected_in_place(draft: Application) -> None:
    first = name(draft)
    record_bounce(reference_id=first.pk, actor=SYSTEM)
    record_bounce(reference_id=first.pk, actor=SYSTEM)
    assert told("ReferenceBounced") == 1
    assert reference_task(draft).needs_another

    again = name(draft, replaces=Reference.objects.get(pk=first.pk))

    assert again.pk != first.pk
    assert not reference_task(draft).needs_another


def test_what_was_declined_stays_declined_when_someone_else_is_named(draft: Application) -> None:
    first = name(draft)
    decline_reference(reference=first, reason="No time", actor=VISITOR)
    first.refresh_from_db()

    name(draft, replaces=first, email="b@x.example.org")

    first.refresh_from_db()
    assert first.status == ReferenceStatus.DECLINED
    with pytest.raises(Conflict):
        name(draft, replaces=first, email="c@x.example.org")


def test_two_people_asked_for_one_place_are_one_of_two_wanted(draft: Application) -> None:
    first = name(draft)
    decline_reference(reference=first, reason="", actor=VISITOR)
    first.refresh_from_db()
    name(draft, replaces=first, email="b@x.example.org")

    task = reference_task(draft)

    assert (task.named, task.asked, task.state) == (1, 1, "in_progress")


def test_who_has_answered_is_not_replaced(draft: Application) -> None:
    first = name(draft)
    give_reference(reference=first, answers=GOOD, version=0, actor=VISITOR)

    with pytest.raises(Conflict):
        name(draft, replaces=first, email="b@x.example.org")
    with pytest.raises(Conflict):
        take_back(reference=first, actor=SYSTEM)


def test_opening_is_noted_once_and_also_after_a_bounce(draft: Application) -> None:
    asked = name(draft)
    record_bounce(reference_id=asked.pk, actor=SYSTEM)
    for _look in range(2):
        open_reference(reference=asked, actor=VISITOR)

    asked.refresh_from_db()
    assert asked.status == ReferenceStatus.OPENED
    assert told("ReferenceOpened") == 1
    record_bounce(reference_id=asked.pk, actor=SYSTEM)
    assert Reference.objects.get(pk=asked.pk).status == ReferenceStatus.OPENED


def test_a_half_written_reference_is_kept_and_two_windows_lose_nothing(draft: Application) -> None:
    asked = name(draft)
    kept = save_reference(reference=asked, answers={"how-long": "Si"}, version=0, actor=VISITOR)
    again = save_reference(reference=asked, answers={"how-long": "Si"}, version=0, actor=VISITOR)
    assert (kept.version, again.version) == (1, 1)

    with pytest.raises(Conflict):
        save_reference(reference=asked, answers={"how-long": "Other"}, version=0, actor=VISITOR)
    with pytest.raises(Conflict):
        give_reference(reference=asked, answers=GOOD, version=0, actor=VISITOR)
    assert Reference.objects.get(pk=asked.pk).answers == {"how-long": "Si"}


def test_giving_twice_is_giving_once(draft: Application) -> None:
    asked = name(draft)
    for _click in range(2):
        give_reference(reference=asked, answers=GOOD, version=0, actor=VISITOR)

    assert told("ReferenceGiven") == 1
    with pytest.raises(Conflict):
        give_reference(reference=asked, answers={**GOOD, "more": "x"}, version=1, actor=VISITOR)


def test_a_reference_with_a_gap_is_not_given(draft: Application) -> None:
    asked = name(draft)

    with pytest.raises(Invalid) as refused:
        give_reference(reference=asked, answers={"how-long": "Six"}, version=0, actor=VISITOR)

    assert list(refused.value.fields) == ["recommend"]


@pytest.mark.parametrize("what", ["due", "withdrawn", "cancelled", "declined"])
def test_nothing_is_taken_after_the_end(draft: Application, what: str) -> None:
    asked = name(draft)
    if what == "due":
        Reference.objects.update(due_at=datetime.now(UTC) - timedelta(seconds=1))
    elif what == "withdrawn":
        Application.objects.update(status="withdrawn", withdrawn_at=datetime.now(UTC))
    elif what == "cancelled":
        take_back(reference=asked, actor=SYSTEM)
    else:
        decline_reference(reference=asked, reason="", actor=VISITOR)

    with pytest.raises(Conflict):
        give_reference(reference=asked, answers=GOOD, version=0, actor=VISITOR)


def test_declining_deletes_what_was_typed(draft: Application) -> None:
    asked = name(draft)
    save_reference(reference=asked, answers={"how-long": "Si"}, version=0, actor=VISITOR)
    for _click in range(2):
        decline_reference(reference=asked, reason="No time", actor=VISITOR)

    assert Reference.objects.get(pk=asked.pk).answers == {}
    assert told("ReferenceDeclined") == 1


def test_the_clock_reminds_once_before_the_day_and_ends_what_is_over(draft: Application) -> None:
    now = datetime.now(UTC)
    soon = ReferenceFactory(application=draft, due_at=now + 2 * DAY)
    ReferenceFactory(application=draft, due_at=now + 9 * DAY)
    ReferenceFactory(application=draft, due_at=now + 2 * DAY, reminded_at=now - DAY)
    over = ReferenceFactory(application=draft, due_at=now - DAY)

    assert remind_before_due(now=now) == 1
    assert remind_before_due(now=now) == 0
    assert expire_references(now=now) == 1
    assert expire_references(now=now) == 0

    assert EventRecord.objects.get(name="ReferenceReminded").payload["reference_id"] == soon.pk
    assert Reference.objects.get(pk=over.pk).status == ReferenceStatus.EXPIRED


@pytest.mark.parametrize(
    "event",
    [
        lambda pk: ApplicationWithdrawn(application_id=pk, before="draft"),
        lambda pk: ApplicationExpired(application_id=pk),
        lambda pk: ApplicationDecided(application_id=pk, outcome="offer"),
    ],
)
def test_with_the_application_its_open_requests_end(draft: Application, event: Callable[[int], Any]) -> None:
    asked, noted = name(draft), name(draft, ask_now=False, email="b@x.example.org")
    publish(event(draft.pk), actor=SYSTEM)
    run_due_deliveries()

    statuses = Reference.objects.filter(pk__in=[asked.pk, noted.pk]).values_list("status", flat=True)
    assert set(statuses) == {ReferenceStatus.CANCELLED}


def complete(draft: Application) -> None:
    fill_in(draft)


def send(draft: Application) -> Application:
    return submit_application(application=draft, submission_key=uuid4(), actor=SYSTEM)


def test_an_application_is_sent_while_referees_still_write_but_not_before_they_were_asked(
    draft: Application,
) -> None:
    complete(draft)
    name(draft)
    with pytest.raises(Invalid, match="Ask 2 referees"):
        send(draft)

    second = name(draft, email="b@x.example.org")
    decline_reference(reference=second, reason="", actor=VISITOR)

    assert send(draft).submitted_at


def test_an_intake_can_want_every_reference_before_sending(draft: Application) -> None:
    ReferenceTerms.objects.update(required_before_sending=True, wanted=1)
    complete(draft)
    asked = name(draft)
    with pytest.raises(Invalid, match="0 have answered"):
        send(draft)

    give_reference(reference=asked, answers=GOOD, version=0, actor=VISITOR)

    assert send(draft).submitted_at


def test_nobody_is_decided_about_while_a_reference_is_missing(
    intake: Intake, terms: ReferenceTerms, actor: Actor
) -> None:
    ReferenceTerms.objects.update(wanted=1)
    sent = ApplicationFactory(intake=intake, status="in_review")
    asked = ReferenceFactory(application=sent)

    def hold() -> None:
        hold_decisions(intake=intake, outcomes={sent.pk: "offer"}, reason="Good", actor=actor)

    with pytest.raises(Conflict, match=sent.reference):
        hold()
    give_reference(reference=asked, answers=GOOD, version=0, actor=VISITOR)
    hold()


def test_a_coordinator_can_go_on_without_and_says_why(
    intake: Intake, terms: ReferenceTerms, actor: Actor
) -> None:
    sent = ApplicationFactory(intake=intake, status="in_review")
    with pytest.raises(Invalid):
        waive_references(application=sent, reason=" ", actor=actor)
    assert lacking_references([sent.pk]) == [sent]

    for _click in range(2):
        waive_references(application=sent, reason="Both schools are closed", actor=actor)

    assert lacking_references([sent.pk]) == []
    assert told("ReferencesWaived") == 1


def test_a_paper_reference_counts_and_says_who_recorded_it(draft: Application, actor: Actor) -> None:
    late = ReferenceFactory(application=draft, status="expired", ended_at=datetime.now(UTC))
    with pytest.raises(Invalid):
        receive_on_paper(reference=late, reason="", actor=actor)

    for _click in range(2):
        receive_on_paper(reference=late, reason="By post, folder 3", actor=actor)

    late.refresh_from_db()
    assert (late.status, late.recorded_by_id) == (ReferenceStatus.GIVEN, actor.user_id)
    assert told("ReferenceGiven") == 1


def test_paper_is_refused_where_the_same_referee_was_asked_again(draft: Application, actor: Actor) -> None:
    late = ReferenceFactory(application=draft, status="expired", ended_at=datetime.now(UTC))
    ReferenceFactory(application=draft, email=late.email)

    with pytest.raises(Conflict):
        receive_on_paper(reference=late, reason="By post", actor=actor)


def test_imported_records_and_intakes_without_terms_wait_for_nobody(terms: ReferenceTerms) -> None:
    old = ApplicationFactory(intake=terms.intake, source="records", source_key="1")

    assert lacking_references([old.pk, ApplicationFactory().pk]) == []


def test_terms_keep_the_keys_of_questions_and_refuse_an_old_version(intake: Intake, actor: Actor) -> None:
    values = {"wanted": 1, "due_days": 10}
    same = [{"label": {"en": "Why?"}}, {"label": {"en": "Why?"}}, {"key": "kept", "label": {"en": "New"}}]

    terms = set_reference_terms(intake=intake, values=values, questions=same, version=0, actor=actor)

    assert [question["key"] for question in terms.questions] == ["why", "why-2", "kept"]
    with pytest.raises(Conflict):
        set_reference_terms(intake=intake, values=values, questions=same, version=0, actor=actor)
    with pytest.raises(Invalid):
        set_reference_terms(intake=intake, values=values, questions=[], version=1, actor=actor)


def test_forgetting_leaves_no_name_no_address_and_no_text(draft: Application) -> None:
    asked, given = name(draft), name(draft, email="b@x.example.org")
    save_reference(reference=asked, answers={"how-long": "Si"}, version=0, actor=VISITOR)
    give_reference(reference=given, answers=GOOD, version=0, actor=VISITOR)

    for _time in range(2):
        forget_references(application=draft, actor=SYSTEM)

    rows = Reference.objects.filter(application=draft)
    assert {(row.name, row.relation, row.email, str(row.answers)) for row in rows} == {("", "", "", "{}")}
    assert {row.status for row in rows} == {ReferenceStatus.CANCELLED, ReferenceStatus.GIVEN}


def test_references_stay_with_the_application_when_it_changes_hands(draft: Application) -> None:
    """Merging two people moves their applications; nothing of a reference names the person."""
    asked = name(draft)
    other: User = UserFactory()
    Application.objects.filter(pk=draft.pk).update(person=PersonFactory(user=other))

    asked.refresh_from_db()
    assert asked.application.person.user == other
