"""What a form is made of, read from the JSON of a FormVersion. Unknown parts are refused with words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TEXT_KINDS = frozenset({"text", "long_text"})
CHOICE_KINDS = frozenset({"one_choice", "several_choices"})
KINDS = (
    TEXT_KINDS | CHOICE_KINDS | {"number", "date", "yes_no", "country", "declaration", "document", "photos"}
)
MOST_SECTIONS, MOST_QUESTIONS, MOST_OPTIONS = 30, 60, 100


class BadDefinition(ValueError):
    """The message names the section and question, in English, for the person who edits the form."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """`most` counts visible characters; `hidden_from_reviewers` keeps the answer out of blind review."""

    key: str
    kind: str
    label: Mapping[str, str]
    hint: Mapping[str, str]
    required: bool
    most: int
    options: tuple[Option, ...]
    hidden_from_reviewers: bool


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: Mapping[str, str]
    intro: Mapping[str, str]
    questions: tuple[Question, ...]

    @property
    def documents(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.kind == "document")


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


def _texts(value: Any, where: str) -> Mapping[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
        raise BadDefinition(f'{where}: texts are written as {{"en": "…"}}')
    return value


def _key(raw: Any, where: str) -> str:
    key = raw.get("key") if isinstance(raw, Mapping) else None
    if not isinstance(key, str) or not key.replace("-", "").replace("_", "").isalnum() or len(key) > 40:
        raise BadDefinition(f"{where}: a key has letters, digits and hyphens, at most 40")
    return key


def _question(raw: Any, where: str) -> Question:
    key = _key(raw, where)
    where = f"{where}, question {key}"
    kind = raw.get("kind")
    if kind not in KINDS:
        raise BadDefinition(f"{where}: unknown kind {kind!r}")
    options = tuple(
        Option(value=str(each.get("value", "")), label=_texts(each.get("label", {}), where))
        for each in raw.get("options", [])
    )
    if (kind in CHOICE_KINDS) != bool(options) or len(options) > MOST_OPTIONS:
        raise BadDefinition(f"{where}: choices need between 1 and {MOST_OPTIONS} options, others none")
    words = int(raw.get("most_words", 0)) * CHARACTERS_A_WORD
    return Question(
        key=key,
        kind=kind,
        label=_texts(raw.get("label", {}), where),
        hint=_texts(raw.get("hint", {}), where),
        required=bool(raw.get("required", False)),
        most=int(raw.get("most_characters", 0)) or words or USUAL_MOST.get(kind, 200),
        options=options,
        hidden_from_reviewers=bool(raw.get("hidden_from_reviewers", False)),
    )


def _section(raw: Any, number: int) -> Section:
    where = f"section {number}"
    key = _key(raw, where)
    questions = tuple(_question(each, f"section {key}") for each in raw.get("questions", []))
    if len(questions) > MOST_QUESTIONS:
        raise BadDefinition(f"section {key}: at most {MOST_QUESTIONS} questions")
    return Section(
        key=key,
        title=_texts(raw.get("title", {}), where),
        intro=_texts(raw.get("intro", {}), where),
        questions=questions,
    )


def form_from_definition(definition: Any) -> Form:
    """Read a definition, or raise BadDefinition naming the place. Keys are unique within their list."""
    sections = definition.get("sections") if isinstance(definition, Mapping) else None
    if not isinstance(sections, list) or len(sections) > MOST_SECTIONS:
        raise BadDefinition(f"a form has a list of at most {MOST_SECTIONS} sections")
    form = Form(tuple(_section(raw, number) for number, raw in enumerate(sections, start=1)))
    keys = [section.key for section in form.sections]
    if len(set(keys)) < len(keys):
        raise BadDefinition("two sections have the same key")
    for section in form.sections:
        names = [question.key for question in section.questions]
        if len(set(names)) < len(names):
            raise BadDefinition(f"section {section.key}: two questions have the same key")
    return form
