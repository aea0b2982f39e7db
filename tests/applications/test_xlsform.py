"""Forms as workbooks: in, out again, and what pyxform makes of both."""

import copy
import io
import re
import zipfile
from operator import eq, ge, gt, le, lt, ne
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pyxform.xls2xform import convert

from apps.applications.forms import SectionForm
from apps.applications.rules.conditions import condition_from, holds
from apps.applications.rules.definition import form_from_definition
from apps.applications.rules.form_diff import form_diff
from apps.applications.rules.xlsform import workbook as workbook_room
from apps.applications.rules.xlsform.choices import without_kept
from apps.applications.rules.xlsform.keeping import Imported, export_workbook, import_workbook
from apps.applications.rules.xlsform.workbook import Refused
from apps.applications.workbook_words import FileWords, NoteWords, line_of
from tests.applications.filling import posted
from tests.applications.generated import answers_to, definition_of, dice_of, seeds
from tests.applications.meaning import meaning_of

FILES = Path(__file__).parent.parent / "data" / "xlsforms"
NAMES = sorted(path.name for path in FILES.glob("*.xlsx"))
SHEETS = settings(deadline=None, suppress_health_check=list(HealthCheck))


def workbook(**sheets: list[list[Any]]) -> bytes:
    """An .xlsx of these sheets, each a list of rows."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def survey(*rows: list[Any], columns: str = "type name label relevant constraint required") -> Imported:
    return import_workbook(workbook(survey=[columns.split(), *rows], choices=CHOICES))


CHOICES = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]


def questions(imported: Imported) -> dict[str, dict[str, Any]]:
    return {
        question["key"]: question
        for section in imported.definition["sections"]
        for question in section["questions"]
    }


def codes(imported: Imported) -> set[tuple[tuple[int, ...], str, str]]:
    return {(note.rows, note.column, note.code) for note in imported.notes}


@pytest.mark.parametrize("name", NAMES)
def test_a_published_form_comes_back_with_the_same_meaning(name: str) -> None:
    original = (FILES / name).read_bytes()
    imported = import_workbook(original)

    exported = export_workbook(imported.definition)

    assert meaning_of(convert(exported, file_type=".xlsx").xform) == meaning_of(
        convert(original, file_type=".xlsx").xform
    )
    assert without_kept(import_workbook(exported).definition) == without_kept(imported.definition)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_that_is_told_anew_still_means_the_same_where_we_hold_it(name: str) -> None:
    """Without the author's own cells: only what the definition says, so that nothing hides in copies."""
    imported = import_workbook((FILES / name).read_bytes())
    plain = without_kept(imported.definition)

    again = import_workbook(export_workbook(plain))

    assert without_kept(again.definition) == plain


def test_any_definition_survives_a_workbook() -> None:
    for seed in seeds(100):
        with dice_of(seed) as dice:
            definition = definition_of(dice)
            form_from_definition(definition)

            again = import_workbook(export_workbook(definition, title="Form"))

            assert without_kept(again.definition) == definition


@pytest.mark.parametrize("value", ["a b", "a ${b", "${b}", "a${b}c"])
def test_an_option_whose_value_is_no_name_of_a_choice_survives(value: str) -> None:
    options = [{"value": each, "label": {"en": "A"}} for each in (value, "a_b")]
    question = {"key": "q", "kind": "several_choices", "label": {"en": "Q"}, "required": False}
    section = {"key": "s", "title": {"en": "S"}, "questions": [{**question, "options": options}]}
    definition = {"sections": [section]}

    again = import_workbook(export_workbook(definition, title="Form"))

    assert without_kept(again.definition) == definition


def told(imported: Imported) -> list[str]:
    return [
        " | ".join([note.sheet, ",".join(map(str, note.rows)), note.column, note.code, note.detail])
        for note in imported.notes
    ]


def expected() -> dict[str, list[str]]:
    """What we do not hold of each file, read against the files by hand."""
    found: dict[str, list[str]] = {name: [] for name in NAMES}
    name = ""
    for line in (FILES / "notes.txt").read_text().splitlines():
        if line.startswith("# "):
            name = line.removeprefix("# ")
        elif line:
            found[name].append(line)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_report_names_what_we_cannot_hold(name: str) -> None:
    imported = import_workbook((FILES / name).read_bytes())

    assert told(imported) == expected()[name]


def test_every_note_and_refusal_has_words() -> None:
    codes = {line.split(" | ")[3] for lines in expected().values() for line in lines}
    codes |= set(re.findall(r'Unheld\(\s*"(\w+)"', SOURCE)) | set(re.findall(r'reason="(\w+)"', SOURCE))
    refusals = set(re.findall(r'Refused\("(\w+)"', SOURCE))

    assert codes <= set(NoteWords.values)
    assert refusals == set(FileWords.values)
    for name in NAMES:
        for note in import_workbook((FILES / name).read_bytes()).notes:
            assert "{" not in line_of(note).words.replace(note.detail, "")


SOURCE = "".join(path.read_text() for path in Path(workbook_room.__file__).parent.glob("*.py"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_an_imported_form_can_be_filled_in(name: str) -> None:
    definition = import_workbook((FILES / name).read_bytes()).definition

    for seed in seeds(3):
        with dice_of(seed) as dice:
            is_kept_as_it_was_typed(definition, answers_to(dice, definition))


def is_kept_as_it_was_typed(definition: dict[str, Any], answers: dict[str, dict[str, Any]]) -> None:
    form = form_from_definition(definition)
    known: dict[str, Any] = {}

    for section in form.sections:
        given_here = {q.key: answers[section.key].get(q.key) for q in section.questions}
        sent = MultiValueDict()
        for question in section.questions:
            for field, value in posted(question, given_here[question.key]).items():
                sent.setlist(field, value if isinstance(value, list) else [value])
        filled = SectionForm(section, {}, sent, known=known)
        filled.is_valid()
        kept = {key: value for key, value in filled.answers().items() if value is not False}
        assert kept == {key: value for key, value in given_here.items() if value}
        known |= kept
        # what was typed is complained about only for being missing, or for not fitting another answer
        for key in filled.errors:
            question = next(each for each in section.questions if each.key == key)
            assert given_here[key] is None or question.checks or any(o.when for o in question.options)


def test_an_edited_question_changes_its_own_row_only() -> None:
    original = (FILES / "UCL_Biomass_Plot_Form.xlsx").read_bytes()
    definition = import_workbook(original).definition
    edited = copy.deepcopy(definition)
    question = next(
        each for part in edited["sections"] for each in part["questions"] if each["key"] == "leader_number"
    )
    question["label"]["en"] = "Telephone"
    question["when"] = {"question": "leader_name", "op": "is", "value": "Andrea"}

    before = convert(export_workbook(definition), file_type=".xlsx", pretty_print=True).xform
    after = convert(export_workbook(edited), file_type=".xlsx", pretty_print=True).xform

    changed = {line.strip() for line in after.splitlines()} - {line.strip() for line in before.splitlines()}
    assert len(changed) == 2
    assert any("<value>Telephone</value>" in line for line in changed)
    assert any("/data/info/leader_name  = 'Andrea'" in line for line in changed)


def test_a_group_gives_up_its_condition_when_a_question_in_it_gets_another() -> None:
    imported = survey(
        ["begin group", "outer", "Outer"],
        ["select_one yn", "smokes", "Smokes?"],
        ["begin group", "inner", "Inner", "${smokes} = 'yes'"],
        ["text", "brand", "Brand"],
        ["text", "since", "Since"],
        ["end group"],
        ["end group"],
    )
    asked = questions(imported)
    assert asked["brand"]["when"] == {"question": "smokes", "op": "is", "value": "yes"}
    del asked["brand"]["when"]

    again = questions(import_workbook(export_workbook(imported.definition)))

    assert "when" not in again["brand"]
    assert again["since"]["when"] == {"question": "smokes", "op": "is", "value": "yes"}


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("${a} = 'x'", {"question": "a", "op": "is", "value": "x"}),
        ("${a}=‘x’", {"question": "a", "op": "is", "value": "x"}),
        ("${a} != 'x'", {"not": {"question": "a", "op": "is", "value": "x"}}),
        ("18 <= ${n}", {"question": "n", "op": "at_least", "value": "18"}),
        ("${n} > -1.50", {"question": "n", "op": "above", "value": "-1.5"}),
        ("${a} != ''", {"question": "a", "op": "answered"}),
        ("selected(${m}, 'yes')", {"question": "m", "op": "includes", "value": "yes"}),
        ("regex(${a}, '[0-9]+')", {"question": "a", "op": "matches", "value": "[0-9]+"}),
        ("string-length(${a}) >= 3", {"question": "a", "op": "matches", "value": r"[\s\S]{3,}"}),
        ("count-selected(${m}) <= 2", {"question": "m", "op": "matches", "value": r"(?:\S+(?: \S+){0,1})?"}),
        ("${n} >= ${a}", {"question": "n", "op": "at_least", "than": "a"}),
        (
            "not(${a} = 'x') and (${n} < 3 or true())",
            {"not": {"question": "a", "op": "is", "value": "x"}},
        ),
    ],
)
def test_an_expression_becomes_a_condition(written: str, held: dict[str, Any]) -> None:
    imported = survey(
        ["text", "a", "A"],
        ["integer", "n", "N"],
        ["select_multiple yn", "m", "M"],
        ["text", "last", "Last", written],
    )

    assert questions(imported)["last"]["when"] == held
    assert imported.notes == ()


@pytest.mark.parametrize("number", [0, 1, 2, 3])
@pytest.mark.parametrize("sign", ["=", "!=", "<", "<=", ">", ">="])
def test_counting_choices_and_characters_counts_right(sign: str, number: int) -> None:
    if (sign, number) == ("<", 0):
        return  # never true: told, not held
    compare = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}[sign]
    asked = questions(
        survey(
            ["select_multiple yn", "m", "M"],
            ["text", "a", "A"],
            ["text", "b", "B", f"count-selected(${{m}}) {sign} {number}"],
            ["text", "c", "C", f"string-length(${{a}}) {sign} {number}"],
        )
    )

    for count in range(5):
        chosen, text = [f"choice{each}" for each in range(count)], "ก" * count
        assert holds(condition_from(asked["b"]["when"]), {"m": chosen}) is compare(count, number)
        assert holds(condition_from(asked["c"]["when"]), {"a": text}) is compare(count, number)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("today() > '2020-01-01'", "function"),
        ("${a} + 1 = 2", "arithmetic"),
        ("${a} = yes", "bare_word"),
        ("${last} = 'x'", "not_asked_before"),
        ("${a}", "not_a_condition"),
        ("((((", "unreadable"),
    ],
)
def test_an_expression_we_cannot_hold_is_told_kept_and_nobody_is_made_to_answer(
    written: str, code: str
) -> None:
    rows = [["text", "a", "A"], ["text", "b", "B", written, None, "yes"], ["text", "last", "Last"]]

    imported = survey(*rows)

    assert ((3,), "relevant", code) in codes(imported)
    assert ((3,), "required", "not_required") in codes(imported)
    assert not {"when", "required"} & questions(imported)["b"].keys()
    again = convert(export_workbook(imported.definition), file_type=".xlsx").xform
    assert meaning_of(again) == meaning_of(convert(workbook_of(rows), file_type=".xlsx").xform)


def workbook_of(rows: list[list[Any]]) -> bytes:
    columns = ["type", "name", "label", "relevant", "constraint", "required"]
    return workbook(survey=[columns, *rows], choices=CHOICES)


def test_constraints_become_limits_or_checks_with_their_message() -> None:
    imported = import_workbook(
        workbook(
            survey=[
                ["type", "name", "label", "constraint", "constraint_message::English (en)"],
                ["integer", "age", "Age", ". >= 18 and . <= 99", None],
                ["integer", "hours", "Hours", ". >= 5", "At least five."],
            ]
        )
    )

    asked = questions(imported)
    assert (asked["age"]["least"], asked["age"]["largest"]) == ("18", "99")
    assert asked["hours"]["checks"] == [
        {"that": {"question": ".", "op": "at_least", "value": "5"}, "message": {"en": "At least five."}}
    ]


def test_a_cascade_of_choices_keeps_what_each_option_depends_on() -> None:
    imported = import_workbook((FILES / "choice_filter_test.xlsx").read_bytes())

    county = {option["value"]: option["when"] for option in questions(imported)["county"]["options"]}

    assert county["pierce"] == {"question": "state", "op": "is", "value": "washington"}
    assert county["king"] == {
        "any": [
            {"question": "state", "op": "is", "value": "washington"},
            {"question": "state", "op": "is", "value": "texas"},
        ]
    }


def test_or_other_asks_to_specify_it() -> None:
    asked = questions(import_workbook((FILES / "or_other.xlsx").read_bytes()))

    assert asked["fav_color"]["options"][-1]["value"] == "other"
    assert asked["fav_color_other"]["when"] == {"question": "fav_color", "op": "is", "value": "other"}
    assert [option["value"] for option in asked["fav_pastel"]["options"]] == ["mauve", "apricot"]


def test_languages_get_their_codes_and_unknown_ones_a_stable_one() -> None:
    book = workbook(
        survey=[
            ["type", "name", "label::English (en)", "label::Swahili (sw)", "label::Klingon"],
            ["text", "a", "Hello", "Habari", "nuqneH"],
        ]
    )

    labels = [questions(import_workbook(book))["a"]["label"] for _time in range(2)]

    assert labels[0] == labels[1]
    assert {"en": "Hello", "sw": "Habari"}.items() <= labels[0].items()
    assert len(labels[0]) == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"hello", "not_xlsx"),
        (b"PK\x03\x04", "not_xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_format"),
        (b"x" * (5 * 1024 * 1024 + 1), "large"),
        (workbook(other=[["a"]], more=[["b"]]), "pyxform"),
        (workbook(survey=[["type", "name", "label"]]), "nothing"),
        (workbook(survey=[["type", "name", "label"], ["geopoint", "where", "Where?"]]), "nothing"),
        (workbook(survey=[["type", "name"], ["begin group", "a"]]), "pyxform"),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        import_workbook(content)

    assert refused.value.code == code


def packed(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<a/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return written.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed(**{"xl__workbook.xml": b" " * 30_000_000}), "large"),
        (packed(**{"xl__workbook.xml": b"<a/>", "xl__vbaProject.bin": b"x"}), "active"),
        (packed(**{"xl__workbook.xml": b"<a/>", "..__evil.xml": b"x"}), "active"),
        (packed(**{"xl__workbook.xml": ENTITIES}), "active"),
        (packed(**{"xl__workbook.xml": b"<a/>", "xl__worksheets__sheet1.xml": b"<a"}), "not_xlsx"),
    ],
)
def test_a_harmful_or_damaged_file_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        import_workbook(content)

    assert refused.value.code == code


def test_nothing_written_runs_as_a_formula() -> None:
    book = export_workbook(
        {
            "sections": [
                {
                    "key": "a",
                    "title": {"en": "=1+1"},
                    "questions": [{"key": "q", "kind": "text", "label": {"en": "=HYPERLINK(1)"}}],
                }
            ]
        }
    )

    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_a_very_long_form_is_read_in_time() -> None:
    rows = [["text", f"question_{number}", f"Question {number}"] for number in range(9000)]
    begun = process_time()

    imported = import_workbook(workbook(survey=[["type", "name", "label"], *rows]))
    exported = export_workbook(imported.definition)
    form_diff({"sections": []}, imported.definition)

    assert process_time() - begun < 40
    assert {len(section["questions"]) for section in imported.definition["sections"]} == {200}
    assert len(imported.definition["sections"]) == 45
    assert without_kept(import_workbook(exported).definition) == without_kept(imported.definition)


def test_a_group_with_more_questions_than_a_section_holds_stays_one_group_in_the_workbook() -> None:
    rows = [["text", f"question_{number}", f"Question {number}"] for number in range(250)]
    group = [["begin group", "long", "Long", None], *rows, ["end group"]]
    book = workbook(survey=[["type", "name", "label", "relevant"], ["text", "a", "A"], *group])
    imported = import_workbook(book)

    exported = export_workbook(imported.definition)

    assert [len(section["questions"]) for section in imported.definition["sections"]] == [1, 200, 50]
    assert meaning_of(convert(exported, file_type=".xlsx").xform) == meaning_of(
        convert(book, file_type=".xlsx").xform
    )


CELLS = st.one_of(
    st.none(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
    st.sampled_from(
        [
            *("text", "begin group", "end group", "begin repeat", "end repeat", "select_one yn", "integer"),
            *("note", "${a}", "${a} = 'x'", ". > 1", "selected(${a}, 'yes')", "=1+1", "rank yn", "yes", "a"),
            *(
                "select_one yn or_other",
                "select_multiple yn",
                "range",
                "{}",
                '{"key":[]}',
                '{"kind":"rows"}.',
            ),
        ]
    ),
)
COLUMNS = (
    *("type", "name", "label", "label::English (en)", "relevant", "required", "constraint", "choice_filter"),
    *("platform", "appearance", "calculation", "repeat_count", "media::image", "bind::x", "parameters", ":"),
)


@SHEETS
@given(
    st.lists(st.sampled_from(COLUMNS), min_size=2, max_size=8, unique=True),
    st.lists(st.lists(CELLS, max_size=8), max_size=8),
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4),
)
def test_whatever_stands_in_the_cells_there_is_a_form_or_a_reason(
    columns: list[str], rows: list[list[Any]], choices: list[list[Any]]
) -> None:
    start = [["text", "a", "A"]] if columns[:3] == ["type", "name", "label"] else []
    book = workbook(survey=[columns, *start, *rows], choices=[["list_name", "name", "label"], *choices])

    try:
        imported = import_workbook(book)
    except Refused:
        return
    form_from_definition(imported.definition)
    export_workbook(imported.definition)


@SHEETS
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 7), CELLS), min_size=1, max_size=6))
def test_a_good_form_with_some_cells_replaced_gets_a_form_or_a_reason(
    changes: list[tuple[int, int, Any]],
) -> None:
    columns = ["type", "name", "label", "relevant", "constraint", "required", "choice_filter", "platform"]
    rows: list[list[Any]] = [
        columns,
        ["begin group", "g", "G", None, None, None, None, None],
        ["select_one yn", "a", "A", None, None, "yes", None, None],
        ["integer", "b", "B", "${a} = 'yes'", ". > 1", "no", None, None],
        ["text", "c", "C", None, None, "${b} > 2", None, None],
        ["end group", None, None, None, None, None, None, None],
    ]
    for row, column, cell in changes:
        rows[row][column] = cell

    try:
        imported = import_workbook(workbook(survey=rows, choices=CHOICES))
    except Refused:
        return
    exported = export_workbook(imported.definition)
    assert without_kept(import_workbook(exported).definition) == without_kept(imported.definition)
