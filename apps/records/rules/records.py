"""From the cells of one row to one record, or to everything that is wrong with the row."""

import re
from collections.abc import Mapping as Table
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from apps.records.rules.mapping import Mapping, Value
from apps.records.rules.problems import Problem
from apps.records.rules.reading import Row

KINDS = frozenset({"scholarship", "course", "cohort"})
OUTCOMES = frozenset(
    {"active", "on_leave", "completed", "partly_completed", "not_completed", "withdrawn", "no_show"}
)
WITHDRAWN = frozenset({"withdrawn", "no_show"})
FINISHED = OUTCOMES - WITHDRAWN - {"active", "on_leave"}
CHOICES: dict[str, frozenset[str]] = {
    "program.kind": KINDS,
    "enrolment.outcome": OUTCOMES,
    "person.gender": frozenset({"woman", "man", "another", "not_said"}),
    "person.residence": frozenset({"city", "town", "rural", "not_said"}),
    "person.disability": frozenset({"yes", "no", "not_said"}),
}
#: What people tell of themselves is never repeated in a report.
PRIVATE = frozenset({"person.key", "person.gender", "person.residence", "person.disability"})
IDENTITY = ("program.key", "intake.key", "person.key", "onward.key")
DECLARED = ("person.gender", "person.residence", "person.disability")
DATES = frozenset(
    {
        "intake.starts_on",
        "intake.ends_on",
        "enrolment.started_on",
        "enrolment.completed_on",
        "enrolment.withdrawn_on",
        "application.submitted_on",
        "trainer.certified_on",
        "onward.held_on",
    }
)
NUMBERS = frozenset({"intake.seats", "trainer.generation", "onward.people_reached", "onward.women_reached"})
LONGEST = {"program.key": 60, "intake.key": 60, "person.key": 80, "onward.key": 120}
LONGEST_TEXT = 200
MOST = {"trainer.generation": 20}
LARGEST = 9_999_999
WHOLE = re.compile(r"[0-9]{1,7}")
DAYS = re.compile(r"[+-]?[0-9]{1,5}")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


class Wrong(ValueError):
    """This value cannot be used; the code says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row, understood. Fields by the names of the mapping; those without a value are absent."""

    row: int
    fields: Table[str, Any]

    def __getitem__(self, field: str) -> Any:
        return self.fields.get(field)

    @property
    def identity(self) -> tuple[str | None, ...]:
        """What the row is about: two rows of one file about the same thing are a mistake."""
        return tuple(self.fields.get(field) for field in IDENTITY)

    @property
    def declared(self) -> tuple[str, str, str]:
        """What the source says a person declared, in the words of apps.inclusion.enums."""
        return tuple(self.fields.get(field, "missing") for field in DECLARED)  # type: ignore[return-value]

    @property
    def is_declared(self) -> bool:
        return any(field in self.fields for field in DECLARED)

    @property
    def ended_on(self) -> date | None:
        return self["enrolment.withdrawn_on"] or self["enrolment.completed_on"]


def record_of(row: Row, mapping: Mapping, *, countries: Table[str, str]) -> Record | tuple[Problem, ...]:
    """The record of `row`, or every problem of it, in the order of the mapping.

    `countries` leads from each known code, of two or three letters, to the code of two.
    """
    if row.problems:
        return row.problems
    fields: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in mapping.values.items():
        if not _applies(name, fields):
            continue
        text = _text(value, row, fields)
        try:
            found = _typed(name, value, _mapped(value, text), fields, countries)
            if found is None and mapping.needs(name):
                raise Wrong("value_missing")
            if found is not None:
                fields[name] = found
        except Wrong as wrong:
            shown = "" if name in PRIVATE else text[:40]
            problems.append(Problem(row.number, str(wrong), "+".join(value.columns) or name, shown))
    problems += _contradictions(row.number, fields)
    return tuple(problems) or Record(row.number, fields)


def _contradictions(number: int, fields: Table[str, Any]) -> list[Problem]:
    """Values that are each fine and cannot both be true."""
    pairs = [
        ("onward.women_reached", "onward.people_reached", "women_more_than_people"),
        ("intake.starts_on", "intake.ends_on", "ends_before_start"),
        ("enrolment.started_on", "enrolment.withdrawn_on", "ends_before_start"),
        ("enrolment.started_on", "enrolment.completed_on", "ends_before_start"),
    ]
    return [
        Problem(number, code, second)
        for first, second, code in pairs
        if first in fields and second in fields and fields[first] > fields[second]
    ]


def _applies(name: str, fields: Table[str, Any]) -> bool:
    """A day of completion is read only of those who finished, one of withdrawal only of who left."""
    if name == "enrolment.withdrawn_on":
        return fields.get("enrolment.outcome") in WITHDRAWN
    if name == "enrolment.completed_on":
        return fields.get("enrolment.outcome") in FINISHED
    return True


def _text(value: Value, row: Row, fields: Table[str, Any]) -> str:
    if value.columns:
        text = value.join.join(row.cells[column] for column in value.columns)
    elif value.field:
        text = str(fields.get(value.field, ""))
    else:
        text = str(row.number) if value.row_number else (value.constant or "")
    return text[: value.take] if value.take else text


def _mapped(value: Value, text: str) -> str:
    """`default = "*"` lets other texts through as they are; an empty cell stays empty then."""
    if value.map is not None:
        found = value.map.get(text, value.default)
        if found is None and text:
            raise Wrong("value_unknown")
        text = text if found in {None, "*"} else str(found)
    return value.prefix + text if text else ""


def _typed(name: str, value: Value, text: str, fields: Table[str, Any], countries: Table[str, str]) -> Any:
    if not text:
        return fields.get(value.otherwise) if value.otherwise else None
    if name in DATES:
        return _date(value, text, fields)
    if name in NUMBERS:
        return _whole(text, most=MOST.get(name, LARGEST))
    if name in CHOICES:
        if text not in CHOICES[name]:
            raise Wrong("value_unknown")
        return text
    if name.endswith(".country"):
        if text.upper() not in countries:
            raise Wrong("country_unknown")
        return countries[text.upper()]
    if len(text) > LONGEST.get(name, LONGEST_TEXT):
        raise Wrong("too_long")
    return text


def _whole(text: str, *, most: int) -> int:
    if not WHOLE.fullmatch(text) or int(text) > most:
        raise Wrong("not_a_number")
    return int(text)


def _date(value: Value, text: str, fields: Table[str, Any]) -> date:
    try:
        if value.days_after and DAYS.fullmatch(text):
            found = fields[value.days_after] + timedelta(days=int(text))
        elif value.days_after:
            raise Wrong("not_a_number")
        elif value.format:
            found = datetime.strptime(text, value.format).date()  # noqa: DTZ007 - a day has no zone
        else:
            found = _iso(text)
    except Wrong:
        raise
    except (ValueError, KeyError, OverflowError):
        raise Wrong("not_a_date") from None
    if not EARLIEST <= found <= LATEST:
        raise Wrong("not_a_date")
    return found


def _iso(text: str) -> date:
    if not ISO_DATE.fullmatch(text):
        raise Wrong("not_a_date")
    return date.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class ColumnGuide:
    """What a column of a file takes: a kind of value, or exactly these texts."""

    column: str
    takes: str
    texts: tuple[str, ...] = ()
    is_needed: bool = False


def guide(mapping: Mapping) -> list[ColumnGuide]:
    """What to put in each column that a mapping reads, in the mapping's order, each column once."""
    guides: dict[str, ColumnGuide] = {}
    for name, value in mapping.values.items():
        for column in value.columns:
            guides.setdefault(column, _guide(column, name, value, is_needed=mapping.needs(name)))
    for skip in mapping.skip:
        guides.setdefault(skip.column, ColumnGuide(skip.column, "text"))
    return list(guides.values())


def _guide(column: str, name: str, value: Value, *, is_needed: bool) -> ColumnGuide:
    if value.map and value.default != "*":
        return ColumnGuide(column, "texts", tuple(value.map), is_needed)
    if name in CHOICES:
        return ColumnGuide(column, "texts", tuple(sorted(CHOICES[name])), is_needed)
    if name.endswith(".country"):
        return ColumnGuide(column, "country", is_needed=is_needed)
    if name in DATES and not value.days_after:
        return ColumnGuide(column, "date", is_needed=is_needed)
    if name in DATES or name in NUMBERS:
        return ColumnGuide(column, "number", is_needed=is_needed)
    return ColumnGuide(column, "text", is_needed=is_needed)
