"""What a form is made of, read from the JSON of a FormVersion. Unknown parts are refused with words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.applications.rules.conditions import ITSELF, BadCondition, Condition, condition_from

TEXT_KINDS = frozenset({"text", "long_text"})
CHOICE_KINDS = frozenset({"one_choice", "several_choices"})
FILE_KINDS = frozenset({"document", "photos"})
#: What may stand in a column of rows: answers that fit one line.
COLUMN_KINDS = frozenset({"text", "long_text", "number", "date", "yes_no", "one_choice", "country"})
#: Words to read. Nobody answers them.
SILENT_KINDS = frozenset({"statement"})
KINDS = (
    TEXT_KINDS
    | CHOICE_KINDS
    | FILE_KINDS
    | SILENT_KINDS
    | {"number", "date", "time", "date_time", "yes_no", "country", "place", "rows", "declaration"}
)
MOST_SECTIONS, MOST_QUESTIONS, MOST_OPTIONS, MOST_COLUMNS, MOST_ROWS = 60, 200, 1000, 12, 30
#: As long as the columns that keep answers and documents by it.
KEY = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
LIMIT = re.compile(r"-?\d{1,10}(\.\d{1,2})?", re.ASCII)


class BadDefinition(ValueError):
    """The message names the section and question, in English, for the person who edits the form."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Mapping[str, str]
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What an answer must be, in a condition on "."; `message` says what to enter."""

    that: Condition
    message: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """`most` counts visible characters; `hidden_from_reviewers` keeps the answer out of blind review.

    A question counts while `when` holds on the answers before it. `required_when` asks for an answer
    only then. `least` and `largest` limit a number, both included; `unit` is printed after it.
    """

    key: str
    kind: str
    label: Mapping[str, str]
    hint: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    required_when: Condition | None = None
    when: Condition | None = None
    most: int = 200
    options: tuple[Option, ...] = ()
    hidden_from_reviewers: bool = False
    unit: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    least: str = ""
    largest: str = ""
    checks: tuple[Check, ...] = ()
    columns: tuple["Question", ...] = ()
    most_rows: int = 10


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: Mapping[str, str]
    intro: Mapping[str, str]
    questions: tuple[Question, ...]
    when: Condition | None = None

    @property
    def documents(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.kind in FILE_KINDS)

    @property
    def answered(self) -> tuple[Question, ...]:
        """The questions whose answers are kept with the section: neither files nor words to read."""
        return tuple(each for each in self.questions if each.kind not in FILE_KINDS | SILENT_KINDS)


@dataclass(frozen=True, slots=True)
class Form:
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def questions(self) -> Iterator[tuple[Section, Question]]:
        for section in self.sections:
            for question in section.questions:
                yield section, question


#: About seven characters a word: a limit in words becomes one people can see on the page.
CHARACTERS_A_WORD = 7
USUAL_MOST = {"text": 200, "long_text": 3000}
LARGEST_MOST = 50_000


def _texts(value: Any, where: str) -> Mapping[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
        raise BadDefinition(f'{where}: texts are written as {{"en": "…"}}')
    return value


def _key(raw: Any, where: str) -> str:
    key = raw.get("key") if isinstance(raw, Mapping) else None
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise BadDefinition(f"{where}: a key has letters, digits, hyphens and underscores, at most 40")
    return key


def _list(raw: Mapping[str, Any], name: str, most: int, where: str) -> list[Any]:
    found = raw.get(name) or []
    if not isinstance(found, list) or len(found) > most:
        raise BadDefinition(f"{where}: at most {most} {name}")
    return found


def _number(raw: Mapping[str, Any], name: str, largest: int, where: str) -> int:
    found = raw.get(name) or 0
    if not isinstance(found, int) or not 0 <= found <= largest:
        raise BadDefinition(f"{where}: {name} is a whole number of at most {largest}")
    return found


def _limit(raw: Mapping[str, Any], name: str, where: str) -> str:
    found = str(raw.get(name) if raw.get(name) is not None else "")
    if found and not LIMIT.fullmatch(found):
        raise BadDefinition(f"{where}: {name} is a number")
    return found


def _condition(raw: Mapping[str, Any], name: str, known: frozenset[str], where: str) -> Condition | None:
    """Only answers given before can decide, so that a form can be walked once from top to bottom."""
    if not raw.get(name):
        return None
    try:
        condition = condition_from(raw[name])
    except BadCondition as mistake:
        raise BadDefinition(f"{where}: {mistake}") from None
    for question in condition.questions():
        if question not in known:
            raise BadDefinition(f"{where}: {name} depends on {question!r}, which is not asked before")
    return condition


def _options(raw: Mapping[str, Any], kind: str, known: frozenset[str], where: str) -> tuple[Option, ...]:
    found = _list(raw, "options", MOST_OPTIONS, where)
    if (kind in CHOICE_KINDS) != bool(found):
        raise BadDefinition(f"{where}: choices need between 1 and {MOST_OPTIONS} options, others none")
    options = tuple(_option(each, known, where) for each in found)
    if len({option.value for option in options}) < len(options):
        raise BadDefinition(f"{where}: two options have the same value")
    return options


def _option(raw: Any, known: frozenset[str], where: str) -> Option:
    if not isinstance(raw, Mapping) or not str(raw.get("value", "")) or len(str(raw["value"])) > 100:
        raise BadDefinition(f"{where}: an option has a value of at most 100 characters")
    return Option(
        value=str(raw["value"]),
        label=_texts(raw.get("label", {}), where),
        when=_condition(raw, "when", known, where),
    )


def _checks(raw: Mapping[str, Any], known: frozenset[str], where: str) -> tuple[Check, ...]:
    found = []
    for each in _list(raw, "checks", 5, where):
        that = _condition(each if isinstance(each, Mapping) else {}, "that", known | {ITSELF}, where)
        if that is None:
            raise BadDefinition(f"{where}: a check says what must hold")
        found.append(Check(that=that, message=_texts(each.get("message", {}), where)))
    return tuple(found)


def _columns(raw: Mapping[str, Any], kind: str, where: str) -> tuple[Question, ...]:
    found = _list(raw, "columns", MOST_COLUMNS, where)
    if (kind == "rows") != bool(found):
        raise BadDefinition(f"{where}: rows need between 1 and {MOST_COLUMNS} columns, others none")
    columns = tuple(_question(each, frozenset(), where) for each in found)
    for column in columns:
        if column.kind not in COLUMN_KINDS:
            raise BadDefinition(f"{where}, column {column.key}: {column.kind!r} does not fit into a row")
    _unique([column.key for column in columns], where)
    return columns


def _unique(keys: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise BadDefinition(f"{where}: the key {key!r} is used twice")
        seen.add(key)


def _question(raw: Any, known: frozenset[str], where: str) -> Question:
    key = _key(raw, where)
    where = f"{where}, question {key}"
    kind = raw.get("kind")
    if kind not in KINDS:
        raise BadDefinition(f"{where}: unknown kind {kind!r}")
    words = _number(raw, "most_words", LARGEST_MOST, where) * CHARACTERS_A_WORD
    most = _number(raw, "most_characters", LARGEST_MOST, where)
    return Question(
        key=key,
        kind=kind,
        label=_texts(raw.get("label", {}), where),
        hint=_texts(raw.get("hint", {}), where),
        required=bool(raw.get("required", False)) and kind not in SILENT_KINDS,
        required_when=_condition(raw, "required_when", known, where),
        when=_condition(raw, "when", known, where),
        most=most or words or USUAL_MOST.get(kind, 200),
        options=_options(raw, kind, known, where),
        hidden_from_reviewers=bool(raw.get("hidden_from_reviewers", False)),
        unit=_texts(raw.get("unit", {}), where),
        whole=bool(raw.get("whole", False)),
        least=_limit(raw, "least", where),
        largest=_limit(raw, "largest", where),
        checks=_checks(raw, known, where),
        columns=_columns(raw, kind, where),
        most_rows=_number(raw, "most_rows", MOST_ROWS, where) or 10,
    )


def _section(raw: Any, number: int, before: frozenset[str]) -> Section:
    where = f"section {number}"
    key = _key(raw, where)
    where = f"section {key}"
    questions: list[Question] = []
    known = before
    for each in _list(raw, "questions", MOST_QUESTIONS, where):
        questions.append(_question(each, known, where))
        known |= {questions[-1].key}
    return Section(
        key=key,
        title=_texts(raw.get("title", {}), where),
        intro=_texts(raw.get("intro", {}), where),
        questions=tuple(questions),
        when=_condition(raw, "when", before, where),
    )


def form_from_definition(definition: Any) -> Form:
    """Read a definition, or raise BadDefinition naming the place.

    Keys of sections are unique, and so are keys of questions in the whole form: a condition and a
    document name a question by its key alone.
    """
    found = definition.get("sections") if isinstance(definition, Mapping) else None
    if not isinstance(found, list) or len(found) > MOST_SECTIONS:
        raise BadDefinition(f"a form has a list of at most {MOST_SECTIONS} sections")
    sections: list[Section] = []
    known: frozenset[str] = frozenset()
    for number, raw in enumerate(found, start=1):
        sections.append(_section(raw, number, known))
        known |= {question.key for question in sections[-1].questions}
    form = Form(tuple(sections))
    _unique([section.key for section in sections], "two sections")
    _unique([question.key for _section, question in form.questions()], "two questions")
    return form
