"""Form definitions of every shape, with answers to them, thrown with dice: the same seed, the same form.

Dice and no hypothesis strategies. A form takes hundreds of throws, each of which hypothesis would
record, and of many examples it makes five in six by changing a few places of an earlier one.
"""

import secrets
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from apps.applications.rules.conditions import ITSELF
from apps.applications.rules.definition import COLUMN_KINDS, KINDS, SILENT_KINDS
from apps.core.burmese import looks_like_zawgyi

LANGUAGES = ("en", "th", "km", "my", "id")
#: Letters of several scripts with their marks, digits and signs that mean something elsewhere.
LETTERS = "abcXYZ 019.,;:-_'\"<>&=+@${}()/%äőñ" + "กขคงิ่้าำ" + "កខគា៉ើ" + "ကခဂါိုး" + "中文字" + "🙂"
SMALL = string.ascii_lowercase
KEY_LETTERS = string.ascii_letters + string.digits + "_-"
PATTERNS = ("[0-9]{3,5}", "[A-Z][a-z ]*", r".+@.+\..+", "(yes|no)?", r"\d+\s?km")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
ALL_KINDS = tuple(sorted(KINDS))
OPS = ("answered", "is", "includes", "above", "at_least", "below", "at_most", "matches")


def seeds(how_many: int) -> range:
    """Others in each run."""
    first = secrets.randbelow(10**9)
    return range(first, first + how_many)


@contextmanager
def dice_of(seed: int) -> Iterator[Random]:
    """Whatever fails with these dice tells their seed."""
    try:
        yield Random(seed)
    except Exception as error:
        error.add_note(f"with the dice of seed {seed}")
        raise


def one_in(dice: Random, many: int) -> bool:
    return dice.randrange(many) == 0


def length(dice: Random, least: int, most: int) -> int:
    """Mostly short, now and then the shortest or the longest there may be."""
    if one_in(dice, 8):
        return dice.choice((least, most))
    return min(most, least + int(dice.expovariate(0.2)))


def letters(dice: Random, alphabet: str, least: int, most: int) -> str:
    return "".join(dice.choices(alphabet, k=length(dice, least, most)))


def words(dice: Random, most: int = 40) -> str:
    while not (found := letters(dice, LETTERS, 1, most).strip()):
        pass
    return found


def typed_words(dice: Random) -> str:
    """What a person types: whatever looks like Zawgyi would first be asked about."""
    while looks_like_zawgyi(found := words(dice, 10)):
        pass
    return found


def one_line(dice: Random) -> str:
    """One line is kept with single spaces (LineField); a long text keeps all of them."""
    return " ".join(typed_words(dice).split())


def key(dice: Random) -> str:
    return letters(dice, KEY_LETTERS, 1, 24)


def value(dice: Random) -> str:
    if one_in(dice, 2):
        return words(dice)
    return dice.choice(SMALL) + letters(dice, SMALL + string.digits + "_-", 0, 12)


def number(dice: Random) -> str:
    if one_in(dice, 2):
        return str(dice.choice((0, -9999, 9999, *(dice.randint(-9999, 9999) for _each in range(9)))))
    return str(Decimal(dice.choice((0, dice.randint(-300, 300), dice.randint(-99_900, 99_900)))).scaleb(-2))


def day(dice: Random) -> str:
    if one_in(dice, 10):
        return dice.choice((FIRST_DAY, LAST_DAY, date(2000, 1, 1), date(2024, 2, 29))).isoformat()
    return (FIRST_DAY + timedelta(dice.randint(0, (LAST_DAY - FIRST_DAY).days))).isoformat()


def clock(dice: Random) -> str:
    return f"{dice.randrange(24):02}:{dice.choice((0, 59, dice.randrange(60))):02}"


def different(make: Callable[[], str], dice: Random, least: int, most: int) -> list[str]:
    """At least `least` and at most `most` texts, no two the same, in the order in which they came."""
    wanted, found = dice.randint(least, most), dict[str, None]()
    while len(found) < wanted:
        found[make()] = None
    return list(found)


def texts(dice: Random, most: int = 3) -> dict[str, str]:
    codes = dice.sample(LANGUAGES, dice.randint(1, most))
    return {code: words(dice) for code in codes}


def comparison(
    dice: Random, asked: list[dict[str, Any]], own: dict[str, Any] | None = None
) -> dict[str, Any]:
    """One comparison with an answer given before, or with the answer itself."""
    question = own or dice.choice(asked)
    name = ITSELF if own else question["key"]
    found: dict[str, Any] = {"question": name, "op": dice.choice(OPS)}
    if found["op"] == "answered":
        return found
    if found["op"] == "matches":
        return {**found, "value": dice.choice(PATTERNS)}
    others = [each["key"] for each in asked if each["key"] != name]
    if others and one_in(dice, 6):
        return {**found, "than": dice.choice(others)}
    if found["op"] in ("is", "includes"):
        return {**found, "value": value_like(dice, question)}
    return {**found, "value": dice.choice((number, day))(dice)}


def value_like(dice: Random, question: dict[str, Any]) -> str:
    if question.get("options"):
        return dice.choice(question["options"])["value"]
    made = {
        "number": number,
        "date": day,
        "time": clock,
        "yes_no": lambda dice: dice.choice(("yes", "no")),
        "declaration": lambda dice: "yes",
        "country": lambda dice: dice.choice(("TH", "LA", "KH")),
        "place": lambda dice: dice.choice(("TH", "TH-50")),
    }
    return made.get(question["kind"], value)(dice)


def condition(
    dice: Random, asked: list[dict[str, Any]], own: dict[str, Any] | None = None, depth: int = 2
) -> dict[str, Any]:
    kind = dice.choice(("one", "one", "all", "any", "not")) if depth else "one"
    if kind == "one":
        return comparison(dice, asked, own)
    if kind == "not":
        return {"not": condition(dice, asked, own, depth - 1)}
    return {kind: [condition(dice, asked, own, depth - 1) for _each in range(dice.randint(2, 3))]}


def options(dice: Random, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = different(lambda: value(dice), dice, 1, 6)
    made = [{"value": each, "label": texts(dice, most=2)} for each in found]
    choosers = [each for each in asked if each["kind"] == "one_choice"]
    how = dice.choice(("always", "always", "by one", "anyhow"))
    for option in made:
        if how == "by one" and choosers:
            chosen = value_like(dice, choosers[-1])
            option["when"] = {"question": choosers[-1]["key"], "op": "is", "value": chosen}
        elif how == "anyhow" and asked and one_in(dice, 2):
            option["when"] = condition(dice, asked, depth=1)
    return made


def question_of(
    dice: Random, name: str, asked: list[dict[str, Any]], kinds: tuple[str, ...] = ALL_KINDS
) -> dict[str, Any]:
    kind = dice.choice(kinds)
    in_row = kinds != ALL_KINDS
    question: dict[str, Any] = {"key": name, "kind": kind, "label": texts(dice)}
    if one_in(dice, 2):
        question["hint"] = texts(dice, most=2)
    if kind not in SILENT_KINDS:
        question["required"] = one_in(dice, 2)
    if kind in ("one_choice", "several_choices"):
        question["options"] = options(dice, [] if in_row else asked)
    if kind in ("text", "long_text") and one_in(dice, 2):
        question["most_characters"] = dice.choice((10, 4000, dice.randint(10, 4000)))
    if kind == "number":
        question |= _number_parts(dice)
    if kind == "rows":
        question |= _columns(dice)
    if one_in(dice, 4):
        question["hidden_from_reviewers"] = True
    if not in_row:
        _make_conditional(dice, question, asked)
    return question


def _number_parts(dice: Random) -> dict[str, Any]:
    found: dict[str, Any] = {"whole": True} if one_in(dice, 2) else {}
    if one_in(dice, 2):
        found["unit"] = texts(dice, most=2)
    if one_in(dice, 2):
        found["least"] = str(dice.choice((0, -50, dice.randint(-50, 0))))
        found["largest"] = str(dice.choice((1, 500, dice.randint(1, 500))))
    return found


def _columns(dice: Random) -> dict[str, Any]:
    keys = different(lambda: key(dice), dice, 1, 4)
    kinds = tuple(sorted(COLUMN_KINDS))
    return {
        "columns": [question_of(dice, each, [], kinds) for each in keys],
        "most_rows": dice.randint(1, 6),
    }


def _make_conditional(dice: Random, question: dict[str, Any], asked: list[dict[str, Any]]) -> None:
    """Adds when, required_when and checks to `question`."""
    silent = question["kind"] in SILENT_KINDS
    if asked and one_in(dice, 3):
        question["when"] = condition(dice, asked)
    if asked and not silent and one_in(dice, 4):
        question["required_when"] = condition(dice, asked)
    if question["kind"] in ("text", "long_text", "number", "date") and one_in(dice, 4):
        that = condition(dice, asked, question, depth=1)
        question["checks"] = [{"that": that, "message": texts(dice, most=2)}]


def definition_of(dice: Random, *, most_sections: int = 3, most_questions: int = 5) -> dict[str, Any]:
    """A definition that form_from_definition accepts, with at least one question."""
    asked: list[dict[str, Any]] = []
    sections = []
    taken: set[str] = set()
    for name in different(lambda: key(dice), dice, 1, most_sections):
        section: dict[str, Any] = {"key": name, "title": texts(dice)}
        if one_in(dice, 2):
            section["intro"] = texts(dice, most=2)
        if asked and one_in(dice, 3):
            section["when"] = condition(dice, asked)
        keys = different(lambda: key(dice), dice, 0 if sections else 1, most_questions)
        section["questions"] = []
        for each in [each for each in keys if each not in taken]:
            question = question_of(dice, each, asked)
            section["questions"].append(question)
            if question["kind"] not in SILENT_KINDS:
                asked.append(question)
        taken.update(keys)
        sections.append(section)
    return {"sections": sections}


def answers_to(dice: Random, definition: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Plausible answers by section, one in five left out; files are not among them."""
    return {
        section["key"]: {
            question["key"]: answer_to(dice, question)
            for question in section["questions"]
            if question["kind"] not in ("statement", "document", "photos") and not one_in(dice, 5)
        }
        for section in definition["sections"]
    }


def answer_to(dice: Random, question: dict[str, Any]) -> Any:
    """As it is kept: what SectionForm.answers() gives."""
    offered = [option["value"] for option in question.get("options") or []]
    kind = question["kind"]
    if kind == "several_choices":
        return dice.sample(offered, dice.randint(1, len(offered)))
    if kind == "one_choice":
        return dice.choice(offered)
    if kind == "rows":
        return [
            {each["key"]: answer_to(dice, each) for each in question["columns"]}
            for _row in range(dice.randint(1, question.get("most_rows", 10)))
        ]
    made: dict[str, Callable[[Random], Any]] = {
        "number": lambda dice: _number_within(dice, question),
        "text": one_line,
        "date": day,
        "time": clock,
        "date_time": lambda dice: f"{day(dice)}T{clock(dice)}",
        "yes_no": lambda dice: dice.choice(("yes", "no")),
        "declaration": lambda dice: True,
        "country": lambda dice: dice.choice(("TH", "LA", "KH")),
        "place": lambda dice: {"country": "TH", "settlement": "Mae Rim"},
    }
    return made.get(kind, typed_words)(dice)


def _number_within(dice: Random, question: dict[str, Any]) -> str:
    least, largest = int(question.get("least", -50)), int(question.get("largest", 500))
    found = dice.choice((least, largest - 1, dice.randint(least, largest - 1)))
    if question.get("whole") or found < 0 or one_in(dice, 2):
        return str(dice.choice((found, largest)))
    return f"{found}.50"
