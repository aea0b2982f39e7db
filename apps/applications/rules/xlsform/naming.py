"""Names that a workbook accepts: they begin with a letter, differ in more than capitals, once each."""

import re
from collections.abc import Mapping
from typing import Any

from apps.applications.rules.xlsform.languages import name_of

#: Names that a converted form has already.
TAKEN = frozenset({"data", "meta", "instanceid", "instancename"})
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)


class Names:
    """Every section, question and column by its key. A name that was read is kept."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self.taken: set[str] = set(TAKEN) | _kept_names(definition)
        self.questions: dict[str, str] = {}
        self.columns: dict[tuple[str, str], str] = {}
        self.sections: dict[str, str] = {}
        for section in definition["sections"]:
            for question in section["questions"]:
                self.questions[question["key"]] = self._name(question)
        for section in definition["sections"]:
            for question in section["questions"]:
                for column in question.get("columns") or []:
                    self.columns[question["key"], column["key"]] = self._name(column)
            self.sections[section["key"]] = self._name(section)

    def _name(self, part: Mapping[str, Any]) -> str:
        """What came from a workbook has its name from there; ours are made from the key."""
        if "xlsform" not in part:
            return self.fresh(part["key"])
        name = str(part["xlsform"].get("name") or part["key"])
        self.taken.add(name.lower())
        return name

    def fresh(self, base: str) -> str:
        base = re.sub(r"[^A-Za-z0-9_.-]", "_", base)
        base = base if NAME.fullmatch(base) else f"q_{base}"
        name, number = base, 2
        while name.lower() in self.taken:
            name, number = f"{base}_{number}", number + 1
        self.taken.add(name.lower())
        return name

    def of(self, key: str) -> str:
        return self.questions.get(key, key)

    def of_column(self, rows: str, key: str) -> str:
        return self.columns[rows, key]

    def of_section(self, key: str) -> str:
        return self.sections[key]

    def language(self, code: str) -> str:
        return name_of(code)


def _kept_names(definition: Mapping[str, Any]) -> set[str]:
    """Names of the rows that are kept as they are, and of the groups around them."""
    kept = definition.get("xlsform") or {}
    rows = [*(kept.get("rows") or []), *(kept.get("groups") or {}).values()]
    return {str(row["cells"].get("name", "")).lower() for row in rows}


def choice_name(value: str, taken: set[str]) -> str:
    """The value of an option without the spaces that a list of answers is divided by, and without what
    would begin a reference to a question.
    """
    base = re.sub(r"\s+|\$(?=\{)", "_", value) or "option"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    taken.add(name)
    return name
