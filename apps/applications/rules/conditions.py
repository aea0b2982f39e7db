"""When a question, an option or a section counts: conditions over the answers given before it.

A condition is JSON, so that a form can be kept, compared and sent to the page as it is:
`{"question": "level", "op": "is", "value": "advanced"}`, `{"question": "hours", "op": "below",
"than": "hours-free"}` and `{"all": […]}`, `{"any": […]}`, `{"not": …}`. "." is the answer itself.

docs/kit/scripts/conditions.js says the same in the page's language; a test holds both against each other.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import re2

Answers = Mapping[str, Any]
#: A condition as it is kept: read by `condition_from`.
Raw = Mapping[str, Any]

ITSELF = "."
DEEPEST, MOST_PARTS, LONGEST_VALUE = 6, 40, 400
#: Fifteen digits are exact in a browser's numbers too.
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,3})?", re.ASCII)
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?|\d\d:\d\d", re.ASCII)


class BadCondition(ValueError):
    """The message says what is wrong, in English, for the person who edits the form."""


def words_of(value: Any) -> str:
    """An answer as one text: several choices with a space between, rows by their number."""
    if value is True:
        return "yes"
    if isinstance(value, Mapping):
        return str(value.get("country", ""))
    if isinstance(value, list):
        if any(isinstance(each, Mapping) for each in value):
            return str(len(value))
        return " ".join(str(each) for each in value)
    return "" if value is None or value is False else str(value)


def parts_of(value: Any) -> list[str]:
    """What an answer includes: each choice, each level of a place, or the one text."""
    if isinstance(value, Mapping):
        return [str(each) for each in value.values()]
    if isinstance(value, list) and not any(isinstance(each, Mapping) for each in value):
        return [str(each) for each in value]
    text = words_of(value)
    return [text] if text else []


def is_answered(value: Any) -> bool:
    return words_of(value) != "" or any(parts_of(value))


def _compare(left: str, right: str) -> int | None:
    """-1, 0 or 1; None when the two cannot be put in order (one is missing, or they differ in kind)."""
    if NUMBER.fullmatch(left) and NUMBER.fullmatch(right):
        first, second = Decimal(left), Decimal(right)
        return (first > second) - (first < second)
    if DATE.fullmatch(left) and DATE.fullmatch(right) and len(left) == len(right):
        return (left > right) - (left < right)
    return None


def _same(left: str, right: str) -> bool:
    return left == right or _compare(left, right) == 0


def _is_match(pattern: str, text: str) -> bool:
    """The whole text. A point stands for every character: which ones end a line differs from RE2 to browsers."""
    options = re2.Options()
    options.dot_nl, options.log_errors = True, False
    return re2.fullmatch(pattern, text, options) is not None


OPERATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "answered": lambda value, other: is_answered(value),
    "is": lambda value, other: _same(words_of(value), words_of(other)),
    "includes": lambda value, other: words_of(other) in parts_of(value),
    "above": lambda value, other: _compare(words_of(value), words_of(other)) == 1,
    "at_least": lambda value, other: _compare(words_of(value), words_of(other)) in (0, 1),
    "below": lambda value, other: _compare(words_of(value), words_of(other)) == -1,
    "at_most": lambda value, other: _compare(words_of(value), words_of(other)) in (0, -1),
    "matches": lambda value, other: _is_match(words_of(other), words_of(value)),
}
#: These need nothing to compare with.
ALONE = frozenset({"answered"})


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison: of `question` with `value`, or with the answer of `than` when that is set."""

    question: str
    op: str
    value: str
    than: str

    def holds(self, answers: Answers, own: Any) -> bool:
        mine = own if self.question == ITSELF else answers.get(self.question)
        if not self.than:
            return OPERATIONS[self.op](mine, self.value)
        return OPERATIONS[self.op](mine, own if self.than == ITSELF else answers.get(self.than))

    def questions(self) -> Iterator[str]:
        yield self.question
        if self.than:
            yield self.than

    def plain(self) -> dict[str, Any]:
        kept = {"question": self.question, "op": self.op}
        if self.than:
            return {**kept, "than": self.than}
        return kept if self.op in ALONE else {**kept, "value": self.value}


@dataclass(frozen=True, slots=True)
class Group:
    """`kind` is all, any or not; a `not` has one part."""

    kind: str
    parts: tuple["Condition", ...]

    def holds(self, answers: Answers, own: Any) -> bool:
        if self.kind == "any":
            return any(part.holds(answers, own) for part in self.parts)
        all_hold = all(part.holds(answers, own) for part in self.parts)
        return not all_hold if self.kind == "not" else all_hold

    def questions(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.questions()

    def plain(self) -> dict[str, Any]:
        parts = [part.plain() for part in self.parts]
        return {self.kind: parts[0] if self.kind == "not" else parts}


Condition = Test | Group


def holds(condition: Condition | None, answers: Answers, own: Any = None) -> bool:
    """Whether `condition` holds on what was answered so far. No condition always holds."""
    return condition is None or condition.holds(answers, own)


def condition_from(raw: Any, depth: int = 0) -> Condition:
    """Read a condition, or raise BadCondition."""
    if not isinstance(raw, Mapping) or depth > DEEPEST:
        raise BadCondition("a condition is a comparison, or all, any or not of some, not nested too deep")
    for kind in ("all", "any", "not"):
        if kind in raw:
            return _group(kind, raw[kind], depth)
    return _test(raw)


def _group(kind: str, raw: Any, depth: int) -> Group:
    parts = [raw] if kind == "not" else raw
    if not isinstance(parts, list) or not 0 < len(parts) <= MOST_PARTS:
        raise BadCondition(f"{kind} needs between 1 and {MOST_PARTS} conditions")
    return Group(kind, tuple(condition_from(each, depth + 1) for each in parts))


def _test(raw: Mapping[str, Any]) -> Test:
    question, op, than = raw.get("question"), raw.get("op"), raw.get("than", "")
    value = "" if than or op in ALONE else words_of(raw.get("value", ""))
    if not isinstance(question, str) or not question or not isinstance(than, str):
        raise BadCondition("a comparison names its question")
    if op not in OPERATIONS:
        raise BadCondition(f"unknown comparison {op!r}")
    if len(value) > LONGEST_VALUE or (op not in ALONE and not than and "value" not in raw):
        raise BadCondition("a comparison needs something to compare with")
    if op == "matches":
        _check_pattern(value, than)
    return Test(question=question, op=op, value=value, than=than)


def _check_pattern(pattern: str, than: str) -> None:
    if than:
        raise BadCondition("a pattern is written down, not taken from another answer")
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as mistake:
        raise BadCondition(f"the pattern {pattern!r} cannot be used: {mistake}") from None
