"""Setting up: two coordinators never overwrite each other, and rules mean what they say."""

from contextlib import suppress
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import Organisation
from apps.applications.models import FormVersion
from apps.programs.models import Intake, Program
from apps.programs.rules.rule_text import BadValue, read_value, write_value
from tests.factories.applications import ApplicationFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation), status="draft")


def dates(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Intake 2027",
        "time_zone": "Asia/Bangkok",
        "opens_at": "2027-01-01T09:00",
        "closes_at": "2027-02-01T23:59",
        "seats": "20",
        "reviews_each": "2",
        "answer_days": "14",
        "grace_minutes": "60",
        "version": "1",
        **changes,
    }


@pytest.mark.parametrize(
    ("answer", "test", "text", "value"),
    [
        ("yes_no", "is", "Yes", True),
        ("country", "one_of", "TH, LA", ["TH", "LA"]),
        ("birth_date", "age_between", "18–35", [18, 35]),
        ("number", "at_least", "2.5", 2.5),
        ("one_choice", "is", "farmer", "farmer"),
    ],
)
def test_a_rule_reads_as_it_is_written(answer: str, test: str, text: str, value: Any) -> None:
    assert read_value(answer, test, text) == value
    assert read_value(answer, test, write_value(value)) == value


@given(
    st.sampled_from(["yes_no", "one_choice", "country", "birth_date", "number"]),
    st.sampled_from(["is", "one_of", "at_least", "at_most", "age_between"]),
    st.text(max_size=40),
)
def test_any_text_is_read_or_refused(answer: str, test: str, text: str) -> None:
    with suppress(BadValue):
        read_value(answer, test, text)


def test_from_nothing_to_a_published_intake(as_coordinator: Client, organisation: Organisation) -> None:
    texts = {"title_en": "Data skills", "summary_en": "Learn.", "mode": "online", "kind": "course"}
    answer = as_coordinator.post(reverse("programs:program-create"), texts)
    program = Program.objects.get()
    assert program.organisation == organisation
    answer = as_coordinator.post(answer["Location"], dates())
    intake = Intake.objects.get()
    assert intake.closes_at.isoformat() == "2027-02-01T16:59:00+00:00"

    as_coordinator.post(reverse("programs:intake-move", args=[intake.public_id]), {"to": "published"})

    intake.refresh_from_db()
    assert intake.status == "published"
    assert as_coordinator.get(f"/en/programs/{program.slug}/{intake.slug}/").status_code == 200


def test_the_second_of_two_coordinators_is_told_and_keeps_what_they_typed(
    intake: Intake, as_coordinator: Client
) -> None:
    page = reverse("programs:intake-setup", args=[intake.public_id])
    as_coordinator.post(page, dates(seats="20"))

    answer = as_coordinator.post(page, dates(seats="30"))

    intake.refresh_from_db()
    assert (answer.status_code, intake.seats) == (409, 20)
    assert 'value="30"' in answer.content.decode()


def test_seats_that_are_held_cannot_be_taken_away(intake: Intake, as_coordinator: Client) -> None:
    Intake.objects.update(seats_taken=5)

    answer = as_coordinator.post(reverse("programs:intake-setup", args=[intake.public_id]), dates(seats="4"))

    assert answer.status_code == 422
    assert "5 seats are held already" in answer.content.decode()


def test_going_back_needs_a_reason(intake: Intake, as_coordinator: Client) -> None:
    Intake.objects.update(status="closed")
    page = reverse("programs:intake-move", args=[intake.public_id])

    as_coordinator.post(page, {"to": "open"})
    intake.refresh_from_db()
    assert intake.status == "closed"

    as_coordinator.post(page, {"to": "open", "reason": "The power was out in two provinces"})
    intake.refresh_from_db()
    assert intake.status == "open"


BAD = [
    {"seats": "-1"},
    {"seats": "9" * 400},
    {"opens_at": "2027-02-30T10:00"},
    {"opens_at": "0001-01-01T00:00"},
    {"opens_at": "9999-12-31T23:59"},
    {"closes_at": "2026-01-01T00:00"},
    {"time_zone": "Mars/Base"},
    {"name": "\x00"},
    {"starts_on_day": "30", "starts_on_month": "2", "starts_on_year": "2027"},
    {"answer_days": "NaN"},
]


@pytest.mark.parametrize("changes", BAD)
def test_nonsense_gets_a_message_at_its_field(intake: Intake, as_coordinator: Client, changes: dict) -> None:
    answer = as_coordinator.post(reverse("programs:intake-setup", args=[intake.public_id]), dates(**changes))

    assert answer.status_code == 422
    assert "govuk-error-message" in answer.content.decode()


def rules(**changes: str) -> dict[str, str]:
    rule = {
        "question": "Are you 18 to 35?",
        "answer": "birth_date",
        "test": "age_between",
        "value": "18-35",
        "unmet": "No.",
    }
    form = {f"form-0-{key}": value for key, value in {**rule, **changes}.items()}
    return {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "version": "1", **form}


def test_rules_are_set_until_people_can_apply(intake: Intake, as_coordinator: Client) -> None:
    page = reverse("programs:eligibility-setup", args=[intake.public_id])
    assert as_coordinator.post(page, rules()).status_code == 302
    assert intake.eligibility_rules.get().value == [18, 35]
    assert as_coordinator.post(page, rules(value="x")).status_code == 422

    Intake.objects.update(status="open")
    answer = as_coordinator.post(page, {**rules(), "version": "2"})
    assert answer.status_code == 409
    assert "the rules can no longer change" in as_coordinator.get(page).content.decode()


def test_of_two_coordinators_with_the_rules_or_targets_open_the_second_is_told(
    intake: Intake, as_coordinator: Client
) -> None:
    page = reverse("programs:eligibility-setup", args=[intake.public_id])
    assert as_coordinator.post(page, rules()).status_code == 302
    answer = as_coordinator.post(
        page, rules(question="Do you farm?", answer="yes_no", test="is", value="yes")
    )
    assert answer.status_code == 409
    assert "Do you farm?" in answer.content.decode()
    assert intake.eligibility_rules.get().question["en"] == "Are you 18 to 35?"

    page = reverse("programs:targets", args=[intake.public_id])
    assert as_coordinator.post(page, {"women": "50", "version": "2"}).status_code == 302
    assert as_coordinator.post(page, {"women": "40", "version": "2"}).status_code == 409
    assert intake.inclusion_targets.get().percent == 50


def test_saving_the_rules_keeps_their_translations(intake: Intake, as_coordinator: Client) -> None:
    page = reverse("programs:eligibility-setup", args=[intake.public_id])
    choice = {"question": "Your work?", "answer": "one_choice", "test": "is", "value": "farm", "unmet": "No."}
    as_coordinator.post(page, rules(**choice, options="farm | Farming\nshop | Shop"))
    rule = intake.eligibility_rules.get()
    rule.question["th"], rule.unmet["th"], rule.options[0]["label"]["th"] = "งาน", "ไม่", "ทำนา"
    rule.hint = {"en": "What pays you"}
    rule.save()

    as_coordinator.post(page, {**rules(**choice, options="farm | Farming\nshop | A shop"), "version": "2"})

    again = intake.eligibility_rules.get()
    assert (again.question["th"], again.unmet["th"], again.hint["en"]) == ("งาน", "ไม่", "What pays you")
    assert again.options[0]["label"] == {"en": "Farming", "th": "ทำนา"}
    assert again.options[1]["label"] == {"en": "A shop"}


def test_two_clicks_make_one_program_and_one_intake(
    as_coordinator: Client, organisation: Organisation
) -> None:
    page = reverse("programs:program-create")
    key = as_coordinator.get(page).context["key"]
    texts = {"title_en": "Data", "summary_en": "Learn.", "mode": "online", "kind": "course", "key": key}

    first, second = as_coordinator.post(page, texts), as_coordinator.post(page, texts)

    assert first["Location"] == second["Location"]
    again = {**dates(), "key": as_coordinator.get(first["Location"]).context["key"]}
    assert (
        as_coordinator.post(first["Location"], again)["Location"]
        == (as_coordinator.post(first["Location"], again)["Location"])
    )
    assert (Program.objects.count(), Intake.objects.count()) == (1, 1)
    as_coordinator.post(page, {**texts, "key": "x"})
    assert Program.objects.count() == 2


def test_a_key_that_belongs_to_another_organisation_opens_nothing(as_coordinator: Client) -> None:
    foreign = ProgramFactory()
    texts = {"title_en": "Data", "summary_en": "Learn.", "mode": "online", "kind": "course"}

    answer = as_coordinator.post(reverse("programs:program-create"), {**texts, "key": foreign.public_id})

    assert answer.status_code == 409


def test_targets_are_shares(intake: Intake, as_coordinator: Client) -> None:
    page = reverse("programs:targets", args=[intake.public_id])

    assert as_coordinator.post(page, {"women": "101", "version": "1"}).status_code == 422
    assert as_coordinator.post(page, {"women": "50", "version": "1"}).status_code == 302
    assert as_coordinator.post(page, {"version": "2"}).status_code == 302
    assert not intake.inclusion_targets.exists()


def test_a_form_changes_for_newcomers_and_stays_for_those_who_began(
    intake: Intake, as_coordinator: Client
) -> None:
    setup = reverse("applications:form-setup", args=[intake.public_id])
    as_coordinator.get(setup)
    first = FormVersion.objects.get()
    ApplicationFactory(intake=intake, form_version=first)
    before = first.definition

    as_coordinator.post(setup, {"add": "1", "title": "Plans"})
    publish = reverse("applications:form-publish", args=[intake.public_id])
    as_coordinator.post(publish, {"seen": as_coordinator.get(publish).context["seen"]})

    first.refresh_from_db()
    assert first.definition == before
    assert FormVersion.objects.get(number=2).definition["sections"][-1]["title"] == {"en": "Plans"}
