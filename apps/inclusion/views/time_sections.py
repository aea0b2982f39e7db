"""Sections over time: the trend against the plan, and each kind of program on its own."""

from django.utils.translation import gettext as _

from apps.inclusion.charts import Panel, Point, line_plan, small_multiples
from apps.inclusion.rules.shares import Share, nearest
from apps.inclusion.selectors.boards import Board
from apps.inclusion.selectors.group_questions import GROUPS, NAMES, SINGLE, share_of
from apps.inclusion.views.sections import Line, Section, Table
from apps.inclusion.views.words import share_measure, share_words
from apps.programs.enums import ProgramKind


def trend_section(board: Board, group: str) -> Section | None:
    if not board.trend:
        return None
    found = [(release.period, share_of(sheet, GROUPS[group])) for release, sheet in board.trend]
    plan, name = board.plan.get(group, {}), str(NAMES[group])
    points = [Point(period, share_measure(share), plan.get(period)) for period, share in found]
    drawing = line_plan(
        "trend",
        _("{group} over time").format(group=name),
        _ends_in_words(found),
        points,
        series=name,
        plan_words=_("Plan: {percent} %").format(percent=nearest(max(plan.values()))) if plan else "",
        most=100,
    )
    table = Table(
        _("Shares by quarter, beside the plan"),
        _("Until the end of"),
        tuple(str(NAMES[key]) for key in GROUPS),
        tuple(
            Line(
                release.period,
                tuple(
                    _with_plan(share_of(sheet, GROUPS[key]), board.plan.get(key, {}).get(release.period))
                    for key in GROUPS
                ),
            )
            for release, sheet in board.trend
        ),
    )
    intro = _("Each quarter counts from the beginning until its last day.")
    return Section("trend", _("Over time, against the plan"), intro, (drawing,), (table,), chooses_group=True)


def _with_plan(share: Share | None, planned: float | None) -> str:
    told = share_words(share)
    if planned is None:
        return told
    return _("{share}; plan {percent} %").format(share=told, percent=nearest(planned))


def _ends_in_words(found: list[tuple[str, Share | None]]) -> str:
    (first, one), (last, other) = found[0], found[-1]
    return _("{first}: {one}; {last}: {other}.").format(
        first=first, one=share_words(one), last=last, other=share_words(other)
    )


def kinds_section(board: Board, group: str) -> Section | None:
    """Small multiples, one for each kind, on one scale."""
    if not board.kinds or not board.trend:
        return None
    labels = dict(ProgramKind.choices)
    periods = [release.period for release, _sheet in board.trend]
    panels = [
        Panel(
            str(labels.get(kind, kind)),
            tuple(share_measure(share_of(sheet, GROUPS[group])) for sheet in sheets),
        )
        for kind, sheets in board.kinds.items()
    ]
    name = str(NAMES[group])
    drawing = small_multiples(
        "kinds",
        _("{group} by kind of program").format(group=name),
        "; ".join(f"{panel.label}: {panel.latest}" for panel in panels),
        panels,
        first=periods[0],
        last=periods[-1],
        most=100,
    )
    tables = tuple(
        Table(
            _("{group} by kind and quarter").format(group=str(NAMES[key])),
            _("Kind of program"),
            tuple(periods),
            tuple(
                Line(
                    str(labels.get(kind, kind)),
                    tuple(share_words(share_of(sheet, GROUPS[key])) for sheet in sheets),
                )
                for kind, sheets in board.kinds.items()
            ),
        )
        for key in SINGLE
    )
    chosen = tables[SINGLE.index(group)]
    others = tuple(table for table in tables if table is not chosen)
    return Section(
        "kinds",
        _("Each kind of program"),
        "",
        (drawing,),
        (chosen,),
        others,
        _("The other groups by kind and quarter"),
        chooses_group=True,
    )
