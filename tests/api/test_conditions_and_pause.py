"""Coordinators over HTTP: conditions, what a release does, its notices, the waitlist; and what applicants see."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import Organisation, User
from apps.applications.models import Application
from apps.enrolments.models import Enrolment
from apps.programs.models import Intake
from apps.selection.models import Offer, WaitlistEntry
from tests.api.test_selecting import reviewed
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.selection.seating import hear_everything

pytestmark = pytest.mark.django_db
Caller = Callable[[User], APIClient]


@pytest.fixture
def me(coordinator: User, caller: Caller) -> APIClient:
    return caller(coordinator)


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation), seats=1)


def held(me: APIClient, intake: Intake) -> tuple[list[Application], str]:
    """One offer and two on the waitlist, in a batch; and where the batch lives."""
    applications = reviewed(intake, 90, 80, 70)
    here = f"/api/intakes/{intake.public_id}"
    for outcome, group in (("offer", applications[:1]), ("waitlist", applications[1:])):
        body = {"applications": [str(each.public_id) for each in group], "outcome": outcome, "reason": "x"}
        assert me.post(f"{here}/hold/", body).status_code == 200
    return applications, f"/api/batches/{me.post(f'{here}/batches/').json()['public_id']}"


def test_a_batch_is_bound_previewed_paused_and_its_conditions_settled(
    me: APIClient, intake: Intake, caller: Caller
) -> None:
    (chosen, *_others), batch = held(me, intake)

    assert me.post(f"{batch}/conditions/", {"texts": ["Show your diploma."]}).status_code == 200
    one = me.post(f"/api/applications/run/{chosen.public_id}/conditions/", {"texts": ["Show it.", "Sign."]})
    assert one.json()["conditions"] == ["Show it.", "Sign."]
    assert me.post(f"{batch}/conditions/", {"texts": [""]}).status_code == 400
    preview = me.get(f"{batch}/preview/").json()
    assert preview["outcomes"] == {"offer": 1, "waitlist": 2}
    assert (preview["free_now"], preview["free_after"], preview["withdrawn"]) == (1, 0, False)
    paused = me.post(f"{batch}/notices/pause/", {"reason": "Look first"}).json()
    assert (paused["reason"], bool(paused["paused_at"])) == ("Look first", True)
    assert me.post(f"{batch}/release/").json()["status"] == "released"
    hear_everything()
    resumed = me.post(f"{batch}/notices/resume/").json()
    assert (resumed["paused_at"], sum(me.get(f"{batch}/notices/").json()["counts"].values())) == (None, 3)

    theirs = caller(chosen.person.user)
    offer = theirs.get("/api/offers/").json()["results"][0]
    accepted = theirs.post(f"/api/offers/{offer['public_id']}/accept/")
    assert (accepted.status_code, accepted.json()["status"]) == (202, "accepted")
    for condition in offer["conditions"]:
        place = f"/api/offers/run/{offer['public_id']}/conditions/{condition['id']}/"
        assert me.post(place, {"status": "waived"}).status_code == 422
        assert me.post(place, {"status": "met", "reason": ""}).json()["status"] == "met"
    hear_everything()
    assert Enrolment.objects.get().application == chosen


def test_the_waitlist_is_passed_over_put_back_filled_and_closed(
    me: APIClient, intake: Intake, caller: Caller
) -> None:
    (_chosen, first, second), batch = held(me, intake)
    me.post(f"{batch}/release/")
    here = f"/api/intakes/{intake.public_id}/waitlist"
    place = caller(second.person.user).get(f"/api/applications/{second.public_id}/waitlist/")
    assert place.json() == {"status": "waiting", "reason": "", "fewest": 1, "most": 1}

    assert me.post(f"/api/waitlist/{first.public_id}/skip/", {}).status_code == 400
    skipped = me.post(f"/api/waitlist/{first.public_id}/skip/", {"reason": "Away"}).json()
    assert (skipped["status"], skipped["reason"]) == ("skipped", "Away")
    Intake.objects.filter(pk=intake.pk).update(seats=2)
    assert me.post(f"{here}/fill/").json() == {"number": 1}
    assert me.post(f"/api/waitlist/{first.public_id}/back/").json()["status"] == "waiting"
    assert me.post(f"{here}/close/").json() == {"number": 1}

    assert Offer.objects.filter(application=second).exists()
    assert WaitlistEntry.objects.get(application=first).status == "closed"
