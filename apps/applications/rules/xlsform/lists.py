"""Lists of options as rows of the choices sheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from apps.applications.rules.xlsform.choices import digest
from apps.applications.rules.xlsform.naming import Names, choice_name

Cells = dict[str, str]
Text = Callable[[Cells, str, Mapping[str, str], Mapping[str, Any]], None]
YES_NO = [{"value": "yes", "label": {"en": "Yes"}}, {"value": "no", "label": {"en": "No"}}]
#: The column of a choices list that says for which answer an option is offered.
SHOWN_FOR = "shown_for"


class ListWriter:
    """`kept` are the lists of the workbook a form came from: a question goes on using its list while
    its options are what they were.
    """

    def __init__(self, kept: Mapping[str, Sequence[Cells]], names: Names, text: Text) -> None:
        self.kept, self.names, self.text = kept, names, text
        self.taken = {name.lower() for name in kept}
        self.made: dict[str, str] = {}
        self.written: list[Cells] = []
        self.has_duplicates = False

    def all(self) -> list[Cells]:
        return [*(dict(cells) for lines in self.kept.values() for cells in lines), *self.written]

    def keeps(self, question: Mapping[str, Any]) -> bool:
        kept = (question.get("xlsform") or {}).get("list") or {}
        return (
            bool(kept) and kept.get("name") in self.kept and kept["digest"] == digest(question.get("options"))
        )

    def select(self, question: Mapping[str, Any], cells: Cells, name: str, *, is_other: bool) -> None:
        if self.keeps(question) and (is_other or not follow_up_of(question)):
            kept = question["xlsform"]["list"]
            cells["type"] = f"{cells['type']} {kept['name']}" + (" or_other" if is_other else "")
            if kept.get("filter"):
                cells["choice_filter"] = kept["filter"]
            return
        options = YES_NO if question["kind"] == "yes_no" else question["options"]
        mark = digest(options)
        if mark not in self.made:
            self.made[mark] = self._new_list("yes_no" if question["kind"] == "yes_no" else name)
            self._write_list(self.made[mark], options)
        cells["type"] = f"{cells['type']} {self.made[mark]}"
        if on := shown_for(options):
            cells["choice_filter"] = f"{SHOWN_FOR} = ${{{self.names.of(on)}}} or {SHOWN_FOR} = ''"

    def _new_list(self, base: str) -> str:
        name, number = base, 2
        while name.lower() in self.taken:
            name, number = f"{base}_{number}", number + 1
        self.taken.add(name.lower())
        return name

    def _write_list(self, list_name: str, options: Iterable[Mapping[str, Any]]) -> None:
        taken: set[str] = set()
        on = shown_for(options)
        for option in options:
            cells: Cells = {"list_name": list_name, "name": choice_name(option["value"], taken)}
            self.text(cells, "label", option.get("label") or {"en": option["value"]}, {})
            if not any(column.startswith("label") for column in cells):
                cells["label"] = option["value"]
            cells = {column: words.replace("${", "$ {") for column, words in cells.items()}  # no reference
            values = (
                [test["value"] for test in _tests(option.get("when"))] if on and option.get("when") else [""]
            )
            self.has_duplicates = self.has_duplicates or len(values) > 1
            self.written += [{**cells, SHOWN_FOR: str(value)} if value else cells for value in values]


def follow_up_of(question: Mapping[str, Any]) -> str:
    return str((question.get("xlsform") or {}).get("other", ""))


def _tests(when: Any) -> list[Mapping[str, Any]]:
    return list(when.get("any", [when])) if when else []


def shown_for(options: Iterable[Mapping[str, Any]]) -> str:
    """The one question whose answer decides which options are offered; "" when it is not that simple."""
    tests = [test for option in options for test in _tests(option.get("when"))]
    questions = {test.get("question") for test in tests}
    simple = all(test.get("op") == "is" and test.get("value") and not test.get("than") for test in tests)
    return str(questions.pop()) if simple and len(questions) == 1 else ""
