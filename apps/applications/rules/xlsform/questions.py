"""One question from one row of the survey sheet."""

import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from pyxform.aliases import BINDING_CONVERSIONS
from pyxform.parsing.sheet_headers import clean_text_values

from apps.applications.rules.conditions import ITSELF
from apps.applications.rules.definition import LIMIT, MOST_OPTIONS
from apps.applications.rules.xlsform.choices import digest, options_of
from apps.applications.rules.xlsform.expressions import Unheld
from apps.applications.rules.xlsform.kinds import Row
from apps.applications.rules.xlsform.meaning import Interpreter, Known, Meaning, together
from apps.applications.rules.xlsform.report import Notes
from apps.applications.rules.xlsform.workbook import Line

#: Columns we read. Every other one is kept for the workbook and noted.
READ = frozenset(
    {
        *("type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message"),
        *("choice_filter", "appearance"),
    }
)
REFERS = re.compile(r"\$\{[^${}]+\}")
OTHER = "other"


def as_written(text: str) -> str:
    """yes, TRUE and so on are true() in a column that holds an expression."""
    return BINDING_CONVERSIONS.get(text.strip(), text)


class QuestionReader:
    """`known` fills up while the survey sheet is read."""

    def __init__(
        self,
        *,
        texts: Callable[[Mapping[str, str], str], dict[str, str]],
        lists: Mapping[str, list[Line]],
        notes: Notes,
        known: MutableMapping[str, Known],
    ) -> None:
        self.texts, self.lists, self.notes, self.known = texts, lists, notes, known

    def read(
        self, line: Line, row: Row, *, conditions: list[Meaning], sure: bool, in_row: bool = False
    ) -> dict[str, Any]:
        """Raises Unheld when nothing of the row can be asked. `sure` is False when it is shown to more
        people than its author meant: then nobody is made to answer it.
        """
        cells = line.cells
        kind = self._kind(row, cells)
        label = self.texts(cells, "label")
        if kind == "statement" and not label:
            raise Unheld("no_words")
        question: dict[str, Any] = {"kind": kind, "label": label or {"en": cells.get("name", "")}}
        if hint := self.texts(cells, "hint"):
            question["hint"] = hint
        if row.whole and kind == "number":
            question["whole"] = True
        sure = self._when(line, question, conditions, in_row) and sure
        if row.list_name:
            self._options(line, row, question, in_row)
        self._required(line, question, sure, in_row)
        self._constraint(line, row, question, in_row)
        self._range(line, question)
        self.note_others(line)
        return question

    def _kind(self, row: Row, cells: Mapping[str, str]) -> str:
        long = "multiline" in cells.get("appearance", "") or cells.get("rows", "1")[:4] not in ("1", "1.0")
        return "long_text" if row.kind == "text" and long else row.kind

    def _note(self, line: Line, column: str, reason: Unheld) -> None:
        self.notes.add("survey", line.number, column, reason.code, reason.detail)

    def _when(self, line: Line, question: dict[str, Any], conditions: list[Meaning], in_row: bool) -> bool:
        """False when a condition is not held."""
        text, is_held = line.cells.get("relevant", ""), True
        own: Meaning = True
        if text and in_row:
            self.notes.add("survey", line.number, "relevant", "condition_in_a_row", text)
            return False
        if text:
            try:
                own = Interpreter(self.known).read(as_written(text))
            except Unheld as reason:
                self._note(line, "relevant", reason)
                is_held = False
        meaning = together("all", [*conditions, own])
        if meaning is False:
            raise Unheld("never_shown")
        if isinstance(meaning, dict):
            question["when"] = meaning
        return is_held

    def _options(self, line: Line, row: Row, question: dict[str, Any], in_row: bool) -> None:
        lines = self.lists.get(row.list_name, [])
        filtered = line.cells.get("choice_filter", "")
        try:
            if in_row and "${" in filtered:
                raise Unheld("condition_in_a_row", filtered)
            options, bare = options_of(lines, filtered, self.known, self.texts)
            for word in sorted(bare):
                self.notes.add("survey", line.number, "choice_filter", "bare_word", word)
        except Unheld as reason:
            self._note(line, "choice_filter", reason)
            options, _bare = options_of(lines, "", self.known, self.texts)
        if len(options) > MOST_OPTIONS:
            raise Unheld("too_many_options")
        if row.is_other and OTHER not in [option["value"] for option in options]:
            options.append({"value": OTHER, "label": {"en": "Other"}})
        question["options"] = options
        kept = {"name": row.list_name, "filter": filtered, "digest": digest(options)}
        question.setdefault("xlsform", {})["list"] = kept

    def follow_up(self, question: Mapping[str, Any]) -> dict[str, Any]:
        op = "includes" if question["kind"] == "several_choices" else "is"
        shown = {"question": question["key"], "op": op, "value": OTHER}
        when = together("all", [question["when"], shown]) if question.get("when") else shown
        follow_up: dict[str, Any] = {"kind": "text", "label": {"en": "Specify other."}, "when": when}
        return {**follow_up, "xlsform": {"auto": digest(follow_up)}}

    def _required(self, line: Line, question: dict[str, Any], sure: bool, in_row: bool) -> None:
        text = as_written(line.cells.get("required", ""))
        if not text or question["kind"] == "statement":
            return
        try:
            meaning = Interpreter({} if in_row else self.known).read(text)
        except Unheld as reason:
            return self._note(line, "required", reason)
        if meaning is not False and not sure:
            self.notes.add("survey", line.number, "required", "not_required")
        elif isinstance(meaning, dict):
            question["required_when"] = meaning
        elif meaning:
            question["required"] = True

    def _constraint(self, line: Line, row: Row, question: dict[str, Any], in_row: bool) -> None:
        text = line.cells.get("constraint", "") or row.pattern
        message = self.texts(line.cells, "constraint_message")
        if not text:
            return
        try:
            meaning = Interpreter({} if in_row else self.known, own=question["kind"]).read(text)
        except Unheld as reason:
            return self._note(line, "constraint", reason)
        if isinstance(meaning, bool):
            return
        limits = _limits(meaning) if question["kind"] == "number" else None
        if limits and (in_row or not message):
            question.update(limits)
        elif in_row:
            self.notes.add("survey", line.number, "constraint", "condition_in_a_row", text)
        else:
            question["checks"] = [{"that": meaning, "message": message}]

    def _range(self, line: Line, question: dict[str, Any]) -> None:
        """A range gives its ends as parameters."""
        if question["kind"] != "number" or not line.cells["type"].strip().lower().startswith("range"):
            return
        found = dict(re.findall(r"(start|end)\s*=\s*(-?[\d.]+)", line.cells.get("parameters", "")))
        for name, ours in (("start", "least"), ("end", "largest")):
            if LIMIT.fullmatch(found.get(name, "")):
                question[ours] = found[name]

    def note_others(self, line: Line) -> None:
        """What is kept for the workbook and does nothing here."""
        for column, text in line.cells.items():
            first = column.partition("::")[0]
            if first in ("label", "hint", "constraint_message") and REFERS.search(text):
                names = ", ".join(REFERS.findall(clean_text_values(text)))
                self.notes.add("survey", line.number, first, "shows_an_answer", names)
            if first in ("image", "big-image", "audio", "video", "media"):
                self.notes.add("survey", line.number, column, "media", text)
            elif first == "appearance" and text.strip().startswith("ex:"):
                self.notes.add("survey", line.number, column, "other_program", text)
            elif first == "appearance" and text.strip() != "multiline":
                self.notes.add("survey", line.number, column, "appearance", text.strip())
            elif first not in READ and not first.startswith("platform"):
                self.notes.add("survey", line.number, column, KEPT.get(first, "kept"))


#: Columns whose absence people would notice have words of their own.
KEPT = {
    "default": "default",
    "calculation": "calculated",
    "read_only": "read_only",
    "required_message": "kept",
}


def _limits(meaning: dict[str, Any]) -> dict[str, str] | None:
    """The least and largest number, when that is all the condition says."""
    found: dict[str, str] = {}
    for part in meaning.get("all", [meaning]):
        name = {"at_least": "least", "at_most": "largest"}.get(part.get("op", ""))
        value = str(part.get("value", ""))
        if part.get("question") != ITSELF or not name or name in found or not LIMIT.fullmatch(value):
            return None
        found[name] = value
    return found
