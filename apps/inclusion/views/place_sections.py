"""Sections by country, kind and program: a map, tables to go into, and national figures for context."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from apps.inclusion.charts import Bin, State, outline_map
from apps.inclusion.charts.tile_map import PLACES
from apps.inclusion.enums import ScopeKind, Stage
from apps.inclusion.selectors.boards import Board
from apps.inclusion.selectors.group_questions import GROUPS, NAMES, SINGLE, share_of
from apps.inclusion.selectors.sheets import Sheet
from apps.inclusion.views.sections import Line, Section, Table
from apps.inclusion.views.words import count_words, share_measure, share_words, stage_words
from apps.places.models import Baseline

#: Where the bins of a map begin, in percent.
BINS = {"women": (0, 30, 45, 55), "rural": (0, 20, 40, 60), "disability": (0, 5, 10, 15)}
#: Read for every row of every table: an enumeration makes the list anew each time.
STAGES: tuple[str, ...] = tuple(Stage.values)
Address = Callable[[str, str], str]


def map_section(board: Board, group: str, address: Address) -> Section | None:
    sheets, names = board.parts.get(ScopeKind.COUNTRY, {}), board.names.get(ScopeKind.COUNTRY, {})
    if not sheets:
        return None
    shares = {code: share_of(sheet, GROUPS[group]) for code, sheet in sheets.items()}
    states = [
        State(code, names.get(code, code), share_measure(share))
        for code, share in shares.items()
        if code in PLACES
    ]
    others = [
        f"{names.get(code, code)}: {share_words(share)}"
        for code, share in shares.items()
        if code not in PLACES and share is not None and share.is_shown
    ]
    drawing = outline_map(
        "map",
        _("{group} by country").format(group=str(NAMES[group])),
        "; ".join(f"{state.name}: {state.measure.told}" for state in states),
        states,
        _bins(BINS[group]),
        others=others,
    )
    title = _("Country by country")
    told, rest = _parts(board, ScopeKind.COUNTRY.value, _("Country"), title, address)
    return Section("map", title, "", (drawing,), told, rest, _("More countries"), chooses_group=True)


def _bins(starts: Sequence[int]) -> list[Bin]:
    words = [_("{low} to {high} %").format(low=low, high=high - 1) for low, high in pairwise(starts)]
    words[0] = _("under {percent} %").format(percent=starts[1])
    words.append(_("{percent} % and more").format(percent=starts[-1]))
    return [Bin(start, text) for start, text in zip(starts, words, strict=True)]


def parts_sections(board: Board, address: Address) -> list[Section]:
    """Every kind and program, to go into."""
    found = []
    for level, corner, title in (
        (ScopeKind.KIND.value, _("Kind of program"), _("By kind of program")),
        (ScopeKind.PROGRAM.value, _("Program"), _("Program by program")),
    ):
        if board.parts.get(level):
            told, rest = _parts(board, level, corner, title, address)
            found.append(Section(level, title, "", (), told, rest, _("Hidden or without participants")))
    return found


def _parts(
    board: Board, level: str, corner: str, title: str, address: Address
) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    """Those with participants to tell of, largest first; and folded, those without."""
    names = board.names.get(level, {})
    rows = sorted(
        board.parts[level].items(),
        key=lambda row: (-(row[1].count(Stage.ENROLLED) or 0), names.get(row[0], row[0])),
    )
    columns = (*map(stage_words, STAGES), *(str(NAMES[key]) for key in SINGLE))

    def table(name: str, is_told: bool) -> tuple[Table, ...]:
        lines = tuple(
            Line(names.get(key, key), _cells(sheet), address(level, key))
            for key, sheet in rows
            if bool(sheet.count(Stage.ENROLLED)) == is_told
        )
        return (Table(name, corner, columns, lines),) if lines else ()

    rest = _("{title}: hidden or without participants").format(title=title)
    return table(title, is_told=True), table(rest, is_told=False)


def _cells(sheet: Sheet) -> tuple[str, ...]:
    counts = (count_words(sheet.count(stage), is_kept=sheet.is_kept(stage)) for stage in STAGES)
    return (*counts, *(share_words(share_of(sheet, GROUPS[key])) for key in SINGLE))


def context_section(found: Sequence[Baseline]) -> Section | None:
    """Beside ours and never subtracted: definitions differ between countries, and from the questions here."""
    if not found:
        return None
    words = {
        "women_share": _("Women"),
        "rural_share": _("Rural population"),
        "disability_share_national_official": _("Disability, official national figure"),
        "disability_share_wg_based": _("Disability, by questions like ours"),
    }
    lines = tuple(
        Line(
            f"{each.country}: {words[each.indicator]}",
            (f"{each.value:.1f} %" if each.value is not None else "–", each.year, each.note or each.unit),
        )
        for each in found
    )
    table = Table(
        _("National figures"), _("Country and figure"), (_("Value"), _("Year"), _("Definition")), lines
    )
    intro = _(
        "For context only. These are shares of whole populations, by national definitions that differ from "
        "each other and from the questions here. They are no target, and no gap can be worked out from them."
    )
    more_words = _("National figures, with their definitions")
    return Section("context", _("For context"), intro, more=(table,), more_words=more_words)
