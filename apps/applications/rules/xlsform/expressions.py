"""The part of XPath that survey spreadsheets use, as a small tree. What else is written is refused."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pyxform.parsing.sheet_headers import clean_text_values


class Unheld(ValueError):
    """`code` names why a cell cannot become a condition; `detail` is the part that stands in the way."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail[:80]
        super().__init__(f"{code}: {detail}")


@dataclass(frozen=True, slots=True)
class Literal:
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`${name}`, or the answer itself when the name is "."."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A bare word: a column of the choices sheet."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Compared:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Many:
    """`word` is "and" or "or"."""

    word: str
    parts: tuple["Node", ...]


Node = Literal | Answer | Column | Call | Compared | Many

TOKEN = re.compile(
    r"\s*(?:(?P<answer>\$\{\s*[^${}]+?\s*\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<sign>!=|<=|>=|[=<>])|(?P<mark>[(),+*|/\[\]-])|(?P<word>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)"
    r"|(?P<dot>\.\.?))"
)
MOST_TOKENS, DEEPEST, LONGEST = 400, 20, 4000
ARITHMETIC = frozenset({"+", "-", "*", "|", "/", "div", "mod", "["})


def parse(text: str) -> Node:
    """The tree of an expression. Typographic quotes count as plain ones, as pyxform has it."""
    text = clean_text_values(text, strip_whitespace=False).strip()
    if len(text) > LONGEST:
        raise Unheld("too_long")
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(text.rstrip()):
        match = TOKEN.match(text, place)
        if match is None or match.lastgroup is None or len(found) > MOST_TOKENS:
            raise Unheld("unreadable", text[place : place + 20])
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


class _Parser:
    """By descent: or, and, comparisons, values."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    def whole(self) -> Node:
        node = self._either()
        if self.place < len(self.tokens):
            word = self._peek()[1]
            raise Unheld("arithmetic" if word in ARITHMETIC else "unreadable", word)
        return node

    def _peek(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "")

    def _take(self) -> tuple[str, str]:
        token = self._peek()
        self.place += 1
        return token

    def _chain(self, word: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self._peek() == ("word", word):
            self._take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else Many(word, tuple(parts))

    def _either(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unheld("too_long")
        node = self._chain("or", lambda: self._chain("and", self._comparison))
        self.depth -= 1
        return node

    def _comparison(self) -> Node:
        left = self._value()
        if self._peek()[0] != "sign":
            return left
        sign = self._take()[1]
        return Compared(sign, left, self._value())

    def _value(self) -> Node:
        kind, text = self._take()
        if kind == "answer":
            return Answer(text[2:-1].strip())
        if kind == "text":
            return Literal(text[1:-1])
        if kind == "number":
            return Literal(_number(text))
        if (kind, text) == ("dot", "."):
            return Answer(".")
        if (kind, text) == ("mark", "-") and self._peek()[0] == "number":
            return Literal("-" + _number(self._take()[1]))
        if (kind, text) == ("mark", "("):
            node = self._either()
            self._close()
            return node
        if kind == "word":
            return self._word(text)
        raise Unheld("arithmetic" if text in ARITHMETIC else "unreadable", text)

    def _word(self, text: str) -> Node:
        if self._peek() != ("mark", "("):
            return Column(text)
        self._take()
        parts: list[Node] = []
        while self._peek() != ("mark", ")"):
            parts.append(self._either())
            if self._peek() != ("mark", ","):
                break
            self._take()
        self._close(text)
        return Call(text, tuple(parts))

    def _close(self, function: str = "") -> None:
        kind, text = self._take()
        if (kind, text) != ("mark", ")"):
            raise Unheld("arithmetic" if text in ARITHMETIC else "unreadable", function or text)


def _number(text: str) -> str:
    """As a condition keeps it: 5 for 5.0, 0.5 for .5."""
    whole, _point, part = text.partition(".")
    part = part.rstrip("0")
    return f"{whole or '0'}.{part}" if part else (whole.lstrip("0") or "0")
