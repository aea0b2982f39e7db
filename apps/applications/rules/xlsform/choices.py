"""Lists of the choices sheet as options, each with the condition that the choice filter gives it."""

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from apps.applications.rules.xlsform.expressions import Unheld
from apps.applications.rules.xlsform.meaning import Interpreter, Known, Meaning, together
from apps.applications.rules.xlsform.workbook import Line

Texts = Callable[[Mapping[str, str], str], dict[str, str]]
#: Columns of the choices sheet that are ours to read; every other one is for filters.
LIST_COLUMNS = ("list name", "list_name")


def lists_of(lines: Sequence[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        name = next((line.cells[column] for column in LIST_COLUMNS if line.cells.get(column)), "")
        if name:
            found.setdefault(name, []).append(line)
    return found


def options_of(
    lines: Sequence[Line], filtered: str, known: Mapping[str, Known], texts: Texts
) -> tuple[list[dict[str, Any]], set[str]]:
    """Options in order, and the bare words of the filter that were read as values. Raises Unheld."""
    columns = {column: "" for line in lines for column in line.cells}
    whens: dict[str, list[Meaning]] = {}
    options: dict[str, dict[str, Any]] = {}
    bare: set[str] = set()
    for line in lines:
        value = line.cells.get("name", "")[:100]
        if not value:
            continue
        reader = Interpreter(known, row={**columns, **line.cells})
        when = reader.read(filtered) if filtered else True
        bare |= reader.bare
        if when is False:
            continue
        options.setdefault(value, {"value": value, "label": texts(line.cells, "label")})
        whens.setdefault(value, []).append(when)
    for value, option in options.items():
        meaning = together("any", whens[value])
        if not isinstance(meaning, bool):
            option["when"] = meaning
    if not options:
        raise Unheld("no_choices", filtered)
    return list(options.values()), bare


def digest(thing: Any) -> str:
    """Whether something is still what it was: everything but what is kept for the workbook."""
    text = json.dumps(without_kept(thing), sort_keys=True, ensure_ascii=True)
    return sha256(text.encode()).hexdigest()[:16]


def without_kept(thing: Any) -> Any:
    if isinstance(thing, Mapping):
        return {key: without_kept(value) for key, value in thing.items() if key != "xlsform"}
    return [without_kept(each) for each in thing] if isinstance(thing, list) else thing
