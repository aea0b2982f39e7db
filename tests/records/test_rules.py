"""What a file of records means, without a database."""

import csv
import gzip
import io
import itertools
import lzma
from collections import Counter, deque
from datetime import date
from pathlib import Path

import pytest
import zstandard

from apps.records.rules.cells import fault_of, is_formula
from apps.records.rules.mapping import Mapping, MappingFault, parse_mapping
from apps.records.rules.problems import Problem, Unreadable
from apps.records.rules.reading import Limits, Row, rows_of
from apps.records.rules.records import ColumnGuide, Record, guide, record_of

FOLDER = Path(__file__).parents[2] / "apps" / "records"
COUNTRIES = {"GB": "GB", "GBR": "GB", "TH": "TH", "THA": "TH"}
PLAIN = """
title = "Courses"
source = "test"
records = "enrolments"
[program]
kind = { constant = "course" }
key = "course"
[intake]
key = "round"
starts_on = "begins"
[person]
key = "person"
country = { column = "country", map = { W3 = "" }, default = "*" }
gender = { column = "gender", map = { F = "woman" } }
[enrolment]
outcome = { column = "result", map = { Pass = "completed", Left = "withdrawn" } }
completed_on = "day"
withdrawn_on = { column = "day", days_after = "intake.starts_on", otherwise = "intake.starts_on" }
"""
HEADER = "course,round,begins,person,country,gender,result,day"
GOOD = "BBB,1,2014-10-01,p1,gb,F,Pass,2015-06-01"


def mapping(text: str = PLAIN) -> Mapping:
    return parse_mapping("test", text)


def read(data: bytes, columns: tuple[str, ...] = ("a", "b"), **limits: int) -> list[Row]:
    settings = {"encoding": "utf-8-sig", "delimiter": ",", "limits": Limits(**limits)}
    return list(rows_of(io.BytesIO(data), columns=columns, **settings))


def refusal(data: bytes, **limits: int) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(data, **limits)
    return caught.value


def record(line: str) -> Record | tuple[Problem, ...]:
    row = next(
        rows_of(
            io.BytesIO(f"{HEADER}\n{line}\n".encode()),
            columns=mapping().columns,
            encoding="utf-8",
            delimiter=",",
            limits=Limits(),
        )
    )
    return record_of(row, mapping(), countries=COUNTRIES)


def codes(line: str) -> list[tuple[str, str]]:
    found = record(line)
    assert not isinstance(found, Record)
    return [(problem.column, problem.code) for problem in found]


@pytest.mark.parametrize(
    "cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "＝1", "-", "+66 2 123"]
)
def test_a_cell_that_a_spreadsheet_would_run_is_a_formula(cell: str) -> None:
    assert is_formula(cell)


@pytest.mark.parametrize("cell", ["-159", "+3.5", "-1,5", "", "plain", "a=b", "-12%"])
def test_a_signed_number_is_data(cell: str) -> None:
    assert not is_formula(cell)


def test_a_cell_with_a_control_character_or_without_end_is_refused() -> None:
    assert fault_of("a\x00b") == "control_character"
    assert fault_of("x" * 10_001) == "cell_too_long"
    assert fault_of("two\nlines") is None


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress, zstandard.ZstdCompressor().compress])
def test_a_packed_file_reads_as_the_plain_one(pack: object) -> None:
    rows = read(pack('\ufeffa,b\r\n1,"two\nlines"\r\n\r\nสาม,4\r\n'.encode()))  # type: ignore[operator]

    assert [(row.number, row.cells) for row in rows] == [
        (2, {"a": "1", "b": "two\nlines"}),
        (4, {"a": "สาม", "b": "4"}),
    ]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, zstandard.ZstdCompressor().compress])
def test_a_bomb_is_refused_long_before_it_is_unpacked(pack: object) -> None:
    bomb = pack(b"a,b\n" + (b"1," + b"2" * 500 + b"\n") * 80_000)  # type: ignore[operator]
    rows = rows_of(io.BytesIO(bomb), columns=("a", "b"), encoding="utf-8", delimiter=",", limits=Limits())
    numbers = itertools.count()

    with pytest.raises(Unreadable) as caught:
        deque(zip(rows, numbers, strict=False), maxlen=0)

    assert caught.value.code == "bomb"
    assert next(numbers) < 20_000


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_file_cut_off_in_the_middle_is_refused(pack: object) -> None:
    whole = pack(b"a,b\n" + bytes(range(33, 127)) * 3)  # type: ignore[operator]

    assert refusal(whole[: len(whole) // 2]).code == "damaged"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "is_spreadsheet"),
        ("a,b\n1,2\n".encode("utf-16"), "utf16"),
        (b"%PDF-1.7", "not_text"),
        (b"a;b\n1;2\n", "column_missing"),
        (b"a,b,a\n1,2,3\n", "column_twice"),
        (b'a,b\n1,"2\n', "bad_quotes"),
        (b"a,b\n1," + b"x" * 1_100_000, "line_too_long"),
        (b"a,b" + b",c" * 600 + b"\n", "too_many_columns"),
        (b"a\xff,b\n", "not_utf8"),
    ],
)
def test_a_file_that_is_not_a_table_we_know_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_limits_on_rows_and_bytes_hold() -> None:
    assert refusal(b"a,b\n1,2\n3,4\n", most_rows=1).code == "too_many_rows"
    assert refusal(b"a,b\n" + b"1,2\n" * 400_000, most_bytes=1_000_000).code == "too_big"


def test_bad_bytes_a_short_row_and_a_formula_are_told_with_their_row() -> None:
    rows = read(b"a,b\n1,2\ncaf\xe9,2\n1\n=1,2\n5,6\n")

    assert [(row.number, [(p.code, p.column) for p in row.problems]) for row in rows] == [
        (2, []),
        (3, [("not_utf8", "")]),
        (4, [("wrong_length", "")]),
        (5, [("formula", "a")]),
        (6, []),
    ]


def test_a_row_becomes_a_record() -> None:
    found = record(GOOD)

    assert isinstance(found, Record)
    assert (found["program.key"], found["person.country"], found["person.gender"]) == ("BBB", "GB", "woman")
    assert (found["enrolment.outcome"], found.ended_on) == ("completed", date(2015, 6, 1))


def test_days_count_from_the_start_of_the_intake_and_a_blank_takes_the_other_field() -> None:
    counted = record("BBB,1,2014-10-01,p1,W3,F,Left,-3")
    blank = record("BBB,1,2014-10-01,p1,,F,Left,")

    assert isinstance(counted, Record)
    assert isinstance(blank, Record)
    assert (counted.ended_on, counted["person.country"]) == (date(2014, 9, 28), None)
    assert blank.ended_on == date(2014, 10, 1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("BBB,1,2014-10-01,,GB,F,Pass,", [("person", "value_missing")]),
        ("BBB,1,30-02-2014,p1,GB,F,Pass,", [("begins", "not_a_date")]),
        ("BBB,1,0000-01-01,p1,GB,F,Pass,", [("begins", "not_a_date")]),
        ("BBB,1,2014-10-01,p1,XX,F,Pass,", [("country", "country_unknown")]),
        ("BBB,1,2014-10-01,p1,GB,X,Gone,", [("gender", "value_unknown"), ("result", "value_unknown")]),
        ("BBB,1,2014-10-01,p1,GB,F,Left,999999", [("day", "not_a_number")]),
        (f"BBB,1,2014-10-01,{'p' * 81},GB,F,Pass,", [("person", "too_long")]),
    ],
)
def test_every_fault_of_a_row_is_told_at_its_column(line: str, expected: list[tuple[str, str]]) -> None:
    assert codes(line) == expected


def test_a_report_never_repeats_what_people_tell_of_themselves() -> None:
    found = record("BBB,1,2014-10-01,p1,GB,secret,Gone,")

    assert not isinstance(found, Record)
    assert [problem.value for problem in found] == ["", "Gone"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('records = "enrolments"', 'records = "people"'), "records must be one of"),
        (('title = "Courses"', ""), "title is missing"),
        (('source = "test"', 'source = "Test!"'), "source takes"),
        (('key = "person"', ""), "person.key is missing"),
        (('key = "person"', 'key = "person"\nshoe_size = "x"'), "unknown key person.shoe_size"),
        (('key = "person"', 'key = { colum = "x" }'), "use only"),
        (('key = "person"', 'key = { column = "x", constant = "y" }'), "exactly one"),
        (('otherwise = "intake.starts_on"', 'otherwise = "intake.ends_on"'), "not read before"),
        (("[person]", "[person"), "test:"),
    ],
)
def test_a_wrong_mapping_says_where(change: tuple[str, str], words: str) -> None:
    with pytest.raises(MappingFault, match=words.replace(".", r"\.")):
        mapping(PLAIN.replace(*change))


@pytest.mark.parametrize("path", sorted((FOLDER / "mappings").glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_mapping_is_right_and_reads_its_data_without_a_problem(path: Path) -> None:
    shipped = parse_mapping(path.stem, path.read_text(encoding="utf-8"))
    known = (FOLDER.parent / "places" / "data" / "countries.tsv").read_text(encoding="utf-8")
    countries = {line[:2]: line[:2] for line in known.splitlines()}

    for name in shipped.data:
        with (FOLDER / "data" / name).open("rb") as packed:
            rows = rows_of(
                packed,
                columns=shipped.columns,
                encoding=shipped.encoding,
                delimiter=shipped.delimiter,
                limits=Limits(),
            )
            wrong = [
                found
                for row in rows
                if not isinstance(found := record_of(row, shipped, countries=countries), Record)
            ]
        assert wrong == []


def test_open_university_records_say_what_its_own_columns_say() -> None:
    path = FOLDER / "mappings" / "open-university.toml"
    shipped = parse_mapping(path.stem, path.read_text(encoding="utf-8"))
    with lzma.open(FOLDER / "data" / shipped.data[0], "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    found = [record_of(Row(n, row), shipped, countries=COUNTRIES) for n, row in enumerate(rows, 2)]
    outcomes = Counter(r["enrolment.outcome"] for r in found if isinstance(r, Record))

    assert len(rows) == sum(outcomes.values()) == 32_593
    assert outcomes["completed"] == sum(row["final_result"] in {"Pass", "Distinction"} for row in rows)
    assert outcomes["withdrawn"] == sum(row["final_result"] == "Withdrawn" for row in rows)


def test_the_guide_tells_what_goes_into_each_column_once() -> None:
    guides = {each.column: each for each in guide(mapping())}

    assert list(guides) == ["course", "round", "begins", "person", "country", "gender", "result", "day"]
    assert guides["result"] == ColumnGuide("result", "texts", ("Pass", "Left"), is_needed=True)
    assert [guides[name].takes for name in ("begins", "country", "person", "day")] == [
        "date",
        "country",
        "text",
        "date",
    ]
