"""The next version of a form: edited as a draft, compared, published; two people at once."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Organisation
from apps.applications.models import FormVersion
from apps.applications.rules import editing
from apps.applications.rules.condition_rows import condition_of, rows_of
from apps.applications.rules.form_diff import form_diff
from apps.applications.rules.form_texts import coverage
from apps.applications.rules.xlsform.choices import without_kept
from apps.applications.selectors import current_draft, current_form
from apps.applications.services.form_drafts import (
    change_draft,
    discard_draft,
    open_draft,
    publish_draft,
)
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.models import EventRecord
from apps.programs.models import Intake
from tests.applications.conftest import DEFINITION
from tests.factories.applications import ApplicationFactory, FormVersionFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent.parent / "data" / "xlsforms"


@pytest.fixture
def intake(organisation: Organisation) -> Intake:
    return IntakeFactory(program=ProgramFactory(organisation=organisation))


@pytest.fixture
def version(intake: Intake) -> FormVersion:
    return FormVersionFactory(intake=intake, definition=DEFINITION)


@pytest.fixture
def client(as_coordinator: Client) -> Client:
    return as_coordinator


def address(name: str, intake: Intake, *more: str) -> str:
    return reverse(f"applications:{name}", args=[intake.public_id, *more])


def question_form(**fields: str) -> dict[str, str]:
    return {"label": "Why?", "kind": "text", "when-match": "all", "needed-match": "all", **fields}


def draft_question(intake: Intake, section: str, key: str) -> dict[str, Any]:
    found = editing.find_question(current_draft(intake).definition, section, key)
    assert found is not None
    return found


# rules


def test_conditions_become_rows_and_rows_conditions() -> None:
    simple = {
        "any": [
            {"question": "a", "op": "is", "value": "x"},
            {"not": {"question": "b", "op": "answered"}},
            {"question": "c", "op": "at_least", "value": "5"},
        ]
    }

    rows = rows_of(simple)

    assert rows is not None
    assert condition_of(rows.match, rows.rows) == simple
    assert rows_of({"all": [simple, simple]}) is None
    assert rows_of({"question": "a", "op": "is", "than": "b"}) is None


def test_a_difference_says_what_was_added_removed_changed_and_moved() -> None:
    old = {
        "sections": [
            {
                "key": "s",
                "title": {"en": "S"},
                "questions": [
                    {"key": key, "kind": "text", "label": {"en": key.upper()}} for key in ("a", "b", "c", "d")
                ],
            }
        ]
    }
    a, b, c, _d = old["sections"][0]["questions"]
    new = {
        "sections": [
            {
                "key": "s",
                "title": {"en": "S"},
                "questions": [
                    c,
                    a,
                    {**b, "label": {"en": "B", "th": "บี"}, "required": True},
                    {"key": "e", "kind": "date", "label": {"en": "E"}},
                ],
            }
        ]
    }

    changes = {(change.how, change.key): change.parts for change in form_diff(old, new)}

    assert changes == {
        ("moved", "c"): (),
        ("changed", "b"): ("label", "required"),
        ("added", "e"): (),
        ("removed", "d"): (),
    }
    assert form_diff(old, old) == ()


def test_coverage_counts_the_texts_of_each_language() -> None:
    found = {each.code: (each.done, each.all) for each in coverage(DEFINITION, ["en", "th", "km"])}

    assert found["th"] == (1, found["en"][1])
    assert found["en"][0] == found["en"][1] == 8
    assert found["km"][0] == 0


def test_a_question_moves_from_the_edge_of_a_section_into_the_next() -> None:
    moved = editing.move_question(DEFINITION, section="about-you", key="country", step=1)

    assert [len(section["questions"]) for section in moved["sections"]] == [2, 4]
    assert moved["sections"][1]["questions"][0]["key"] == "country"
    back = editing.move_question(moved, section="plans", key="country", step=-1)
    assert back == DEFINITION


# services


def test_a_draft_is_not_in_force_until_it_is_published(
    intake: Intake, version: FormVersion, actor: Actor
) -> None:
    began = ApplicationFactory(intake=intake, form_version=version, status="draft")
    change_draft(intake=intake, edit=partial(editing.add_section, title={"en": "More"}), actor=actor)
    assert current_form(intake) == version

    draft = current_draft(intake)
    published = publish_draft(intake=intake, seen=editing.mark(draft.definition), actor=actor)

    assert current_form(intake) == published
    assert published.number == 2
    assert current_draft(intake) is None
    began.refresh_from_db()
    version.refresh_from_db()
    assert began.form_version == version
    assert version.definition == DEFINITION
    assert EventRecord.objects.filter(name="IntakeChanged").count() == 2


def test_two_edits_of_different_questions_both_stay(
    intake: Intake, version: FormVersion, actor: Actor
) -> None:
    seen = {key: editing.mark(editing.find_question(DEFINITION, "plans", key)) for key in ("why", "hours")}
    for key in seen:
        changed = {"kind": "text", "label": {"en": f"New {key}"}}
        edit = partial(editing.save_question, section="plans", key=key, seen=seen[key], question=changed)
        change_draft(intake=intake, edit=edit, actor=actor)

    assert draft_question(intake, "plans", "why")["label"] == {"en": "New why"}
    assert draft_question(intake, "plans", "hours")["label"] == {"en": "New hours"}


def test_the_second_edit_of_one_question_is_told_and_changes_nothing(
    intake: Intake, version: FormVersion, actor: Actor
) -> None:
    seen = editing.mark(editing.find_question(DEFINITION, "plans", "why"))
    edit = partial(
        editing.save_question,
        section="plans",
        key="why",
        seen=seen,
        question={"kind": "text", "label": {"en": "First"}},
    )
    change_draft(intake=intake, edit=edit, actor=actor)

    with pytest.raises(Conflict):
        change_draft(
            intake=intake,
            edit=partial(edit, question={"kind": "text", "label": {"en": "Second"}}),
            actor=actor,
        )
    assert draft_question(intake, "plans", "why")["label"] == {"en": "First"}


def test_publishing_or_discarding_what_was_not_seen_is_refused(
    intake: Intake, version: FormVersion, actor: Actor
) -> None:
    draft = open_draft(intake=intake, actor=actor)
    seen = editing.mark(draft.definition)
    change_draft(intake=intake, edit=partial(editing.add_section, title={"en": "More"}), actor=actor)

    with pytest.raises(Conflict):
        publish_draft(intake=intake, seen=seen, actor=actor)
    with pytest.raises(Conflict):
        discard_draft(intake=intake, seen=seen, actor=actor)
    assert current_draft(intake) == draft


def test_a_question_that_another_depends_on_cannot_go(
    intake: Intake, version: FormVersion, actor: Actor
) -> None:
    depends = {"kind": "text", "label": {"en": "B"}, "when": {"question": "hours", "op": "answered"}}
    save = partial(editing.save_question, section="plans", key="", seen="", question=depends)
    change_draft(intake=intake, edit=save, actor=actor)
    seen = editing.mark(draft_question(intake, "plans", "hours"))

    with pytest.raises(Invalid, match="hours"):
        change_draft(
            intake=intake,
            edit=partial(editing.remove_question, section="plans", key="hours", seen=seen),
            actor=actor,
        )
    assert draft_question(intake, "plans", "hours")


# pages


def test_a_question_of_every_kind_is_added_by_its_page(
    client: Client, intake: Intake, version: FormVersion
) -> None:
    extra = {
        "one_choice": {"options": "a | A\nb | B"},
        "several_choices": {"options": "a\nb"},
        "rows": {"columns": "text | *School\nnumber | Years", "most_rows": "3"},
        "number": {"whole": "on", "unit": "kg", "least": "0", "largest": "99.5"},
    }
    kinds = [
        *("text", "long_text", "number", "date", "time", "date_time", "yes_no", "one_choice"),
        *("several_choices", "country", "place", "rows", "document", "photos", "declaration", "statement"),
    ]

    for kind in kinds:
        page = client.post(
            address("form-question-add", intake, "plans"),
            question_form(label=f"Kind {kind}", kind=kind, **extra.get(kind, {})),
        )
        assert page.status_code == 302, page.context["form"].errors

    added = {each["kind"]: each for each in current_draft(intake).definition["sections"][1]["questions"][3:]}
    assert list(added) == kinds
    assert added["rows"]["columns"][0] == {
        "key": "school",
        "kind": "text",
        "label": {"en": "School"},
        "required": True,
    }
    assert added["number"]["largest"] == "99.5"
    for kind, question in added.items():
        preview = client.get(address("form-question-setup", intake, "plans", question["key"]))
        assert preview.status_code == 200, kind


def test_conditions_are_edited_in_rows_without_a_script(
    client: Client, intake: Intake, version: FormVersion
) -> None:
    page = client.post(
        address("form-question-add", intake, "plans"),
        question_form(
            **{
                "when-match": "any",
                "when-0-question": "hours",
                "when-0-comparison": "at_least",
                "when-0-value": "10",
                "when-1-question": "country",
                "when-1-comparison": "is_not",
                "when-1-value": "TH",
                "when-2-question": "",
                "needed-0-question": "hours",
                "needed-0-comparison": "answered",
                "check": "string-length(.) >= 3",
                "check_message": "Say more.",
            }
        ),
    )

    assert page.status_code == 302, page.context["form"].errors
    question = draft_question(intake, "plans", "why-2")
    assert question["when"] == {
        "any": [
            {"question": "hours", "op": "at_least", "value": "10"},
            {"not": {"question": "country", "op": "is", "value": "TH"}},
        ]
    }
    assert question["required_when"] == {"question": "hours", "op": "answered"}
    assert question["checks"][0]["message"] == {"en": "Say more."}
    shown = client.get(address("form-question-setup", intake, "plans", "why-2"))
    assert [row["question"].value() for row in shown.context["when"].rows] == ["hours", "country", None, None]


def test_a_condition_beyond_rows_is_edited_as_an_expression_and_nonsense_is_told(
    client: Client, intake: Intake, version: FormVersion, actor: Actor
) -> None:
    deep = {
        "all": [
            {"any": [{"question": "hours", "op": "answered"}, {"question": "country", "op": "answered"}]},
            {"question": "hours", "op": "above", "value": "3"},
        ]
    }
    save = partial(
        editing.save_question,
        section="plans",
        key="",
        seen="",
        question={"kind": "text", "label": {"en": "Deep"}, "when": deep},
    )
    change_draft(intake=intake, edit=save, actor=actor)
    page = address("form-question-setup", intake, "plans", "deep")
    shown = client.get(page).context
    expression = shown["when"].initial["expression"]
    assert expression == "(${hours} != '' or ${country} != '') and ${hours} > 3"

    refused = client.post(
        page, question_form(**{"label": "Deep", "seen": shown["seen"], "when-expression": "${nobody} = 1"})
    )
    kept = client.post(
        page, question_form(**{"label": "Deeper", "seen": shown["seen"], "when-expression": expression})
    )

    assert refused.status_code == 422
    assert "nobody" in str(refused.context["when"].errors)
    assert kept.status_code == 302
    assert draft_question(intake, "plans", "deep")["when"] == deep


def test_what_a_page_does_not_show_stays_when_a_question_is_saved(
    client: Client, intake: Intake, version: FormVersion, actor: Actor
) -> None:
    rich = {
        "kind": "one_choice",
        "label": {"en": "Which?", "th": "อันไหน"},
        "hint": {"th": "ช่วย"},
        "options": [
            {"value": "a", "label": {"en": "A", "km": "ក"}, "when": {"question": "hours", "op": "answered"}},
            {"value": "b", "label": {"km": "ខ"}},
            {"value": "c|d", "label": {"en": "Two\nlines"}},
        ],
        "xlsform": {"cells": {"appearance": ["minimal", ""]}},
    }
    save = partial(editing.save_question, section="plans", key="", seen="", question=rich)
    change_draft(intake=intake, edit=save, actor=actor)
    shown = client.get(address("form-question-setup", intake, "plans", "which")).context
    form = shown["form"]

    client.post(
        address("form-question-setup", intake, "plans", "which"),
        question_form(
            seen=shown["seen"], label="Which?", kind="one_choice", hint="", options=form["options"].value()
        ),
    )

    assert draft_question(intake, "plans", "which") == {"key": "which", **rich}


def test_a_conflict_shows_theirs_keeps_ours_and_saves_on_the_second_try(
    client: Client, intake: Intake, version: FormVersion, actor: Actor
) -> None:
    page = address("form-question-setup", intake, "plans", "why")
    seen = client.get(page).context["seen"]
    save = partial(
        editing.save_question,
        section="plans",
        key="why",
        seen=seen,
        question={"kind": "text", "label": {"en": "Theirs"}},
    )
    change_draft(intake=intake, edit=save, actor=actor)

    first = client.post(page, question_form(label="Ours", seen=seen))
    assert first.status_code == 409
    assert "Theirs" in first.content.decode()
    assert first.context["form"]["label"].value() == "Ours"
    second = client.post(page, question_form(label="Ours", seen=first.context["seen"]))

    assert second.status_code == 302
    assert draft_question(intake, "plans", "why")["label"] == {"en": "Ours"}


def test_texts_are_edited_language_by_language(client: Client, intake: Intake, version: FormVersion) -> None:
    page = address("form-texts", intake, "plans", "km")
    shown = client.get(page)
    fields = dict.fromkeys(shown.context["form"].fields, "")

    saved = client.post(page, {**fields, "t0": "ផែនការ", "seen": shown.context["seen"]})

    assert saved.status_code == 302
    assert current_draft(intake).definition["sections"][1]["title"] == {"en": "Your plans", "km": "ផែនការ"}
    late = client.post(page, {**fields, "t1": "ហេតុអ្វី", "seen": shown.context["seen"]})
    assert late.status_code == 409
    assert late.context["form"]["t0"].value() == "ផែនការ"
    assert late.context["form"]["t1"].value() == "ហេតុអ្វី"
    other = client.get(address("form-texts", intake, "plans", "th")).context["seen"]
    client.post(page, {**fields, "t0": "ផែនការ", "t1": "ហេតុអ្វី", "seen": late.context["seen"]})
    thai = client.post(address("form-texts", intake, "plans", "th"), {**fields, "t0": "แผน", "seen": other})
    assert thai.status_code == 302
    assert client.get(address("form-texts", intake, "plans", "xx")).status_code == 404
    assert "2 of 8 texts" in client.get(address("form-setup", intake)).content.decode()


def test_the_preview_is_the_real_form_in_each_language(
    client: Client, intake: Intake, version: FormVersion
) -> None:
    thai = client.get(address("form-preview", intake, "about-you"), {"language": "th"}).content.decode()

    assert 'lang="th"' in thai
    assert "เกี่ยวกับคุณ" in thai
    assert 'name="full-name"' in thai
    assert 'method="dialog"' in thai


def test_publishing_shows_the_differences_and_who_began(
    client: Client, intake: Intake, version: FormVersion
) -> None:
    ApplicationFactory(intake=intake, form_version=version, status="draft")
    client.post(address("form-setup", intake), {"add": "1", "title": "More"})

    page = client.get(address("form-publish", intake))
    assert "Added: Section" in page.content.decode()
    assert "1 person has begun" in page.content.decode()
    client.post(address("form-publish", intake), {"seen": page.context["seen"]})

    assert current_form(intake).number == 2


def test_sections_and_questions_move_and_go(client: Client, intake: Intake, version: FormVersion) -> None:
    setup = address("form-setup", intake)
    client.post(setup, {"down": "about-you"})
    assert [each["key"] for each in current_draft(intake).definition["sections"]] == ["plans", "about-you"]
    client.post(setup, {"up": "about-you"})
    plans = address("form-section-setup", intake, "plans")
    client.post(plans, {"up": "hours"})
    keys = [each["key"] for each in current_draft(intake).definition["sections"][1]["questions"]]
    assert keys == ["hours", "why", "certificate"]
    client.post(plans, {"remove": "why", "seen": editing.mark(draft_question(intake, "plans", "why"))})
    assert len(current_draft(intake).definition["sections"][1]["questions"]) == 2
    client.post(plans, {"remove": "hours", "seen": "old"})
    assert len(current_draft(intake).definition["sections"][1]["questions"]) == 2
    section = current_draft(intake).definition["sections"][0]
    client.post(setup, {"remove": "about-you", "seen": editing.mark(section)})
    assert len(current_draft(intake).definition["sections"]) == 1
    seen = editing.mark(current_draft(intake).definition)
    client.post(address("form-discard", intake), {"seen": seen})
    assert current_draft(intake) is None


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (FILES / name).read_bytes())


def test_a_workbook_becomes_the_draft_after_its_report_and_comes_out_again(
    client: Client, intake: Intake, version: FormVersion
) -> None:
    sent = client.post(address("form-import", intake), {"file": upload("UCL_Biomass_Plot_Form.xlsx")})
    report = client.get(sent["Location"])
    text = report.content.decode()
    assert "rows 35, 57, 73, 81" in text
    assert "A repeat inside a repeat" in text
    assert "Added: Section" in text
    assert current_draft(intake).definition == DEFINITION

    taken = client.post(address("form-import", intake), {"take": report.context["token"]})

    assert taken.status_code == 302
    assert current_draft(intake).definition["sections"][0]["key"] == "intro"
    out = client.get(address("form-export", intake))
    again = client.post(address("form-import", intake), {"file": SimpleUploadedFile("a.xlsx", out.content)})
    report = client.get(again["Location"])
    assert report.context["changes"] == []
    proposed = without_kept(current_draft(intake).definition)
    client.post(address("form-import", intake), {"take": report.context["token"]})
    assert without_kept(current_draft(intake).definition) == proposed


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04rest"])
def test_a_file_that_is_no_workbook_is_refused_beside_its_field(
    client: Client, intake: Intake, version: FormVersion, content: bytes
) -> None:
    page = client.post(address("form-import", intake), {"file": SimpleUploadedFile("a.xlsx", content)})

    assert page.status_code == 422
    assert page.context["form"].errors["file"]
    assert client.post(address("form-import", intake), {}).status_code == 422


def test_an_import_over_a_draft_that_changed_meanwhile_is_refused(
    client: Client, intake: Intake, version: FormVersion, actor: Actor
) -> None:
    sent = client.post(address("form-import", intake), {"file": upload("group.xlsx")})
    token = client.get(sent["Location"]).context["token"]
    change_draft(intake=intake, edit=partial(editing.add_section, title={"en": "More"}), actor=actor)

    client.post(address("form-import", intake), {"take": token})

    assert current_draft(intake).definition["sections"][-1]["title"] == {"en": "More"}


@pytest.mark.parametrize(
    "fields",
    [
        {"label": ""},
        {"label": "\x00"},
        {"kind": "nonsense"},
        {"kind": "one_choice"},
        {"kind": "one_choice", "options": "a\na"},
        {"kind": "rows"},
        {"kind": "rows", "columns": "place | Where"},
        {"kind": "number", "least": "abc"},
        {"check": "today() > 1"},
        {"check": "true()"},
        {"check": "((("},
        {"when-0-question": "nobody"},
        {"when-expression": "${why} = 'x'"},
    ],
)
def test_nonsense_in_a_question_is_told_and_changes_nothing(
    client: Client, intake: Intake, version: FormVersion, fields: dict[str, str]
) -> None:
    page = client.post(address("form-question-add", intake, "about-you"), question_form(**fields))

    assert page.status_code == 422
    assert current_draft(intake) is None
