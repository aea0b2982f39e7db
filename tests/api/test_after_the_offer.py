"""From the offer to completion over HTTP with tokens, for each kind of program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.cohorts.models import OnwardTraining, PracticeTask, Trainer
from apps.courses.models import Session
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.scholarships.models import Disbursement
from apps.selection.services import take_seat
from tests.factories.cohorts import PracticeStepFactory, TrainerFactory
from tests.factories.courses import SessionFactory, UnitFactory
from tests.factories.people import PersonFactory
from tests.factories.places import CountryFactory
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.factories.selection import OfferFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
#: The day where the intakes of the tests are: from 17:00 UTC on it is tomorrow there.
THERE = timezone.localdate(timezone=ZoneInfo("Asia/Bangkok"))


@dataclass
class Cast:
    applicant: APIClient
    coordinator: APIClient
    second: APIClient
    trainer: APIClient


@pytest.fixture
def cast(
    staff: Callable[..., User], caller: Callable[[User], APIClient], applicant: User, coordinator: User
) -> Cast:
    return Cast(
        applicant=caller(applicant),
        coordinator=caller(coordinator),
        second=caller(staff(Role.COORDINATOR)),
        trainer=caller(staff(Role.TRAINER)),
    )


@pytest.fixture
def accepted(cast: Cast, applicant: User, organisation: Organisation) -> Callable[[str], Enrolment]:
    def accept(kind: str) -> Enrolment:
        intake = IntakeFactory(program=ProgramFactory(kind=kind, organisation=organisation))
        take_seat(intake=intake)
        offer = OfferFactory(application__intake=intake, application__person=PersonFactory(user=applicant))
        public_id = good(cast.applicant.post(f"/api/offers/{offer.public_id}/accept/"))["public_id"]
        return Enrolment.objects.select_related("intake__program").get(public_id=public_id)

    return accept


def good(answer: Any) -> Any:
    assert answer.status_code in (200, 201), answer.content
    return answer.json()


def status_of(cast: Cast, enrolment: Enrolment) -> str:
    return good(cast.applicant.get(f"/api/enrolments/{enrolment.public_id}/"))["status"]


def test_a_scholar_agrees_and_is_paid_by_two_people(cast: Cast, accepted: Callable[[str], Enrolment]) -> None:
    enrolment = accepted(ProgramKind.SCHOLARSHIP)
    mine, program = f"/api/scholarships/{enrolment.public_id}/", enrolment.intake.program.public_id
    assert good(cast.applicant.get(mine))["award"] is None
    assert cast.applicant.post(f"{mine}agree/").status_code == 404
    terms = {"amount": "600", "currency": "THB", "instalments": 2, "months_between": 1}
    address = f"/api/scholarships/programs/{program}/terms/"
    assert good(cast.coordinator.get(address)) == {"terms": None}
    assert good(cast.coordinator.put(address, terms))["terms"] == {**terms, "amount": "600.00"}

    agreed = good(cast.applicant.post(f"{mine}agree/"))
    assert agreed["award"]["status"] == "agreed"
    here = f"/api/scholarships/intakes/{enrolment.intake.public_id}"
    award = good(cast.coordinator.get(f"{here}/awards/"))["results"][0]
    started = good(cast.coordinator.post(f"/api/scholarships/awards/{award['public_id']}/activate/"))
    assert started["status"] == "active"

    Disbursement.objects.filter(status="planned").update(status="due")
    for line in good(cast.coordinator.get(f"{here}/payments/"))["results"]:
        payment = f"/api/scholarships/payments/{line['public_id']}"
        assert good(cast.coordinator.post(f"{payment}/approve/"))["status"] == "approved"
        alone = cast.coordinator.post(f"{payment}/send/", {"payment_reference": "TX-1"})
        assert (alone.status_code, alone.json()["code"]) == (403, "not_allowed")
        sent = good(cast.second.post(f"{payment}/send/", {"payment_reference": "TX-1"}))
        assert [entry["step"] for entry in sent["entries"]][-2:] == ["approved", "sent"]
        assert cast.coordinator.post(f"{payment}/received/").status_code == 404
        assert good(cast.applicant.post(f"{payment}/received/"))["status_words"] == "You received it"

    assert good(cast.applicant.get(mine))["award"]["status"] == "completed"
    good(cast.coordinator.post(f"/api/enrolments/run/{enrolment.public_id}/complete/"))
    assert status_of(cast, enrolment) == "completed"


def test_a_payment_that_came_back_is_approved_and_sent_anew(
    cast: Cast, accepted: Callable[[str], Enrolment]
) -> None:
    enrolment = accepted(ProgramKind.SCHOLARSHIP)
    terms = {"amount": "600", "currency": "THB", "instalments": 1, "months_between": 1}
    program = enrolment.intake.program.public_id
    good(cast.coordinator.put(f"/api/scholarships/programs/{program}/terms/", terms))
    good(cast.applicant.post(f"/api/scholarships/{enrolment.public_id}/agree/"))
    here = f"/api/scholarships/intakes/{enrolment.intake.public_id}/awards/"
    award = f"/api/scholarships/awards/{good(cast.coordinator.get(here))['results'][0]['public_id']}"
    payment = f"/api/scholarships/payments/{Disbursement.objects.get().public_id}"
    day = {"due_on": (TODAY + timedelta(days=9)).isoformat(), "reason": "New account"}
    assert good(cast.coordinator.post(f"{payment}/day/", day))["due_on"] == day["due_on"]
    good(cast.coordinator.post(f"{award}/activate/"))
    Disbursement.objects.update(status="due")

    assert cast.second.post(f"{payment}/send/", {"payment_reference": "T"}).status_code == 409
    good(cast.coordinator.post(f"{payment}/approve/"))
    good(cast.second.post(f"{payment}/send/", {"payment_reference": "T"}))
    assert cast.coordinator.post(f"{payment}/return/", {"reason": "\u200b"}).status_code == 422
    assert good(cast.coordinator.post(f"{payment}/return/", {"reason": "No such account"}))["status"] == (
        "returned"
    )
    assert good(cast.coordinator.post(f"{payment}/reissue/"))["status"] == "due"
    assert good(cast.coordinator.post(f"{award}/suspend/", {"reason": "Studies paused"}))["status"] == (
        "suspended"
    )
    assert good(cast.coordinator.post(f"{award}/resume/", {"reason": "Back"}))["status"] == "active"
    assert good(cast.coordinator.post(f"{payment}/cancel/", {"reason": "Paid in cash"}))["status"] == (
        "cancelled"
    )


def test_a_course_is_planned_attended_assessed_and_completed(
    cast: Cast, accepted: Callable[[str], Enrolment]
) -> None:
    enrolment = accepted(ProgramKind.COURSE)
    here, public_id = f"/api/courses/intakes/{enrolment.intake.public_id}", str(enrolment.public_id)
    Enrolment.objects.update(started_on=TODAY - timedelta(days=3))
    plan = {"title": "Welcome", "day": (TODAY - timedelta(days=1)).isoformat(), "minutes": 60}
    session = good(cast.coordinator.post(f"{here}/sessions/new/", {**plan, "begins": "09:00", "place": ""}))
    unit = good(
        cast.coordinator.post(f"{here}/units/new/", {"code": "U1", "title": "Data", "is_required": True})
    )
    missing = good(cast.applicant.get(f"/api/courses/{public_id}/"))["missing"]
    assert missing == ["1 required unit is not marked competent yet."]
    assert cast.trainer.post(f"/api/enrolments/run/{public_id}/complete/").status_code == 422

    sheet = f"/api/courses/sessions/{session['public_id']}/attendance/"
    assert good(cast.trainer.get(sheet))["marks"][0]["mark"] == ""
    body = {"version": session["version"], "marks": [{"enrolment": public_id, "mark": "present"}]}
    assert good(cast.trainer.put(sheet, body))["marks"][0]["mark"] == "present"
    assert good(cast.trainer.put(sheet, body))["version"] == 2  # the same again changes nothing
    late = {**body, "marks": [{"enrolment": public_id, "mark": "absent"}]}
    assert cast.coordinator.put(sheet, late).status_code == 409
    found = [{"enrolment": public_id, "result": "competent", "feedback": "Well done", "version": 0}]
    unit_sheet = f"/api/courses/units/{unit['public_id']}/assessments/"
    assert good(cast.trainer.put(unit_sheet, {"findings": found}))["findings"][0]["result"] == "competent"

    own = good(cast.applicant.get(f"/api/courses/{public_id}/"))
    assert (own["missing"], own["sessions"][0]["mark"]) == ([], "present")
    row = good(cast.trainer.get(f"{here}/progress/"))["results"][0]
    assert row["progress"]["is_complete"] is True
    done = good(cast.trainer.post(f"/api/intakes/{enrolment.intake.public_id}/complete/"))
    assert done == {"completed": 1}
    assert status_of(cast, enrolment) == "completed"


BAD_MARKS: list[tuple[Any, int]] = [
    ("x", 400),
    ([{"enrolment": "x", "mark": "present"}], 400),
    ([{"mark": "present"}], 400),
    ([{"enrolment": str(uuid4()), "mark": "present"}], 422),
    ([{"enrolment": "OWN", "mark": "asleep"}], 400),
    ([{"enrolment": "OWN", "mark": "present", "note": "x"}], 400),
    ([{"enrolment": "OWN", "mark": "present"}, {"enrolment": "OWN", "mark": "late"}], 422),
    ([], 422),
]


@pytest.mark.parametrize(("marks", "status"), BAD_MARKS)
def test_marks_that_mean_nothing_are_refused(
    cast: Cast, accepted: Callable[[str], Enrolment], marks: Any, status: int
) -> None:
    enrolment = accepted(ProgramKind.COURSE)
    session = SessionFactory(intake=enrolment.intake)
    if isinstance(marks, list):
        own = str(enrolment.public_id)
        marks = [{**each, "enrolment": own} if each.get("enrolment") == "OWN" else each for each in marks]

    answer = cast.trainer.put(
        f"/api/courses/sessions/{session.public_id}/attendance/", {"version": 1, "marks": marks}
    )

    assert answer.status_code == status
    assert not Session.objects.get().held_at


def test_sessions_and_units_are_changed_and_removed(cast: Cast, accepted: Callable[[str], Enrolment]) -> None:
    intake = accepted(ProgramKind.COURSE).intake
    session, unit = SessionFactory(intake=intake), UnitFactory(intake=intake)
    here = f"/api/courses/sessions/{session.public_id}"
    plan = {"title": "Moved", "day": "2030-05-01", "begins": "10:30", "minutes": 90, "place": "Room 2"}

    moved = good(cast.coordinator.put(f"{here}/", {**plan, "version": 1}))

    assert (moved["title"]["en"], moved["starts_at"]) == ("Moved", "2030-05-01T03:30:00Z")
    assert cast.coordinator.put(f"{here}/", {**plan, "version": 1}).status_code == 409
    assert cast.coordinator.put(f"{here}/", {**plan, "begins": "25:00", "version": 2}).status_code == 400
    assert cast.trainer.put(f"{here}/", {**plan, "version": 2}).status_code == 403
    assert cast.coordinator.post(f"{here}/remove/").status_code == 204
    assert cast.coordinator.post(f"{here}/remove/").status_code == 404
    same = {"code": unit.code, "title": "Data", "is_required": False}
    assert good(cast.coordinator.put(f"/api/courses/units/{unit.public_id}/", same))["is_required"] is False
    double = cast.coordinator.post(f"/api/courses/intakes/{intake.public_id}/units/new/", same)
    assert (double.status_code, list(double.json()["fields"])) == (422, ["code"])
    assert cast.coordinator.post(f"/api/courses/units/{unit.public_id}/remove/").status_code == 204


def test_a_cohort_practises_is_certified_and_trains_others(
    cast: Cast, accepted: Callable[[str], Enrolment]
) -> None:
    CountryFactory()
    enrolment = accepted(ProgramKind.COHORT)
    program = f"/api/cohorts/programs/{enrolment.intake.program.public_id}"
    master = TrainerFactory(program=enrolment.intake.program, status="certified")
    teachers = {"trainers": [str(master.public_id)]}
    intake = f"/api/cohorts/intakes/{enrolment.intake.public_id}"
    chosen = good(cast.coordinator.put(f"{intake}/teachers/", teachers))
    assert [each["public_id"] for each in chosen["teachers"]] == teachers["trainers"]
    step = good(cast.coordinator.post(f"{program}/steps/", {"title": "Teach a lesson", "instructions": ""}))
    assert step["title"] == {"en": "Teach a lesson"}

    mine = good(cast.applicant.get(f"/api/cohorts/{enrolment.public_id}/"))
    trainer, own = (f"/api/cohorts/{room}/{mine['trainer']['public_id']}" for room in ("trainers", "mine"))
    report = {
        **{"title": "First lesson", "held_on": TODAY.isoformat(), "country": "TH", "place": "Mae Sot"},
        **{"people_reached": 20, "women_reached": 12},
    }
    assert cast.applicant.post(f"{own}/trainings/", report).status_code == 403
    assert cast.coordinator.post(f"{trainer}/certify/").status_code == 422
    task = f"/api/cohorts/practice/{mine['tasks'][0]['public_id']}"
    assert cast.applicant.post(f"{task}/mark/", {"done_on": THERE.isoformat()}).status_code == 403
    done = good(cast.trainer.post(f"{task}/mark/", {"done_on": THERE.isoformat(), "note": "Clear voice"}))
    assert done["done_on"] == THERE.isoformat()
    certified = good(cast.coordinator.post(f"{trainer}/certify/"))
    assert (certified["status"], certified["teachers"][0]["public_id"]) == (
        "certified",
        teachers["trainers"][0],
    )
    assert status_of(cast, enrolment) == "completed"

    for _twice in range(2):
        good(cast.applicant.post(f"{own}/trainings/", report, HTTP_IDEMPOTENCY_KEY="report-1"))

    assert OnwardTraining.objects.get().people_reached == 20
    assert good(cast.applicant.get(f"{own}/"))["own_people"] == 20
    above = good(cast.coordinator.get(f"/api/cohorts/trainers/{master.public_id}/"))["cascade"]
    assert (above["own_people"], above["levels"][0]["people"]) == (0, 20)
    pupils = good(cast.coordinator.get(f"/api/cohorts/trainers/{master.public_id}/pupils/"))["results"]
    assert [pupil["people"] for pupil in pupils] == [20]
    whom = {
        row["public_id"]: row["taught_by"]
        for row in good(cast.trainer.get(f"{program}/trainers/"))["results"]
    }
    assert whom[mine["trainer"]["public_id"]] == teachers["trainers"]
    assert good(cast.trainer.get(f"{program}/reach/"))["people"] == 20


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"held_on": "2999-01-01"}, 422, "held_on"),
        ({"held_on": "yesterday"}, 400, "held_on"),
        ({"people_reached": 0}, 400, "people_reached"),
        ({"people_reached": 10**9}, 400, "people_reached"),
        ({"women_reached": 21}, 422, "women_reached"),
        ({"country": "ZZ"}, 422, "country"),
        ({"title": "\u200b"}, 422, "title"),
        ({"key": "x"}, 400, "key"),
        ({"trainer": "x"}, 400, "trainer"),
    ],
)
def test_a_training_that_cannot_be_is_refused_at_its_field(
    cast: Cast, applicant: User, wrong: dict[str, Any], status: int, field: str
) -> None:
    CountryFactory()
    trainer = TrainerFactory(person=PersonFactory(user=applicant), status="certified")
    report = {
        **{"title": "Lesson", "held_on": TODAY.isoformat(), "country": "TH", "place": "Mae Sot"},
        "people_reached": 20,
    }

    answer = cast.applicant.post(f"/api/cohorts/mine/{trainer.public_id}/trainings/", {**report, **wrong})

    assert (answer.status_code, list(answer.json()["fields"])) == (status, [field])
    assert not OnwardTraining.objects.exists()


def test_steps_marks_and_standing_are_corrected(
    cast: Cast, accepted: Callable[[str], Enrolment], organisation: Organisation, staff: Callable[..., User]
) -> None:
    enrolment = accepted(ProgramKind.COHORT)
    program = f"/api/cohorts/programs/{enrolment.intake.program.public_id}"
    good(cast.coordinator.put(f"{program}/terms/", {"checkout_days": 60, "active_months": 6}))
    step = PracticeStepFactory(program=enrolment.intake.program, number=9)
    changed = good(cast.coordinator.put(f"/api/cohorts/steps/{step.pk}/", {"title": "Teach two"}))
    assert changed["title"]["en"] == "Teach two"
    assert cast.coordinator.post(f"/api/cohorts/steps/{step.pk}/remove/").status_code == 204
    good(cast.coordinator.post(f"{program}/steps/", {"title": "Teach"}))
    task = PracticeTask.objects.get()
    here = f"/api/cohorts/practice/{task.public_id}"
    assert cast.trainer.post(f"{here}/mark/", {"done_on": "2999-01-01"}).status_code == 422
    good(cast.trainer.post(f"{here}/mark/", {"done_on": THERE.isoformat()}))
    assert good(cast.trainer.post(f"{here}/unmark/"))["done_on"] is None
    trainer = f"/api/cohorts/trainers/{Trainer.objects.get().public_id}"
    assert good(cast.coordinator.post(f"{trainer}/suspend/", {"reason": "A complaint"}))["status"] == (
        "suspended"
    )
    assert good(cast.coordinator.post(f"{trainer}/reinstate/", {"reason": "Cleared"}))["status"] == "checkout"
    new = staff(Role.TRAINER)
    made = good(cast.coordinator.post(f"{program}/masters/", {"user": str(new.public_id)}))
    assert made["status"] == "certified"
    stranger = cast.coordinator.post(f"{program}/masters/", {"user": str(uuid4())})
    assert (stranger.status_code, list(stranger.json()["fields"])) == (422, ["user"])


def test_leaving_pausing_ending_and_coming_back(cast: Cast, accepted: Callable[[str], Enrolment]) -> None:
    enrolment = accepted(ProgramKind.COURSE)
    run = f"/api/enrolments/run/{enrolment.public_id}"
    assert good(cast.trainer.post(f"{run}/leave/start/", {"reason": "Ill"}))["status"] == "on_leave"
    assert good(cast.trainer.post(f"{run}/leave/end/"))["status"] == "active"
    assert cast.trainer.post(f"{run}/leave/end/").status_code == 422
    assert cast.trainer.post(f"{run}/end/", {"status": "completed", "reason": "x"}).status_code == 400
    assert cast.trainer.post(f"{run}/end/", {"status": "no_show", "reason": "\u200b"}).status_code == 422
    ended = good(cast.trainer.post(f"{run}/end/", {"status": "not_completed", "reason": "Stopped coming"}))
    assert (ended["status"], ended["reason"]) == ("not_completed", "Stopped coming")
    assert good(cast.coordinator.post(f"{run}/reopen/", {"reason": "A mistake"}))["status"] == "active"

    mine = f"/api/enrolments/{enrolment.public_id}/withdraw/"
    assert cast.coordinator.post(mine).status_code == 404
    assert good(cast.applicant.post(mine, {"reason": ""}))["status"] == "withdrawn"
    assert good(cast.applicant.post(mine))["status"] == "withdrawn"  # twice is once
    assert [line["words"] for line in good(cast.trainer.get(f"{run}/"))["history"]][-1] == "Withdrawn"
