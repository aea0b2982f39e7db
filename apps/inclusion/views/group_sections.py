"""Sections about groups of one release: shares and targets, the way from stage to stage, two identities."""

from django.utils.translation import gettext as _

from apps.inclusion.charts import Bar, Path, bar_group, funnel
from apps.inclusion.enums import Dimension, Stage
from apps.inclusion.rules.groups import FOCUS, OTHERS, groups_of
from apps.inclusion.rules.paths import steps_of
from apps.inclusion.rules.shares import nearest
from apps.inclusion.selectors.boards import Board
from apps.inclusion.selectors.group_questions import PAIRS, Question, State, question
from apps.inclusion.selectors.sheets import Sheet
from apps.inclusion.views.sections import Line, Section, Table
from apps.inclusion.views.words import (
    count_measure,
    count_words,
    gap_words,
    group_words,
    response_words,
    share_measure,
    share_words,
    stage_words,
    step_words,
    sure_words,
)


def shares_section(found: list[Question]) -> Section:
    told = [each for each in found if each.state != State.ELSEWHERE]
    bars = [
        Bar(
            each.label,
            (share_measure(each.share),),
            each.target,
            _("target {percent} %").format(percent=nearest(each.target)) if each.target is not None else "",
        )
        for each in told
    ]
    lines = tuple(
        Line(
            each.label,
            (
                share_words(each.share, is_kept=each.is_kept),
                sure_words(each.share),
                f"{nearest(each.target)} %" if each.target is not None else "–",
                response_words(each.share),
            ),
        )
        for each in told
    )
    columns = (_("Share of those who answered"), _("Sure to within"), _("Target"), _("Answered"))
    drawing = bar_group(
        "shares",
        _("Shares of those who take part, with targets"),
        _targets_in_words(told),
        bars,
        most=100,
        target_words=_("Target") if any(each.target is not None for each in told) else "",
        interval_words=_("Sure to within (95 % interval)"),
    )
    table = Table(_("Shares and targets"), _("Group"), columns, lines)
    return Section("shares", _("Who takes part, against the targets"), "", (drawing,), (table,))


def _targets_in_words(found: list[Question]) -> str:
    below = [each.label for each in found if each.missed_by]
    if below:
        return _("Below target: {groups}.").format(groups=", ".join(below))
    return _("No group whose share is told is below its target.")


def funnel_section(board: Board, found: list[Question]) -> Section:
    """Each group on its way, and how often it goes on, compared with everyone."""
    sheet, stages = board.sheet, Stage.values
    labels = [stage_words(stage) for stage in stages]
    everyone = [sheet.count(stage) for stage in stages]
    groups = [(each.label, _counts(sheet, each)) for each in found if each.state != State.ELSEWHERE]
    paths = [(_("Everyone"), everyone), *groups]
    drawing = funnel(
        "funnel",
        _("From applying to completing, by group"),
        _losses_in_words(found),
        labels,
        [Path(name, tuple(count_measure(count) for count in counts)) for name, counts in paths],
    )
    counts = Table(
        _("How many came to each stage"),
        _("Group"),
        tuple(labels),
        tuple(Line(name, tuple(map(count_words, values))) for name, values in paths),
    )
    rates = Table(
        _("How many went on, and the gap to everyone"),
        _("Group"),
        tuple(text for stage in labels[1:] for text in (stage, _("Gap"))),
        tuple(
            Line(name, tuple(text for step in steps for text in (step_words(step), gap_words(step))))
            for name, values in paths
            for steps in [steps_of(stages, values, everyone if values is not everyone else None)]
        ),
    )
    intro = _(
        "A bar is as long as the part of the group's own applicants that came to the stage. "
        "Going on is counted from one stage to the next; the range says what chance alone may explain."
    )
    return Section("funnel", _("Where people drop out"), intro, (drawing,), (counts, rates))


def _counts(sheet: Sheet, each: Question) -> list[int | None]:
    first, *rest = each.steps
    return [first.before, first.count, *(step.count for step in rest)]


def _losses_in_words(found: list[Question]) -> str:
    told = [
        _("{group}: most before “{stage}”").format(group=each.label, stage=each.loss.stage)
        for each in found
        if each.loss
    ]
    return _("Falls behind everyone: {groups}.").format(groups="; ".join(told)) if told else ""


def crossings_section(board: Board) -> Section | None:
    """Two identities of a person at once. Releases tell it of the whole and of kinds only."""
    found = [question(board.sheet, key, dimensions) for key, dimensions in PAIRS.items()]
    if all(each.state == State.ELSEWHERE for each in found):
        return None
    drawing = bar_group(
        "crossings",
        _("Two identities at once"),
        "; ".join(f"{each.label}: {share_words(each.share)}" for each in found),
        [Bar(each.label, (share_measure(each.share),)) for each in found],
        most=100,
        interval_words=_("Sure to within (95 % interval)"),
    )
    shares = Table(
        _("Shares of two identities"),
        _("Group"),
        (_("Share of those who answered both"), _("Sure to within")),
        tuple(
            Line(each.label, (share_words(each.share, is_kept=each.is_kept), sure_words(each.share)))
            for each in found
        ),
    )
    tables = tuple(_crossed_table(board.sheet, *dimensions) for dimensions in PAIRS.values())
    return Section(
        "crossings",
        _("Two identities at once"),
        _("Among those who take part and answered both questions."),
        (drawing,),
        (shares,),
        tables,
        _("All numbers of the crossings"),
    )


def _crossed_table(sheet: Sheet, one: str, two: str) -> Table:
    words = group_words()
    name = f"{one}+{two}"
    rows, columns = (FOCUS[one], OTHERS[one]), (FOCUS[two], OTHERS[two])

    def told(first: str, second: str) -> str:
        place = (Stage.ENROLLED.value, name, f"{first}+{second}")
        return count_words(sheet.count(*place), is_kept=sheet.is_kept(*place))

    return Table(
        f"{Dimension(one).label} × {Dimension(two).label}",
        str(Dimension(one).label),
        tuple(words[two, each] for each in columns),
        tuple(Line(words[one, row], tuple(told(row, each) for each in columns)) for row in rows),
    )


def details_section(board: Board) -> Section:
    """Every count of the single dimensions at every stage, as the release tells it."""
    words, stages = group_words(), Stage.values
    lines = tuple(
        Line(
            words[dimension, group],
            tuple(
                count_words(
                    board.sheet.count(stage, dimension, group),
                    is_kept=board.sheet.is_kept(stage, dimension, group),
                )
                for stage in stages
            ),
        )
        for (dimension, group) in _told_groups(board.sheet)
    )
    table = Table(_("Every group at every stage"), _("Group"), tuple(map(stage_words, stages)), lines)
    return Section("details", _("All numbers"), more=(table,), more_words=_("Every group at every stage"))


def _told_groups(sheet: Sheet) -> list[tuple[str, str]]:
    told = {(dimension, group) for _stage, dimension, group in sheet.figures}
    order = [(each.value, group) for each in Dimension for group in groups_of(each.value)]
    return [("", ""), *(place for place in order if place in told)]
