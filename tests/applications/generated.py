"""Form definitions of every shape, with answers to them, for property tests."""

from typing import Any

from hypothesis import strategies as st

from apps.applications.rules.conditions import ITSELF
from apps.applications.rules.definition import COLUMN_KINDS, KINDS, SILENT_KINDS
from apps.core.burmese import looks_like_zawgyi

LANGUAGES = ("en", "th", "km", "my", "id")
#: Letters of several scripts with their marks, digits and signs that mean something elsewhere.
LETTERS = "abcXYZ 019.,;:-_'\"<>&=+@${}()/%äőñ" + "กขคงิ่้าำ" + "កខគា៉ើ" + "ကခဂါိုး" + "中文字" + "🙂"
KEYS = st.from_regex(r"[A-Za-z0-9_-]{1,24}", fullmatch=True)
words = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
#: What a person types: whatever looks like Zawgyi would first be asked about.
typed_words = (
    st.text(LETTERS, min_size=1, max_size=10)
    .map(str.strip)
    .filter(lambda text: bool(text) and not looks_like_zawgyi(text))
)
#: One line is kept with single spaces (LineField); a long text keeps all of them.
one_line = typed_words.map(lambda text: " ".join(text.split()))
values = st.one_of(st.from_regex(r"[a-z][a-z0-9_-]{0,12}", fullmatch=True), words)


@st.composite
def texts(draw: Any, *, most: int = 3) -> dict[str, str]:
    codes = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=most, unique=True))
    return {code: draw(words) for code in codes}


numbers = st.one_of(
    st.integers(-9999, 9999).map(str),
    st.decimals(-999, 999, places=2, allow_nan=False, allow_infinity=False).map(str),
)
days = st.dates().filter(lambda day: 1900 <= day.year <= 2100).map(lambda day: day.isoformat())
clocks = st.times().map(lambda time: time.strftime("%H:%M"))
PATTERNS = ("[0-9]{3,5}", "[A-Z][a-z ]*", r".+@.+\..+", "(yes|no)?", r"\d+\s?km")


@st.composite
def comparisons(draw: Any, asked: list[dict[str, Any]], own: dict[str, Any] | None = None) -> dict[str, Any]:
    """One comparison with an answer given before, or with the answer itself."""
    question = own or draw(st.sampled_from(asked))
    key = ITSELF if own else question["key"]
    op = draw(
        st.sampled_from(["answered", "is", "includes", "above", "at_least", "below", "at_most", "matches"])
    )
    if op == "answered":
        return {"question": key, "op": op}
    if op == "matches":
        return {"question": key, "op": op, "value": draw(st.sampled_from(PATTERNS))}
    others = [each["key"] for each in asked if each["key"] != key]
    if others and draw(st.integers(0, 5)) == 0:
        return {"question": key, "op": op, "than": draw(st.sampled_from(others))}
    if op in ("is", "includes"):
        return {"question": key, "op": op, "value": draw(answers_like(question))}
    return {"question": key, "op": op, "value": draw(st.one_of(numbers, days))}


def answers_like(question: dict[str, Any]) -> st.SearchStrategy[str]:
    if question.get("options"):
        return st.sampled_from([option["value"] for option in question["options"]])
    return {
        "number": numbers,
        "date": days,
        "time": clocks,
        "yes_no": st.sampled_from(["yes", "no"]),
        "declaration": st.just("yes"),
        "country": st.sampled_from(["TH", "LA", "KH"]),
        "place": st.sampled_from(["TH", "TH-50"]),
    }.get(question["kind"], values)


@st.composite
def conditions(
    draw: Any, asked: list[dict[str, Any]], own: dict[str, Any] | None = None, depth: int = 2
) -> dict[str, Any]:
    kind = draw(st.sampled_from(["one", "one", "all", "any", "not"])) if depth else "one"
    if kind == "one":
        return draw(comparisons(asked, own))
    if kind == "not":
        return {"not": draw(conditions(asked, own, depth - 1))}
    return {kind: draw(st.lists(conditions(asked, own, depth - 1), min_size=2, max_size=3))}


@st.composite
def options(draw: Any, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = draw(st.lists(values, min_size=1, max_size=6, unique=True))
    made = [{"value": value, "label": draw(texts(most=2))} for value in found]
    choosers = [each for each in asked if each["kind"] == "one_choice"]
    how = draw(st.sampled_from(["always", "always", "by one", "anyhow"]))
    for option in made:
        if how == "by one" and choosers:
            chooser = choosers[-1]
            option["when"] = {
                "question": chooser["key"],
                "op": "is",
                "value": draw(answers_like(chooser)),
            }
        elif how == "anyhow" and asked and draw(st.booleans()):
            option["when"] = draw(conditions(asked, depth=1))
    return made


@st.composite
def questions(
    draw: Any, key: str, asked: list[dict[str, Any]], kinds: tuple[str, ...] = tuple(sorted(KINDS))
) -> dict[str, Any]:
    kind = draw(st.sampled_from(kinds))
    in_row = kinds != tuple(sorted(KINDS))
    question: dict[str, Any] = {"key": key, "kind": kind, "label": draw(texts())}
    if draw(st.booleans()):
        question["hint"] = draw(texts(most=2))
    if kind not in SILENT_KINDS:
        question["required"] = draw(st.booleans())
    if kind in ("one_choice", "several_choices"):
        question["options"] = draw(options([] if in_row else asked))
    if kind in ("text", "long_text") and draw(st.booleans()):
        question["most_characters"] = draw(st.integers(10, 4000))
    if kind == "number":
        question |= draw(_number_parts())
    if kind == "rows":
        question |= draw(_columns())
    if draw(st.integers(0, 3)) == 0:
        question["hidden_from_reviewers"] = True
    if not in_row:
        draw(_conditional(question, asked))
    return question


@st.composite
def _number_parts(draw: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"whole": True} if draw(st.booleans()) else {}
    if draw(st.booleans()):
        found["unit"] = draw(texts(most=2))
    if draw(st.booleans()):
        found |= {"least": str(draw(st.integers(-50, 0))), "largest": str(draw(st.integers(1, 500)))}
    return found


@st.composite
def _columns(draw: Any) -> dict[str, Any]:
    keys = draw(st.lists(KEYS, min_size=1, max_size=4, unique=True))
    kinds = tuple(sorted(COLUMN_KINDS))
    return {
        "columns": [draw(questions(key, [], kinds)) for key in keys],
        "most_rows": draw(st.integers(1, 6)),
    }


@st.composite
def _conditional(draw: Any, question: dict[str, Any], asked: list[dict[str, Any]]) -> None:
    """Adds when, required_when and checks to `question`."""
    silent = question["kind"] in SILENT_KINDS
    if asked and draw(st.integers(0, 2)) == 0:
        question["when"] = draw(conditions(asked))
    if asked and not silent and draw(st.integers(0, 3)) == 0:
        question["required_when"] = draw(conditions(asked))
    if question["kind"] in ("text", "long_text", "number", "date") and draw(st.integers(0, 3)) == 0:
        that = draw(conditions(asked, question, depth=1))
        question["checks"] = [{"that": that, "message": draw(texts(most=2))}]


@st.composite
def definitions(draw: Any, *, most_sections: int = 3, most_questions: int = 5) -> dict[str, Any]:
    """A definition that form_from_definition accepts, with at least one question."""
    section_keys = draw(st.lists(KEYS, min_size=1, max_size=most_sections, unique=True))
    asked: list[dict[str, Any]] = []
    sections = []
    taken: set[str] = set()
    for number, section_key in enumerate(section_keys):
        section: dict[str, Any] = {"key": section_key, "title": draw(texts())}
        if draw(st.booleans()):
            section["intro"] = draw(texts(most=2))
        if asked and draw(st.integers(0, 2)) == 0:
            section["when"] = draw(conditions(asked))
        least = 1 if number == 0 else 0
        keys = [
            key
            for key in draw(st.lists(KEYS, min_size=least, max_size=most_questions, unique=True))
            if key not in taken
        ]
        taken.update(keys)
        section["questions"] = []
        for key in keys:
            question = draw(questions(key, asked))
            section["questions"].append(question)
            if question["kind"] not in SILENT_KINDS:
                asked.append(question)
        sections.append(section)
    return {"sections": sections}


@st.composite
def answers_to(draw: Any, definition: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Plausible answers by section, some left out; files are not among them."""
    return {
        section["key"]: {
            question["key"]: draw(answer_to(question))
            for question in section["questions"]
            if question["kind"] not in ("statement", "document", "photos") and draw(st.integers(0, 4))
        }
        for section in definition["sections"]
    }


def answer_to(question: dict[str, Any]) -> st.SearchStrategy[Any]:
    """As it is kept: what SectionForm.answers() gives."""
    offered = [option["value"] for option in question.get("options") or []]
    kind = question["kind"]
    if kind == "several_choices":
        return st.lists(st.sampled_from(offered), min_size=1, unique=True)
    if kind == "one_choice":
        return st.sampled_from(offered)
    if kind == "rows":
        row = st.fixed_dictionaries({each["key"]: answer_to(each) for each in question["columns"]})
        return st.lists(row, min_size=1, max_size=question.get("most_rows", 10))
    if kind == "number":
        return _numbers_within(question)
    return {
        "text": one_line,
        "date": days,
        "time": clocks,
        "date_time": st.tuples(days, clocks).map("T".join),
        "yes_no": st.sampled_from(["yes", "no"]),
        "declaration": st.just(True),
        "country": st.sampled_from(["TH", "LA", "KH"]),
        "place": st.just({"country": "TH", "settlement": "Mae Rim"}),
    }.get(kind, typed_words)


def _numbers_within(question: dict[str, Any]) -> st.SearchStrategy[str]:
    least, largest = int(question.get("least", -50)), int(question.get("largest", 500))
    whole = st.integers(least, largest).map(str)
    halves = st.integers(least, largest - 1).map(lambda each: f"{each}.50" if each >= 0 else str(each))
    return whole if question.get("whole") else st.one_of(whole, halves)
