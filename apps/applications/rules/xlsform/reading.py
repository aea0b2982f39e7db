"""A definition of ours from the rows of a workbook. What we cannot hold is kept aside and noted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.applications.rules.definition import COLUMN_KINDS, MOST_COLUMNS, MOST_QUESTIONS, MOST_SECTIONS
from apps.applications.rules.xlsform.choices import lists_of
from apps.applications.rules.xlsform.expressions import Unheld
from apps.applications.rules.xlsform.kinds import Row, row_of
from apps.applications.rules.xlsform.languages import code_of, codes_for
from apps.applications.rules.xlsform.meaning import Interpreter, Known, Meaning, together
from apps.applications.rules.xlsform.ours import ours_of
from apps.applications.rules.xlsform.parts import Container, Read, Source
from apps.applications.rules.xlsform.questions import QuestionReader, as_written
from apps.applications.rules.xlsform.report import Notes
from apps.applications.rules.xlsform.workbook import Book, Line

TRANSLATED = (
    *("label", "hint", "guidance_hint", "constraint_message", "required_message"),
    *("image", "big-image", "audio", "video"),
)
LONGEST_KEY = 40


@dataclass(slots=True)
class Reader:
    """Walks down the survey sheet once; conditions may look at what stands above them."""

    book: Book
    notes: Notes = field(default_factory=Notes)
    sections: list[dict[str, Any]] = field(default_factory=list)
    groups: dict[str, Any] = field(default_factory=dict)
    raw: list[dict[str, Any]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    known: dict[str, Known] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    section_keys: set[str] = field(default_factory=set)
    open: list[Container] = field(default_factory=list)
    last: str = ""
    loose: dict[str, Any] | None = None
    codes: dict[str, str] = field(init=False)
    lists: dict[str, list[Line]] = field(init=False)
    questions: QuestionReader = field(init=False)

    def read(self) -> Read:
        self.codes = self._languages()
        self.lists = lists_of(self.book.choices)
        self.questions = QuestionReader(
            texts=self.texts, lists=self.lists, notes=self.notes, known=self.known
        )
        for line in self.book.survey:
            if line.cells.get("type"):
                self._line(line)
            elif line.cells:
                self.notes.add("survey", line.number, "", "no_type")
        return Read(self._definition(), self.sources, self.notes)

    # languages

    def _languages(self) -> dict[str, str]:
        default = self.book.settings.get("default_language", "")
        names: list[str] = []
        for line in [*self.book.survey, *self.book.choices]:
            for column in line.cells:
                first, _colons, name = column.partition("::")
                if first in TRANSLATED and name and name not in names:
                    names.append(name)
        return codes_for(names, code_of(default) if default and default.lower() != "default" else "en")

    def texts(self, cells: Mapping[str, str], column: str) -> dict[str, str]:
        """A text in each language it is given in; a column without language does not win over one with."""
        found = {self.codes[""]: cells[column]} if cells.get(column) else {}
        for name, code in self.codes.items():
            if name and (text := cells.get(f"{column}::{name}")):
                found[code] = text
        return found

    # rows

    def _line(self, line: Line) -> None:
        row = row_of(line.cells["type"])
        if row.part == "begin":
            self._begin(line, row)
        elif row.part == "end":
            self._end(line)
        else:
            self._leaf(line, row)

    def _begin(self, line: Line, row: Row) -> None:
        meaning = self._meaning(line)
        container = Container(f"g{len(self.groups) + 1}", row.kind, line, meaning)
        inside = self.open[-1].id if self.open else ""
        self.groups[container.id] = {"in": inside, "cells": dict(line.cells)}
        self.open.append(container)
        self.questions.note_others(line)
        if len(self.open) == 1 and row.kind == "group" and ours_of(line.cells).get("empty"):
            self._section(line)
        if row.kind == "loop":
            self.notes.add("survey", line.number, "type", "loop")
        elif row.kind == "repeat" and self._repeats() > 1:
            self.notes.add("survey", line.number, "type", "repeat_in_repeat", line.cells.get("name", ""))

    def _end(self, line: Line) -> None:
        if not self.open:
            return
        closed = self.open.pop()
        self.groups[closed.id]["end"] = dict(line.cells)
        if closed.held is not None and closed.kind == "repeat":
            self.last = closed.held["key"]

    def _repeats(self) -> int:
        return sum(container.kind == "repeat" for container in self.open)

    def _meaning(self, line: Line) -> Meaning | None:
        text = line.cells.get("relevant", "")
        if not text:
            return True
        try:
            return Interpreter(self.known).read(as_written(text))
        except Unheld as reason:
            self.notes.add("survey", line.number, "relevant", reason.code, reason.detail)
            return None

    def _leaf(self, line: Line, row: Row) -> None:
        reason = row.reason if row.part == "unheld" else self._reason(row)
        if not reason:
            try:
                return self._question(line, row)
            except Unheld as why:
                reason = why.code
        detail = line.cells["type"] if row.part == "unheld" or reason == "not_in_a_row" else ""
        self.notes.add("survey", line.number, "type", reason, detail)
        self._keep(line)

    def _reason(self, row: Row) -> str:
        """Why a question cannot stand here, "" when it can."""
        if any(container.meaning is False for container in self.open):
            return "never_shown"
        if any(container.kind == "loop" for container in self.open):
            return "in_a_loop"
        if self._repeats() > 1:
            return "in_inner_repeat"
        if self._repeats() and row.kind not in COLUMN_KINDS:
            return "not_in_a_row"
        return ""

    def _keep(self, line: Line) -> None:
        inside = self.open[-1].id if self.open else ""
        self.raw.append({"after": self.last, "in": inside, "cells": dict(line.cells)})

    def _question(self, line: Line, row: Row) -> None:
        repeat = next((container for container in self.open if container.kind == "repeat"), None)
        if repeat is not None:
            return self._column(line, row, repeat)
        conditions, sure = self._conditions(self.open, section=self._may_be_section())
        question = self.questions.read(line, row, conditions=conditions, sure=sure)
        self._place(line, question)
        if question["kind"] != "statement":
            self.known[line.cells.get("name", "")] = Known(question["key"], question["kind"])
        if row.is_other:
            self._follow_up(line, question)

    def _may_be_section(self) -> bool:
        return bool(self.open) and self.open[0].kind == "group"

    def _conditions(self, containers: list[Container], *, section: bool) -> tuple[list[Meaning], bool]:
        """What the groups around a question ask, and whether all of it is held. The section asks for itself."""
        meanings = [container.meaning for container in containers]
        inner = meanings[1:] if section else meanings
        return [each for each in inner if each is not None], None not in meanings

    def _place(self, line: Line, question: dict[str, Any]) -> None:
        section = self._section(line)
        if len(section["questions"]) >= MOST_QUESTIONS:
            section = self._continued(section)
        question["key"] = self._key(line.cells.get("name", "") or question["kind"], self.keys)
        inside = self.open[-1].id if self.open else ""
        question["xlsform"] = {"in": inside, **question.get("xlsform", {})}
        section["questions"].append(question)
        self.last = question["key"]
        self.sources.append(Source("question", question, line))

    def _section(self, line: Line) -> dict[str, Any]:
        if self._may_be_section():
            self.loose = None
            first = self.open[0]
            if first.held is None:
                meaning = first.meaning
                when = meaning if isinstance(meaning, dict) else None
                title = self.texts(first.line.cells, "label") or {
                    "en": _readable(first.line.cells.get("name", ""))
                }
                first.held = self._new_section(first.line.cells.get("name", ""), title, when, first.id)
                self.sources.append(Source("section", first.held, first.line))
            return first.held
        if self.loose is None:
            title = {"en": self.book.settings.get("title") or "Questions"}
            self.loose = self._new_section("questions", title, None, "")
        return self.loose

    def _continued(self, full: dict[str, Any]) -> dict[str, Any]:
        """A group that asks more than a section holds goes on in another section."""
        group = full["xlsform"]["in"]
        section = self._new_section(full["key"], dict(full["title"]), full.get("when"), group)
        section["xlsform"]["more"] = True
        if group:
            self.open[0].held = section
        else:
            self.loose = section
        return section

    def _new_section(self, name: str, title: dict[str, str], when: Any, group: str) -> dict[str, Any]:
        if len(self.sections) >= MOST_SECTIONS:
            raise Unheld("too_many")
        section = {"key": self._key(name or "section", self.section_keys), "title": title, "questions": []}
        if when:
            section["when"] = when
        section["xlsform"] = {"in": group}
        self.sections.append(section)
        return section

    def _column(self, line: Line, row: Row, repeat: Container) -> None:
        if repeat.held is None:
            self._rows(repeat)
        rows = repeat.held
        assert rows is not None  # noqa: S101  made one line above
        if len(rows["columns"]) >= MOST_COLUMNS:
            raise Unheld("too_many")
        inner = self.open[self.open.index(repeat) + 1 :]
        conditional = bool(line.cells.get("relevant")) or any(each.meaning is not True for each in inner)
        column = self.questions.read(line, row, conditions=[], sure=not conditional, in_row=True)
        keys = {each["key"].lower() for each in rows["columns"]}
        column["key"] = self._key(line.cells.get("name", "") or column["kind"], keys)
        column["xlsform"] = {"in": self.open[-1].id, **column.get("xlsform", {})}
        rows["columns"].append(column)
        self.last = f"{rows['key']}/{column['key']}"
        self.sources.append(Source("column", column, line, rows))

    def _rows(self, repeat: Container) -> None:
        outside = self.open[: self.open.index(repeat)]
        conditions, _sure = self._conditions(outside, section=self._may_be_section())
        if repeat.meaning is not None:
            conditions.append(repeat.meaning)
        name = repeat.line.cells.get("name", "")
        rows: dict[str, Any] = {
            "kind": "rows",
            "label": self.texts(repeat.line.cells, "label") or {"en": _readable(name)},
            "columns": [],
        }
        if isinstance(when := together("all", conditions), dict):
            rows["when"] = when
        remembered, self.open = self.open, outside
        self._place(repeat.line, rows)
        self.open = remembered
        rows["xlsform"]["in"] = repeat.id
        repeat.held = rows
        self.known[name] = Known(rows["key"], "rows")

    def _follow_up(self, line: Line, question: dict[str, Any]) -> None:
        """What or_other stands for: a text to specify the other choice."""
        follow_up = self.questions.follow_up(question)
        name = f"{line.cells.get('name', '')}_other"
        follow_up["key"] = self._key(name, self.keys)
        follow_up["xlsform"]["in"] = self.open[-1].id if self.open else ""
        self.sections_last()["questions"].append(follow_up)
        self.last = follow_up["key"]
        question["xlsform"]["other"] = follow_up["key"]
        self.known[name] = Known(follow_up["key"], "text")

    def sections_last(self) -> dict[str, Any]:
        return self.sections[-1]

    def _key(self, name: str, taken: set[str]) -> str:
        base = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:LONGEST_KEY] or "question"
        key, number = base, 2
        while key.lower() in taken:
            key, number = f"{base[: LONGEST_KEY - 6]}-{number}", number + 1
        taken.add(key.lower())
        return key

    # the whole

    def _definition(self) -> dict[str, Any]:
        lists = {name: [dict(line.cells) for line in lines] for name, lines in self.lists.items()}
        names: dict[str, str] = {self.codes[""]: ""}
        names.update({code: name for name, code in self.codes.items() if name})
        kept = {
            "languages": names,
            "unlabelled": self.codes[""],
            "groups": self.groups,
            "rows": self.raw,
            "lists": lists,
            "settings": self.book.settings,
            "others": {name: [line.cells for line in lines] for name, lines in self.book.others.items()},
        }
        return {"sections": self.sections, "xlsform": kept}


def _readable(name: str) -> str:
    """A heading for a group that has none: my_group → My group."""
    words = re.sub(r"[_.-]+", " ", name).strip() or "Questions"
    return words[:1].upper() + words[1:]
