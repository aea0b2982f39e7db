"""What should stand in every table of a dashboard, by its caption."""

from collections.abc import Callable, Iterator, Mapping

from tests.inclusion.real.labels import (
    ASKED,
    BY_KIND,
    CHECKS,
    GROUPS,
    KINDS,
    PAIRS,
    QUESTIONS,
    REASONS,
    TRIPLE,
)
from tests.inclusion.real.pages import Book, Scope, Table, tables_of
from tests.inclusion.real.shares import (
    FOCUS,
    Told,
    answered_words,
    going_on,
    number,
    part_of,
    plain,
    share_words,
    sure_words,
    words,
)
from tests.inclusion.real.source import STAGES

#: The rows a table should have: by its own rows, what a sheet tells, and all of the release.
Reader = Callable[[Table, Told, Book], dict[str, list[str]]]


def _shares(table: Table, told: Told, book: Book) -> dict[str, list[str]]:
    return {name: _share_cells(told, names) for name, names in _asked_here(told, ASKED).items()}


def _two_shares(table: Table, told: Told, book: Book) -> dict[str, list[str]]:
    return {name: _share_cells(told, names)[:2] for name, names in _asked_here(told, PAIRS).items()}


def _share_cells(told: Told, names: tuple[str, ...]) -> list[str]:
    part = part_of(told, "enrolled", *names)
    _value, is_kept = told["enrolled", *_place(names)]
    return [share_words(part, is_kept=is_kept), sure_words(part), "–", answered_words(part)]


def _asked_here(told: Told, asked: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Those of whom the release tells at this scope, hidden or not."""
    return {name: names for name, names in asked.items() if ("enrolled", *_place(names)) in told}


def _place(names: tuple[str, ...]) -> tuple[str, str]:
    return "+".join(names), "+".join(FOCUS[each] for each in names)


def _ways(told: Told) -> dict[str, tuple[str, str]]:
    return {"Everyone": ("", ""), **{name: _place(names) for name, names in _asked_here(told, ASKED).items()}}


def _stages(table: Table, told: Told, book: Book) -> dict[str, list[str]]:
    return {
        name: [plain(number(told, stage, *place)) for stage in STAGES] for name, place in _ways(told).items()
    }


def _going_on(table: Table, told: Told, book: Book) -> dict[str, list[str]]:
    return {name: going_on(told, place) for name, place in _ways(told).items()}


def _details(table: Table, told: Told, book: Book) -> dict[str, list[str]]:
    here = {name: place for name, place in GROUPS.items() if ("applied", *place) in told}
    return {name: [words(told, stage, *place) for stage in STAGES] for name, place in here.items()}


def _checks(table: Table, told: Told, book: Book) -> dict[str, list[str]]:
    here = {name: place for name, place in CHECKS[table.caption].items() if ("applied", *place) in told}
    return {name: [plain(number(told, stage, *place)) for stage in STAGES] for name, place in here.items()}


def _crossed(table: Table, told: Told, book: Book) -> dict[str, list[str]]:
    name = "+".join(QUESTIONS[each] for each in table.caption.split(" × "))
    groups = {row: GROUPS[row][1] for row in table.rows}
    return {
        row: [words(told, "enrolled", name, f"{one}+{GROUPS[two][1]}") for two in table.columns]
        for row, one in groups.items()
    }


def _parts(table: Table, told: Told, book: Book) -> dict[str, list[str]]:
    found = {}
    for name, scope in table.parts.items():
        part = book.every[scope]
        found[name] = [words(part, stage) for stage in STAGES]
        found[name] += [share_words(part_of(part, "enrolled", each)) for each in TRIPLE]
    return found


def _asked(table: Table, told: Told, book: Book) -> dict[str, list[str]]:
    places = [("", ""), ("people", ""), ("asked", "yes"), ("answered", "yes")]
    cells = {stage: [plain(number(told, stage, *place)) for place in places] for stage in STAGES}
    return {name: [*cells[stage], "–"] for name, stage in zip(table.rows, STAGES, strict=True)}  # nobody was


def _silence(table: Table, told: Told, book: Book) -> dict[str, list[str]]:
    found = {}
    for name, dimension in QUESTIONS.items():
        reasons = ("not_said", "missing", "unknown")[: REASONS[dimension]]
        cells = [plain(number(told, "enrolled", f"silence_{dimension}", each)) for each in reasons]
        answered = answered_words(part_of(told, "enrolled", dimension))
        found[name] = [answered, *cells, *["–"] * (3 - len(cells))]
    return found


def _by_quarter(table: Table, book: Book, scope: Scope) -> dict[str, list[str]]:
    return {
        period: [
            share_words(part_of(every.get(scope, {}), "enrolled", *ASKED[each])) for each in table.columns
        ]
        for period, every in book.quarters.items()
    }


def _by_kind(table: Table, book: Book) -> dict[str, list[str]]:
    asked = ASKED[table.caption.removesuffix(BY_KIND)]
    return {
        name: [
            share_words(part_of(book.quarters[each].get(("kind", kind), {}), "enrolled", *asked))
            for each in table.columns
        ]
        for name, kind in KINDS.items()
    }


#: Caption → reader. Captions in front of ":" are those of what is folded away.
READERS: dict[str, Reader] = {
    "Shares and targets": _shares,
    "How many came to each stage": _stages,
    "How many went on, and the gap to everyone": _going_on,
    "Shares of two identities": _two_shares,
    "Gender × Where people live": _crossed,
    "Gender × Disability": _crossed,
    "Where people live × Disability": _crossed,
    "Country by country": _parts,
    "By kind of program": _parts,
    "Program by program": _parts,
    "Who was asked and who answered": _asked,
    "Why people are silent": _silence,
    "Disability by other cut-offs": _checks,
    "Where people live: contradictions": _checks,
    "Every group at every stage": _details,
}
#: Figures of whole populations, which are not ours.
NOT_OURS = {"National figures"}


def wrong_cells(page: str, scope: Scope, book: Book) -> Iterator[tuple[str, str, object]]:
    """Caption, row, and what stands there with what should. A table nobody here knows is an error."""
    for table in tables_of(page):
        if table.caption not in NOT_OURS:
            expected = _expected(table, scope, book)
            for name in table.rows | expected:
                if table.rows.get(name) != expected.get(name):
                    yield table.caption, name, (table.rows.get(name), expected.get(name))


def _expected(table: Table, scope: Scope, book: Book) -> dict[str, list[str]]:
    told = book.every[scope]
    caption = table.caption.removesuffix(": hidden or without participants")
    if caption == "Shares by quarter, beside the plan":
        return _by_quarter(table, book, scope)
    if caption.endswith(BY_KIND):
        return _by_kind(table, book)
    return READERS[caption](table, told, book)
