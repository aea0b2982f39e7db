"""What a release tells, read back from each file and answer: figure → value, None where it is hidden."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree
from openpyxl import load_workbook

from tests.inclusion.real.counts import Key
from tests.inclusion.real.shares import FOCUS, Told, number, part_of

Figures = dict[Key, int | None]
LEVELS = {
    "All programs": "all",
    "Kind of program": "kind",
    "Country": "country",
    "Program": "program",
}
STAGES = {
    "Applied": "applied",
    "Offered a place": "offered",
    "Enrolled": "enrolled",
    "Completed": "completed",
}
QUESTIONS = {
    "Everyone": "",
    "Gender": "gender",
    "Where people live": "residence",
    "Disability": "disability",
    "Age": "age",
    "Different people, each counted once": "people",
    "Were asked": "asked",
    "Gave any answer": "answered",
    "Difficulties by other cut-offs": "sensitivity",
    "Place and own words differ": "residence_conflict",
    "Silence on gender": "silence_gender",
    "Silence on where people live": "silence_residence",
    "Silence on disability": "silence_disability",
}
ELSE, SILENT = "Everybody else who answered", "Not stated"
ANSWERS = {
    "": {"Everyone": ""},
    "gender": {"Women": "woman", ELSE: "other", SILENT: "not_stated", "Men": "man"}
    | {"I use another term": "another"},
    "residence": {"Rural": "rural", ELSE: "other", SILENT: "not_stated", "Town": "town", "City": "city"},
    "disability": {"With a disability": "yes", "Without a disability": "no", SILENT: "not_stated"},
    "age": {"Under 25": "under_25", ELSE: "other", SILENT: "not_stated", "25 to 34": "25_34"}
    | {"Over 34": "over_34"},
    "people": {"Everyone": ""},
    "asked": {"Yes": "yes"},
    "answered": {"Yes": "yes"},
    "sensitivity": {f"SS{n}": f"ss{n}" for n in (1, 2, 3, 4)},
    "residence_conflict": {"Yes": "yes", "No": "no"},
    **{
        f"silence_{each}": {"Prefer not to say": "not_said", "Not answered": "missing"}
        for each in ("gender", "residence")
    },
    "silence_disability": {"Prefer not to say": "not_said", "Not answered": "missing"}
    | {"Cannot be told from the answers": "unknown"},
}


def place_of(question: str, answer: str) -> tuple[str, str]:
    """Dimension and group of the words of a figure."""
    names = [QUESTIONS[each] for each in question.split(" × ")]
    if answer == "Answered all of these questions":
        return "+".join(names), "stated"
    groups = [
        ANSWERS[name][each]
        for name, each in zip(names, answer.split(", ") if len(names) > 1 else [answer], strict=True)
    ]
    return "+".join(names), "+".join(groups)


def of_codes(text: str, measure: str = "PEOPLE") -> Figures:
    """tidy.csv: people, or shares in percent."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if not line.startswith("#")]
    names = ("SCOPE", "SCOPE_KEY", "STAGE", "DIMENSION", "GROUP")
    return _figures(
        ([_bare(row[name]) for name in names], int(row["OBS_VALUE"]) if row["OBS_VALUE"] else None)
        for row in csv.DictReader(lines)
        if row["MEASURE"] == measure
    )


def _bare(code: str) -> str:
    return "" if code == "_T" else code


def of_words(text: str) -> Figures:
    """figures.csv, behind its notes."""
    rows = csv.DictReader(io.StringIO(text.partition("\r\n\r\n")[2]))
    return _figures(
        (
            [
                LEVELS[row["Level"]],
                row["Key"],
                STAGES[row["Stage"]],
                *place_of(row["Question"], row["Group"]),
            ],
            number_in(row["Figure"]),
        )
        for row in rows
        if row["Unit"] == "people"
    )


def of_workbook(content: bytes, keys: Mapping[tuple[str, str], str]) -> Figures:
    """Every sheet with a figure. `keys`: level and name → key. What a level does not tell has its own sign."""
    book = load_workbook(io.BytesIO(content))
    found: Figures = {}
    for title, level in LEVELS.items():
        heads, *lines = book[title].iter_rows(values_only=True)
        for name, stage, *cells in lines:
            start = (level, keys[level, name], STAGES[stage])
            for head, cell in zip(heads[2:], cells, strict=True):
                if not head.endswith("(%)") and cell != "[x]":
                    found[*start, *_headed(head)] = number_in(cell)
    for name, stage, question, answer, cell in _lines(book["Quality of data"]):
        level, key = ("all", "") if name == "All programs" else ("kind", keys["kind", name])
        found[level, key, STAGES[stage], *place_of(question, answer)] = number_in(cell)
    return found


def _headed(head: str) -> tuple[str, str]:
    question, _colon, answer = head.partition(": ")
    return place_of(question, answer or question)


def _lines(sheet: Any) -> Iterator[tuple[Any, ...]]:
    return sheet.iter_rows(min_row=2, values_only=True)


def number_in(cell: object) -> int | None:
    """A number, or the sign of what is hidden: nothing else stands for a count."""
    if cell == "[c]":
        return None
    return int(str(cell))


def of_answers(rows: Iterable[Mapping[str, Any]]) -> Figures:
    """Rows of the API."""
    names = ("scope", "scope_key", "stage", "dimension", "group")
    counts = [row for row in rows if row["measure"] == "PEOPLE"]
    assert all((row["value"] is None) == (row["reason"] == "hidden") for row in counts)
    return _figures(([row[name] for name in names], row["value"]) for row in counts)


def of_funnel(answer: Mapping[str, Any]) -> Figures:
    """Everyone and the groups one looks for at each stage, as the API tells them apart from its rows."""
    scope = (answer["scope"], answer["scope_key"])
    found: Figures = {}
    for step in answer["funnel"]:
        found[*scope, step["stage"], "", ""] = step["everyone"]["value"]
        for name, told in step["groups"].items():
            found[*scope, step["stage"], name, FOCUS[name]] = told["value"]
    return found


def wrong_in_row(row: Mapping[str, Any], told: Told) -> Iterator[tuple[str, Any, Any]]:
    """Of one part in the API's breakdowns: what is told otherwise, with what should be."""
    for stage, step in row["steps"].items():
        if step["value"] != number(told, stage):
            yield stage, step["value"], number(told, stage)
    for name, share in row["shares"].items():
        part = part_of(told, "enrolled", name)
        shown = (part.percent, part.count, part.answered) if part and part.is_told else (None, None, None)
        if (share["percent"], share["count"], share["answered"]) != shown:
            yield name, share, shown


def _figures(rows: Iterable[tuple[list[str], int | None]]) -> Figures:
    """Raises AssertionError when one figure is told twice."""
    listed = [((one, key, stage, name, group), value) for (one, key, stage, name, group), value in rows]
    found = dict(listed)
    assert len(found) == len(listed)
    return found


INDICATORS = {"OUT-APP": "applied", "OUT-ENR": "enrolled", "OUT-COMP": "completed"}
NAMES = {"sex": "gender", "residence": "residence", "disability": "disability", "age": "age"}
VALUES = {
    **{"female": "woman", "male": "man", "ss3-yes": "yes", "ss3-no": "no", "not-stated": "not_stated"},
    **{"under-25": "under_25", "25-34": "25_34", "35-and-over": "over_34"},
}


def of_activities(content: bytes) -> Figures:
    """What the activities of programs tell: a hidden figure has no element."""
    found: Figures = {}
    for activity in etree.fromstring(content).iter("iati-activity"):
        program = activity.findtext("iati-identifier").rpartition("EXAMPLE-")[2].partition("-")[2]
        for code, stage in INDICATORS.items():
            for actual in activity.xpath(f".//indicator[reference/@code='{code}']/period/actual"):
                parts = [(each.get("name"), each.get("value")) for each in actual.iterfind("dimension")]
                name = "+".join(NAMES[name] for name, _value in parts)
                group = "+".join(VALUES.get(value, value) for _name, value in parts)
                found["program", program, stage, name, group] = int(actual.get("value"))
    return found
