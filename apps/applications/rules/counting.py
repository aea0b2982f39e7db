"""Which answers count, what still stops an application, and what fits into another version of a form.

An answer counts while its question and its section are shown, and those depend only on answers
before them that count themselves: one walk from top to bottom decides. An answer that a later change
hides is kept, and counts for nothing until it shows again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.applications.rules.conditions import holds, is_answered
from apps.applications.rules.definition import FILE_KINDS, SILENT_KINDS, Form, Question, Section

#: Answers by question, whatever section they stand in.
Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A question that stops an application from being sent."""

    section: str
    question: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The part of a form that a person is asked, with the answers that count."""

    sections: tuple[tuple[Section, tuple[Question, ...]], ...]
    answers: Mapping[str, Any] = field(default_factory=dict)

    def shown(self, section: str) -> frozenset[str]:
        """Keys of the questions asked in `section`; none when the whole section is not asked."""
        for part, questions in self.sections:
            if part.key == section:
                return frozenset(question.key for question in questions)
        return frozenset()


def together(
    answers_by_section: Mapping[str, Mapping[str, Any]], files: Iterable[str] = ()
) -> dict[str, Any]:
    """All answers of a form in one mapping; `files` are the questions that have a file."""
    found: dict[str, Any] = dict.fromkeys(files, True)
    for answers in answers_by_section.values():
        found.update(answers)
    return found


def count(form: Form, answers: Answers) -> Counted:
    """What is asked and what counts, on `answers` (see `together`)."""
    counting: dict[str, Any] = {}
    sections = []
    for section in form.sections:
        if not holds(section.when, counting):
            continue
        questions = tuple(shown_questions(section, answers, counting))
        sections.append((section, questions))
    return Counted(sections=tuple(sections), answers=counting)


def shown_questions(section: Section, answers: Answers, counting: dict[str, Any]) -> Iterable[Question]:
    """The questions of one section that are asked. Adds their answers to `counting` on the way."""
    for question in section.questions:
        if not holds(question.when, counting):
            continue
        value = answers.get(question.key)
        if is_answered(value):
            counting[question.key] = value
        yield question


def is_required(question: Question, counting: Answers) -> bool:
    """Whether an answer is needed now: always, or while its own condition holds."""
    if question.required_when is not None:
        return holds(question.required_when, counting)
    return question.required


def unmet_requirements(form: Form, answers: Answers) -> tuple[Unmet, ...]:
    """Questions that stop this application from being sent, in form order.

    A question counts only while its condition holds on the other answers, so an answer hidden by a
    later change never blocks and is never lost.
    """
    counted = count(form, answers)
    return tuple(
        Unmet(section=section.key, question=question.key)
        for section, questions in counted.sections
        for question in questions
        if question.kind not in SILENT_KINDS
        and question.key not in counted.answers
        and is_required(question, counted.answers)
    )


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Answers by section of the new form, and the questions whose answers had no place in it."""

    answers: Mapping[str, Mapping[str, Any]]
    lost: tuple[str, ...]


def carry_over(old: Form, new: Form, answers: Answers) -> CarriedOver:
    """What of `answers` fits the questions of another form.

    An answer goes along with its key when the question is of the same kind and still offers what was
    chosen. Files stay with the application under their question's key and are not moved here.
    """
    kinds = {question.key: question.kind for _section, question in old.questions()}
    kept: dict[str, dict[str, Any]] = {section.key: {} for section in new.sections}
    placed: set[str] = set()
    for section, question in new.questions():
        value = answers.get(question.key)
        if is_answered(value) and kinds.get(question.key) == question.kind and _fits(question, value):
            kept[section.key][question.key] = value
            placed.add(question.key)
    files = {key for key, kind in kinds.items() if kind in FILE_KINDS}
    lost = [key for key in kinds if key in answers and key not in placed and key not in files]
    return CarriedOver(answers=kept, lost=tuple(lost))


def _fits(question: Question, value: Any) -> bool:
    if question.columns:
        columns = {column.key for column in question.columns}
        return all(isinstance(row, Mapping) and set(row) <= columns for row in value)
    if not question.options:
        return True
    offered: Collection[str] = {option.value for option in question.options}
    chosen = value if isinstance(value, list) else [value]
    return all(str(each) in offered for each in chosen)
