"""What a row of the survey sheet is, by its type cell: all the spellings pyxform knows."""

import re
from dataclasses import dataclass

from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT


@dataclass(frozen=True, slots=True)
class Row:
    """`part` is question, begin, end or unheld; `kind` our kind of question, or group, repeat, loop.

    `reason` says why a row is unheld.
    """

    part: str
    kind: str = ""
    list_name: str = ""
    is_other: bool = False
    whole: bool = False
    reason: str = ""
    pattern: str = ""


INPUTS = {
    "string": "text",
    "barcode": "text",
    "int": "number",
    "decimal": "number",
    "date": "date",
    "time": "time",
    "dateTime": "date_time",
}
UPLOADS = {"image/*": "photos", "application/*": "document"}
SELECTS = {"select one": "one_choice", "select all that apply": "several_choices"}


def row_of(text: str) -> Row:
    """Spaces and capitals do not matter, as long as pyxform reads the row at all."""
    text = " ".join(text.split())
    for spelling in (text, _first_lower(text)):
        if begin := RE_BEGIN_CONTROL.match(spelling):
            return Row("begin", aliases.control[begin["type"]], list_name=begin["list_name"] or "")
        if RE_END_CONTROL.match(spelling):
            return Row("end")
        if select := RE_SELECT.match(spelling):
            return _select(select)
    return _plain(text)


def _first_lower(text: str) -> str:
    first, _space, rest = text.partition(" ")
    return f"{first.lower()} {rest}".strip()


def _select(match: re.Match[str]) -> Row:
    command, list_name = match["select_command"], match["list_name"]
    kind = aliases.select[command]
    if command in aliases.select_from_file or re.search(r"\.(csv|xml|geojson)$", list_name):
        return Row("unheld", reason="choices_in_file", list_name=list_name)
    if kind not in SELECTS or "${" in list_name:
        return Row("unheld", reason="external_choices" if "external" in kind else "kind")
    return Row("question", SELECTS[kind], list_name=list_name, is_other=bool(match["specify_other"]))


def _plain(text: str) -> Row:
    name = aliases._type_alias_map.get(text, text)
    found = QUESTION_TYPE_DICT.get(name) or QUESTION_TYPE_DICT.get(name.lower())
    if found is None:
        return Row("unheld", reason="calculation" if name.lower() == "calculate" else "kind")
    control, bind = found.get("control") or {}, found.get("bind") or {}
    tag, answer = control.get("tag"), bind.get("type", "")
    if tag == "trigger" and answer in ("", "string"):
        return Row("question", "declaration")
    if tag == "upload" and control.get("mediatype") in UPLOADS:
        return Row("question", UPLOADS[control["mediatype"]])
    if tag == "range":
        return Row("question", "number")
    if tag == "input" and answer in INPUTS and name != "select one external":
        kind = "statement" if bind.get("readonly") else INPUTS[answer]
        return Row("question", kind, whole=answer == "int", pattern=bind.get("constraint", ""))
    return Row("unheld", reason=_why(tag, answer, bind, name))


def _why(tag: str | None, answer: str, bind: dict[str, str], name: str) -> str:
    if "jr:preload" in bind or name == "audit":
        return "metadata"
    if answer.startswith("geo"):
        return "place"
    if tag == "upload":
        return "recording"
    return "calculation" if "calculate" in name or name == "hidden" else "kind"
