"""Rows of a workbook from a definition. What was read from a workbook goes back as its author wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.applications.rules.conditions import ITSELF
from apps.applications.rules.xlsform.choices import digest
from apps.applications.rules.xlsform.lists import Cells, ListWriter, follow_up_of
from apps.applications.rules.xlsform.meaning import Known, write
from apps.applications.rules.xlsform.naming import Names
from apps.applications.rules.xlsform.ours import OURS
from apps.applications.rules.xlsform.soundness import Written, sound

TYPES = {
    **{"text": "text", "long_text": "text", "country": "text", "place": "text", "date": "date"},
    **{"time": "time", "date_time": "dateTime", "declaration": "acknowledge", "document": "file"},
    **{"photos": "image", "statement": "note", "one_choice": "select_one", "yes_no": "select_one"},
    **{"several_choices": "select_multiple", "number": "decimal"},
}


@dataclass
class Writer:
    """`as_kept` writes cells as their author did while they mean the same; without it all is written anew."""

    definition: Mapping[str, Any]
    title: str = ""
    as_kept: bool = True

    def __post_init__(self) -> None:
        self.kept: Mapping[str, Any] = self.definition.get("xlsform") or {}
        self.groups: dict[str, Any] = dict(self.kept.get("groups") or {})
        self.languages: Mapping[str, str] = self.kept.get("languages") or {}
        self.names = Names(self.definition)
        self.by_key = {
            each["key"]: each for part in self.definition["sections"] for each in part["questions"]
        }
        self.known: dict[str, Known] = {}
        self.lists = ListWriter(self.kept.get("lists") or {}, self.names, self._text)
        self.pending: list[Any] = list(self.kept.get("rows") or [])

    # the whole

    def sheets(self, survey: list[Cells]) -> dict[str, list[Cells]]:
        sheets = {
            "survey": _tidy(survey),
            "choices": _tidy(self.lists.all()),
            "settings": [self.settings()],
            **(self.kept.get("others") or {}),
        }
        return {name: rows for name, rows in sheets.items() if rows}

    def survey(self) -> list[Written]:
        """All rows, with the groups opened and closed around them."""
        leaves = list(self._leaves())
        self._condition_groups(leaves)
        return sound(list(self._grouped(leaves)))

    def settings(self) -> Cells:
        settings: Cells = dict(self.kept.get("settings") or {})
        if not self.kept:
            codes = self._codes()
            first = "en" if "en" in codes or not codes else codes[0]
            settings = {"form_title": self.title or "Form", "default_language": self._language(first)}
        settings = {SETTINGS.get(name, name): value for name, value in settings.items()}
        if self.lists.has_duplicates:
            settings["allow_choice_duplicates"] = "yes"
        return settings

    def _codes(self) -> list[str]:
        found: dict[str, None] = {}
        for text in _texts(self.definition):
            found.update(dict.fromkeys(text))
        return list(found)

    # leaves: everything but begin and end

    def _leaves(self) -> Iterator[Written]:
        yield from self._raw("")
        for section in self.definition["sections"]:
            path = self._section(section)
            intro = {code: text for code, text in (section.get("intro") or {}).items() if text}
            if intro:
                yield self._intro(section, intro, path)
            if not section["questions"]:
                yield Written((), {}, path)
            skipped = self._untouched_follow_ups(section)
            for question in section["questions"]:
                if question["key"] in skipped:
                    self._know(question, self.names.of(question["key"]))
                    continue
                yield from self._question(section, question, path, skipped)
                yield from self._raw(question["key"])
        for row in self.pending:
            yield Written((), dict(row["cells"]), self._path(row["in"]))

    def _raw(self, after: str) -> Iterator[Written]:
        """Rows that we could not hold, where they stood; those whose neighbour is gone come last."""
        for row in [row for row in self.pending if row["after"] == after]:
            self.pending.remove(row)
            yield Written((), dict(row["cells"]), self._path(row["in"]))

    def _path(self, group: str) -> tuple[str, ...]:
        path: list[str] = []
        while group and group in self.groups and group not in path:
            path.insert(0, group)
            group = self.groups[group]["in"]
        return tuple(path)

    def _section(self, section: Mapping[str, Any]) -> tuple[str, ...]:
        """The group of a section. Questions that stood in no group go back into none."""
        kept = section.get("xlsform")
        if kept is not None and not kept.get("in") and not section.get("when") and not self._changed(section):
            return ()
        group = (kept or {}).get("in") or f"section:{section['key']}"
        if (kept or {}).get("more") and "where" in self.groups.get(group, {}):
            return (group,)
        cells = {"type": "begin group", "name": self.names.of_section(section["key"])}
        self._text(cells, "label", section.get("title") or {}, section)
        if section.get("when"):
            cells["relevant"] = write(section["when"], self.known)
        self.groups[group] = {
            **self.groups.get(group, {}),
            "in": "",
            "cells": self._as_kept(section, cells),
            "where": ("section", section["key"]),
        }
        return (group,)

    def _changed(self, section: Mapping[str, Any]) -> bool:
        """Whether a section made of loose questions has got words of its own since."""
        return "title" in (section.get("xlsform") or {}) and section["xlsform"]["title"] != digest(
            [section.get("title"), section.get("intro")]
        )

    def _intro(self, section: Mapping[str, Any], intro: Mapping[str, str], path: tuple[str, ...]) -> Written:
        cells: Cells = {"type": "note", "name": self.names.fresh(f"{section['key']}_intro")}
        self._text(cells, "label", intro, {})
        return Written(("intro", section["key"]), cells, path)

    def _question(
        self, section: Any, question: Mapping[str, Any], path: tuple[str, ...], skipped: set[str]
    ) -> Iterator[Written]:
        inside = self._path((question.get("xlsform") or {}).get("in", ""))
        if question["kind"] == "rows":
            yield from self._rows(question, path)
            return
        inside = inside if inside[: len(path)] == path and (path or not _of_section(inside, self)) else path
        name = self.names.of(question["key"])
        cells = self._cells(question, name, is_other=follow_up_of(question) in skipped)
        self._know(question, name)
        yield Written(("question", question["key"]), self._as_kept(question, cells), inside)

    def _know(self, question: Mapping[str, Any], name: str) -> None:
        self.known[question["key"]] = Known(name, question["kind"])

    def _rows(self, question: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Written]:
        kept = question.get("xlsform") or {}
        group = kept.get("in") or f"rows:{question['key']}"
        name = self.names.of(question["key"])
        cells = {"type": "begin repeat", "name": name}
        self._text(cells, "label", question.get("label") or {}, question)
        if question.get("when"):
            cells["relevant"] = write(question["when"], self.known)
        around = self.groups.get(group, {}).get("in", "")
        outside = self._path(around)
        if outside[: len(path)] != path:
            around = path[-1] if path else ""
        self.groups[group] = {
            **self.groups.get(group, {}),
            "in": around,
            "cells": self._as_kept(question, cells),
            "where": ("question", question["key"]),
        }
        own = self._path(group)
        self._know(question, name)
        for column in question["columns"]:
            inside = self._path((column.get("xlsform") or {}).get("in", ""))
            inside = inside if inside[: len(own)] == own else own
            column_name = self.names.of_column(question["key"], column["key"])
            cells = self._as_kept(column, self._cells(column, column_name, is_other=False))
            yield Written(("column", question["key"], column["key"]), cells, inside)
            yield from self._raw(f"{question['key']}/{column['key']}")

    def _untouched_follow_ups(self, section: Mapping[str, Any]) -> set[str]:
        """Texts that or_other stands for, while they and their lists are as they were read."""
        by_key = {question["key"]: question for question in section["questions"]}
        found = set()
        for question in section["questions"]:
            key = follow_up_of(question)
            follow_up = by_key.get(key)
            if follow_up is None or not self.lists.keeps(question):
                continue
            plain = {name: value for name, value in follow_up.items() if name not in ("key", "xlsform")}
            if (follow_up.get("xlsform") or {}).get("auto") == digest(plain):
                found.add(key)
        return found

    # cells

    def _cells(self, question: Mapping[str, Any], name: str, *, is_other: bool) -> Cells:
        kind = question["kind"]
        cells: Cells = {"type": TYPES[kind], "name": name}
        if kind == "number" and question.get("whole"):
            cells["type"] = "integer"
        if kind in ("one_choice", "several_choices", "yes_no"):
            self.lists.select(question, cells, name, is_other=is_other)
        if kind == "long_text":
            cells["appearance"] = "multiline"
        self._text(cells, "label", question.get("label") or {}, question)
        self._text(cells, "hint", question.get("hint") or {}, question)
        if question.get("required_when"):
            cells["required"] = write(question["required_when"], self.known)
        elif question.get("required"):
            cells["required"] = "yes"
        if question.get("when"):
            cells["relevant"] = write(question["when"], self.known)
        self._constraint(question, cells)
        return cells

    def _constraint(self, question: Mapping[str, Any], cells: Cells) -> None:
        known = {**self.known, ITSELF: Known(".", question["kind"])}
        parts = [
            {"question": ITSELF, "op": op, "value": str(question[name])}
            for name, op in (("least", "at_least"), ("largest", "at_most"))
            if question.get(name) not in (None, "")
        ]
        checks = question.get("checks") or []
        parts += [check["that"] for check in checks]
        if parts:
            whole = parts[0] if len(parts) == 1 else {"all": parts}
            cells["constraint"] = write(whole, known)
        message: Mapping[str, str] = next((check["message"] for check in checks if check.get("message")), {})
        self._text(cells, "constraint_message", message, question)

    def _text(self, cells: Cells, column: str, texts: Mapping[str, str], part: Mapping[str, Any]) -> None:
        """A text in its columns; one that was read from a column without a language goes back there."""
        plain = (part.get("xlsform") or {}).get("plain") or ()
        for code, text in texts.items():
            language = self._language(code)
            if column in plain and code == self.kept.get("unlabelled"):
                language = ""
            if text:
                cells[f"{column}::{language}" if language else column] = text

    def _language(self, code: str) -> str:
        from_book = self.languages.get(code)
        return from_book if from_book is not None else self.names.language(code)

    # as their author wrote them

    def _as_kept(self, part: Mapping[str, Any], cells: Cells) -> Cells:
        """A cell stays as its author wrote it until what it says here changes."""
        kept = (part.get("xlsform") or {}).get("cells") or {}
        if not self.as_kept:
            return cells
        found = dict(cells)
        for column, (raw, ours) in kept.items():
            if cells.get(column, "") == ours:
                found.pop(column, None)
                if raw:
                    found[column] = raw
        return found

    def _condition_groups(self, leaves: list[Written]) -> None:
        """A group inside a section asks for its condition as long as all its questions do.

        When one has got another condition since, every question in the group says its own in full.
        """
        if not self.as_kept:
            return
        for row in leaves:
            question = self._part(row.where)
            kept = ((question or {}).get("xlsform") or {}).get("cells", {}).get("relevant")
            if question is None or kept is None or row.where[0] != "question":
                continue
            if row.cells.get("relevant", "") != kept[0]:
                for group in row.inside:
                    if "where" not in self.groups[group]:
                        self._say_in_full(group, leaves)

    def _say_in_full(self, group: str, leaves: list[Written]) -> None:
        cells = {name: text for name, text in self.groups[group]["cells"].items() if name != "relevant"}
        self.groups[group] = {**self.groups[group], "cells": cells}
        for row in leaves:
            question = self._part(row.where)
            if group in row.inside and question is not None and question.get("when"):
                row.cells["relevant"] = write(question["when"], self.known)

    def _part(self, where: tuple[str, ...]) -> Mapping[str, Any] | None:
        return self.by_key.get(where[1]) if where and where[0] == "question" else None

    # begin and end

    def _grouped(self, leaves: list[Written]) -> Iterator[Written]:
        opened: list[str] = []
        begun: dict[str, int] = {}
        for leaf in [*leaves, Written((), {}, ())]:
            common = 0
            while common < min(len(opened), len(leaf.inside)) and opened[common] == leaf.inside[common]:
                common += 1
            for group in reversed(opened[common:]):
                yield Written((), self._end(group))
            opened = opened[:common]
            for group in leaf.inside[common:]:
                yield self._begin(group, begun)
                opened.append(group)
            if leaf.cells:
                yield leaf

    def _begin(self, group: str, begun: dict[str, int]) -> Written:
        cells = dict(self.groups[group]["cells"])
        begun[group] = begun.get(group, 0) + 1
        if begun[group] > 1:
            cells["name"] = self.names.fresh(f"{cells.get('name', 'group')}_{begun[group]}")
        where = self.groups[group].get("where", ()) if begun[group] == 1 else ()
        return Written(where, cells)

    def _end(self, group: str) -> Cells:
        kept = self.groups[group].get("end")
        word = self.groups[group]["cells"].get("type", "begin group").strip().split()[-1]
        return dict(kept) if kept else {"type": "end repeat" if word == "repeat" else "end group"}


SETTINGS = {"title": "form_title", "id_string": "form_id", "compact_prefix": "prefix"}


def _of_section(inside: tuple[str, ...], writer: Writer) -> bool:
    """Whether a path leads through the group of another section: a question moved out of it stays out."""
    return any(writer.groups[group].get("where", ("",))[0] == "section" for group in inside)


def _texts(part: Any) -> Iterator[Mapping[str, str]]:
    for name in ("title", "label", "hint", "intro", "message"):
        if isinstance(part.get(name), Mapping):
            yield part[name]
    for name in ("sections", "questions", "options", "columns", "checks"):
        for each in part.get(name) or []:
            yield from _texts(each)


#: The order people expect columns in; the others follow as they come.
FIRST = ("type", "list_name", "list name", "name", "label", "hint", "required", "relevant", "constraint")


def _tidy(rows: list[Cells]) -> list[Cells]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    order = {name: number for number, name in enumerate(FIRST)}
    columns.sort(key=lambda column: order.get(column.partition("::")[0], 50 if column != OURS else 99))
    return [{column: row[column] for column in columns if row.get(column)} for row in rows]
