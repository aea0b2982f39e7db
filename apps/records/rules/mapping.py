"""The mapping file: which columns of a source say what. The format is told in docs/importing.md."""

import re
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, fields
from typing import Any

RECORDS = ("enrolments", "applications", "intakes", "trainers", "onward_trainings")

#: Every field a section may fill; those with a star must have a value in every row.
SECTIONS: dict[str, tuple[str, ...]] = {
    "program": ("key*", "title", "kind*"),
    "intake": ("key*", "name", "starts_on", "ends_on", "seats"),
    "person": ("key*", "country", "gender", "residence", "disability"),
    "enrolment": ("outcome*", "started_on", "completed_on", "withdrawn_on"),
    "application": ("submitted_on*",),
    "trainer": ("certified_on*", "generation"),
    "onward": ("key*", "title*", "held_on*", "country", "place", "people_reached", "women_reached"),
}

#: What each kind of record needs, and what it may have beside.
NEEDED: dict[str, tuple[str, ...]] = {
    "enrolments": ("program", "intake", "person", "enrolment"),
    "applications": ("program", "intake", "person", "application"),
    "intakes": ("program", "intake"),
    "trainers": ("program", "person", "trainer"),
    "onward_trainings": ("program", "onward"),
}
OPTIONAL: dict[str, tuple[str, ...]] = {"enrolments": ("trainer",)}

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,27}")


class MappingFault(ValueError):
    """The mapping file itself is wrong; the text says where."""


@dataclass(frozen=True, slots=True)
class Value:
    """How to read one field of a row: from columns, a constant, the row's number or another field."""

    columns: tuple[str, ...] = ()
    join: str = "/"
    constant: str | None = None
    row_number: bool = False
    field: str = ""
    prefix: str = ""
    take: int = 0
    map: Table[str, str] | None = None
    default: str | None = None
    otherwise: str = ""
    format: str = ""
    days_after: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """Rows that are not records of this kind: the column equals, or contains, a text."""

    column: str
    equals: str | None = None
    contains: str | None = None

    def matches(self, cell: str) -> bool:
        return cell == self.equals if self.equals is not None else (self.contains or "") in cell


@dataclass(frozen=True, slots=True)
class Mapping:
    name: str
    title: str
    source: str
    records: str
    values: Table[str, Value]
    about: str = ""
    organisation: str = ""
    attribution: str = ""
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    bad_rows_allowed: int = 0
    skip: tuple[Skip, ...] = ()
    data: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the file must have, in the order the mapping names them."""
        named = [column for value in self.values.values() for column in value.columns]
        return tuple(dict.fromkeys([*named, *(skip.column for skip in self.skip)]))

    def needs(self, field: str) -> bool:
        section, name = field.split(".")
        return f"{name}*" in SECTIONS[section]


def parse_mapping(name: str, text: str) -> Mapping:
    """The mapping of a TOML text. Raises MappingFault, which names the line or the key at fault."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingFault(f"{name}: {error}") from error
    records = table.get("records")
    if records not in RECORDS:
        raise MappingFault(f"{name}: records must be one of {', '.join(RECORDS)}")
    sections = (*NEEDED[records], *OPTIONAL.get(records, ()))
    plain = {field.name for field in fields(Mapping)} - {"name", "values", "skip"}
    if unknown := set(table) - plain - set(sections) - {"skip"}:
        raise MappingFault(f"{name}: unknown key {min(unknown)}")
    mapping = Mapping(
        name=name,
        values=_values(name, table, sections, records),
        skip=tuple(_made(Skip, f"{name}: skip", each) for each in table.get("skip", ())),
        **_settings(name, {key: table[key] for key in plain & set(table)}),
    )
    _check(mapping)
    return mapping


def _settings(name: str, given: dict[str, Any]) -> dict[str, Any]:
    for key, value in given.items():
        wanted = {"bad_rows_allowed": int, "data": list}.get(key, str)
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise MappingFault(f"{name}: {key} must be a {wanted.__name__}")
    for key in ("title", "source"):
        if not given.get(key):
            raise MappingFault(f"{name}: {key} is missing")
    return {**given, "data": tuple(given.get("data", ()))}


def _values(name: str, table: dict[str, Any], sections: tuple[str, ...], records: str) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for section in sections:
        given = table.get(section)
        if given is None and section in OPTIONAL.get(records, ()):
            continue
        if not isinstance(given, dict):
            raise MappingFault(f"{name}: [{section}] is missing")
        known = {field.rstrip("*") for field in SECTIONS[section]}
        if unknown := set(given) - known:
            raise MappingFault(f"{name}: unknown key {section}.{min(unknown)}")
        for field in SECTIONS[section]:
            key = field.rstrip("*")
            if key in given:
                values[f"{section}.{key}"] = _value(f"{name}: {section}.{key}", given[key])
            elif field.endswith("*"):
                raise MappingFault(f"{name}: {section}.{key} is missing")
    return values


def _value(where: str, given: Any) -> Value:
    if isinstance(given, str):
        return Value(columns=(given,))
    if not isinstance(given, dict):
        raise MappingFault(f"{where} must be a column name or a table")
    table = dict(given)
    columns = table.pop("columns", [])
    if "column" in table:
        columns = [table.pop("column")]
    value = _made(Value, where, {**table, "columns": tuple(map(str, columns))})
    origins = [bool(value.columns), value.constant is not None, value.row_number, bool(value.field)]
    if sum(origins) != 1:
        raise MappingFault(f"{where} needs exactly one of column, columns, constant, row_number, field")
    return value


def _made(wanted: type, where: str, given: Any) -> Any:
    known = {field.name for field in fields(wanted)}
    if not isinstance(given, dict) or set(given) - known:
        raise MappingFault(f"{where}: use only {', '.join(sorted(known))}")
    try:
        return wanted(**given)
    except TypeError as error:
        raise MappingFault(f"{where}: {error}") from error


def _check(mapping: Mapping) -> None:
    if not NAME.fullmatch(mapping.name):
        raise MappingFault(f"{mapping.name}: use small letters, digits and hyphens in the file's name")
    if not SOURCE.fullmatch(mapping.source):
        raise MappingFault(f"{mapping.name}: source takes up to 28 small letters, digits and hyphens")
    if len(mapping.delimiter) != 1:
        raise MappingFault(f"{mapping.name}: delimiter is one character")
    seen: set[str] = set()
    for field, value in mapping.values.items():
        for other in filter(None, (value.field, value.otherwise, value.days_after)):
            if other not in seen:
                raise MappingFault(f"{mapping.name}: {field} refers to {other}, which is not read before it")
        seen.add(field)
