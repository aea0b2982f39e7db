"""Conditions of ours for expressions of a workbook, and expressions for conditions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.applications.rules.conditions import DATE, ITSELF, NUMBER, BadCondition, condition_from
from apps.applications.rules.xlsform.expressions import (
    Answer,
    Call,
    Column,
    Compared,
    Literal,
    Many,
    Node,
    Unheld,
    parse,
)

#: A condition as JSON, or what it comes to whatever is answered.
Meaning = dict[str, Any] | bool


@dataclass(frozen=True, slots=True)
class Known:
    """A question that an expression may name: its key with us and its kind."""

    key: str
    kind: str


SIGNS = {"=": "is", ">": "above", ">=": "at_least", "<": "below", "<=": "at_most"}
FLIPPED = {"=": "=", "!=": "!=", ">": "<", ">=": "<=", "<": ">", "<=": ">="}
WRITTEN = {op: sign for sign, op in SIGNS.items()}
#: The longest run a pattern may count.
MOST_COUNTED = 1000


def negate(meaning: Meaning) -> Meaning:
    if isinstance(meaning, bool):
        return not meaning
    return {"not": meaning}


def together(kind: str, parts: list[Meaning]) -> Meaning:
    """`all` or `any` of the parts; parts that are settled already fall away."""
    neutral = kind == "all"
    if any(part is (not neutral) for part in parts):
        return not neutral
    open_parts = [part for part in parts if not isinstance(part, bool)]
    if not open_parts:
        return neutral
    return open_parts[0] if len(open_parts) == 1 else {kind: open_parts}


class Interpreter:
    """`known` are the questions asked before, by their names in the workbook; `own` is the kind of
    the question whose own answer is ".", "" where there is none; `row` is a row of the choices sheet.
    """

    def __init__(
        self, known: Mapping[str, Known], own: str = "", row: Mapping[str, str] | None = None
    ) -> None:
        self.known, self.own, self.row = known, own, row
        #: Words that are no column: read as written values, and told.
        self.bare: set[str] = set()

    def read(self, text: str) -> Meaning:
        """Raises Unheld with the part that we have no condition for."""
        meaning = self.of(parse(text))
        if not isinstance(meaning, bool):
            try:
                condition_from(meaning)
            except BadCondition as mistake:
                raise Unheld("not_a_condition", str(mistake)) from None
        return meaning

    def of(self, node: Node) -> Meaning:
        if isinstance(node, Many):
            return together("all" if node.word == "and" else "any", [self.of(part) for part in node.parts])
        if isinstance(node, Compared):
            return self._compared(node)
        if isinstance(node, Call):
            reader = FUNCTIONS.get(node.name)
            if reader is None:
                raise Unheld("function", f"{node.name}()")
            return reader(self, node.parts)
        raise Unheld("not_a_condition", getattr(node, "name", getattr(node, "text", "")))

    def settled(self, node: Node) -> Node:
        """Columns of the choices row, and functions of written values, become written values."""
        if isinstance(node, Column):
            if self.row is None:
                raise Unheld("bare_word", node.name)
            if node.name not in self.row:
                self.bare.add(node.name)
            return Literal(self.row.get(node.name, node.name))
        if isinstance(node, Call) and node.name in ("date", "string", "number", "concat"):
            parts = [self.settled(part) for part in node.parts]
            if parts and all(isinstance(part, Literal) for part in parts):
                return Literal("".join(part.text for part in parts if isinstance(part, Literal)))
            if len(parts) == 1 and isinstance(parts[0], Answer):
                return parts[0]
        return node

    def question(self, node: Node) -> Known:
        if not isinstance(node, Answer):
            name = f"{node.name}()" if isinstance(node, Call) else getattr(node, "name", "")
            raise Unheld("function" if isinstance(node, Call) else "not_a_condition", name)
        if node.name == ITSELF:
            if not self.own:
                raise Unheld("not_asked_before", ".")
            return Known(ITSELF, self.own)
        if node.name not in self.known:
            raise Unheld("not_asked_before", node.name)
        return self.known[node.name]

    def _compared(self, node: Compared) -> Meaning:
        sign, left, right = node.sign, self.settled(node.left), self.settled(node.right)
        if isinstance(left, Literal) and isinstance(right, Literal):
            return _constant(sign, left.text, right.text)
        if isinstance(left, Literal):
            sign, left, right = FLIPPED[sign], right, left
        if isinstance(left, Call):
            return _counted(self, sign, left, right)
        question = self.question(left)
        if isinstance(right, Literal):
            return _with_value(sign, question, right.text)
        than = self.question(right)
        return _signed(sign, {"question": question.key, "than": than.key})


def _constant(sign: str, left: str, right: str) -> bool:
    if sign in ("=", "!="):
        return (left == right) is (sign == "=")
    raise Unheld("not_a_condition", f"{left} {sign} {right}")


def _signed(sign: str, test: dict[str, Any]) -> Meaning:
    question = {"question": test.pop("question")}
    meaning = {**question, "op": SIGNS["=" if sign == "!=" else sign], **test}
    return {"not": meaning} if sign == "!=" else meaning


def _with_value(sign: str, question: Known, text: str) -> Meaning:
    if text == "" and sign in ("=", "!="):
        answered = {"question": question.key, "op": "answered"}
        return answered if sign == "!=" else {"not": answered}
    if question.kind == "declaration" and text == "OK":
        text = "yes"
    if sign not in ("=", "!=") and not (NUMBER.fullmatch(text) or DATE.fullmatch(text)):
        raise Unheld("not_a_condition", text)
    return _signed(sign, {"question": question.key, "value": text})


def _counted(reader: Interpreter, sign: str, call: Call, right: Node) -> Meaning:
    """How long a text is, and how many choices were taken, as a pattern over the answer."""
    if call.name not in ("string-length", "count-selected") or len(call.parts) > 1:
        raise Unheld("function", f"{call.name}()")
    question = reader.question(call.parts[0] if call.parts else Answer(ITSELF))
    if not isinstance(right, Literal) or not right.text.isdigit():
        raise Unheld("function", f"{call.name}()")
    least, most = _range(sign, int(right.text))
    if max(least, most or 0) > MOST_COUNTED:
        raise Unheld("function", f"{call.name}()")
    pattern = _characters if call.name == "string-length" else _choices
    matches: Meaning = {"question": question.key, "op": "matches", "value": pattern(least, most)}
    return negate(matches) if sign == "!=" else matches


def _characters(least: int, most: int | None) -> str:
    return rf"[\s\S]{{{least},{'' if most is None else most}}}"


def _choices(least: int, most: int | None) -> str:
    """Choices stand with one space between them, as conditions.words_of writes them."""
    if most == 0:
        return ""
    more = f"{{{max(least - 1, 0)},{'' if most is None else most - 1}}}"
    some = rf"\S+(?: \S+){more}"
    return some if least else f"(?:{some})?"


def _range(sign: str, number: int) -> tuple[int, int | None]:
    if sign == "<" and number == 0:
        raise Unheld("not_a_condition", "< 0")
    ranges: dict[str, tuple[int, int | None]] = {
        **dict.fromkeys(("=", "!="), (number, number)),
        ">": (number + 1, None),
        ">=": (number, None),
        "<": (0, number - 1),
        "<=": (0, number),
    }
    return ranges[sign]


def _selected(reader: Interpreter, parts: tuple[Node, ...]) -> Meaning:
    if len(parts) != 2:
        raise Unheld("unreadable", "selected()")
    value = reader.settled(parts[1])
    question = reader.question(reader.settled(parts[0]))
    if not isinstance(value, Literal):
        than = reader.question(value)
        return {"question": question.key, "op": "includes", "than": than.key}
    return {"question": question.key, "op": "includes", "value": value.text}


def _regex(reader: Interpreter, parts: tuple[Node, ...]) -> Meaning:
    pattern = reader.settled(parts[1]) if len(parts) == 2 else None
    if not isinstance(pattern, Literal):
        raise Unheld("function", "regex()")
    return {"question": reader.question(parts[0]).key, "op": "matches", "value": pattern.text}


def _not(reader: Interpreter, parts: tuple[Node, ...]) -> Meaning:
    if len(parts) != 1:
        raise Unheld("unreadable", "not()")
    return negate(reader.of(parts[0]))


FUNCTIONS: dict[str, Callable[[Interpreter, tuple[Node, ...]], Meaning]] = {
    "not": _not,
    "true": lambda reader, parts: True,
    "false": lambda reader, parts: False,
    "selected": _selected,
    "regex": _regex,
    "boolean": lambda reader, parts: reader.of(parts[0]) if parts else False,
}


def write(condition: Mapping[str, Any], known: Mapping[str, Known]) -> str:
    """The expression for a condition; `known` gives the name and kind of a question by its key."""
    for word, kind in (("and", "all"), ("or", "any")):
        if kind in condition:
            parts = [_part(each, known) for each in condition[kind]]
            return f" {word} ".join(parts)
    if "not" in condition:
        return _negated(condition["not"], known)
    return _comparison(condition, known)


def _part(condition: Mapping[str, Any], known: Mapping[str, Known]) -> str:
    text = write(condition, known)
    return f"({text})" if "all" in condition or "any" in condition else text


def _negated(condition: Mapping[str, Any], known: Mapping[str, Known]) -> str:
    if condition.get("op") == "is":
        return _comparison(condition, known).replace(" = ", " != ", 1)
    if condition.get("op") == "answered":
        return _comparison(condition, known).replace(" != ", " = ", 1)
    return f"not({write(condition, known)})"


def _name(key: str, known: Mapping[str, Known]) -> str:
    return "." if key == ITSELF else f"${{{known[key].key if key in known else key}}}"


def _comparison(test: Mapping[str, Any], known: Mapping[str, Known]) -> str:
    name, op = _name(test["question"], known), test["op"]
    if op == "answered":
        return f"{name} != ''"
    kind = known[test["question"]].kind if test["question"] in known else ""
    value = _name(test["than"], known) if test.get("than") else _value(test, kind)
    if op == "includes":
        return f"selected({name}, {value})"
    if op == "matches":
        return f"regex({name}, {value})"
    return f"{name} {WRITTEN[op]} {value}"


def _value(test: Mapping[str, Any], kind: str) -> str:
    text = str(test.get("value", ""))
    if kind == "declaration" and text == "yes":
        return quoted("OK")
    if test["op"] in ("includes", "matches"):
        return quoted(text)
    if NUMBER.fullmatch(text) and (kind == "number" or test["op"] != "is"):
        return text
    if DATE.fullmatch(text) and len(text) == 10 and test["op"] != "is":
        return f"date({quoted(text)})"
    return quoted(text)


def quoted(text: str) -> str:
    text = text.replace("${", "$ {")  # not a reference, though it looks like one
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in text.split("'")) + ")"
