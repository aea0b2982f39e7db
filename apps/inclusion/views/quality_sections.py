"""Sections about the quality of the answers."""

from django.utils.translation import gettext as _

from apps.inclusion.enums import Dimension, Stage
from apps.inclusion.selectors.quality import Quality, Silence, quality_of
from apps.inclusion.selectors.sheets import Sheet
from apps.inclusion.views.sections import Line, Section, Table
from apps.inclusion.views.words import count_words, group_words, response_words, stage_words


def quality_sections(sheet: Sheet) -> list[Section]:
    found = {stage: quality_of(sheet, stage) for stage in Stage.values}
    taking_part = found[Stage.ENROLLED]
    sections = [_silence_section(taking_part.silences)]
    if ("asked", "yes") in {(dimension, group) for _stage, dimension, group in sheet.figures}:
        sections = [_response_section(found), *sections, _checks_section(found)]
    return sections


def _response_section(found: dict[str, Quality]) -> Section:
    lines = tuple(
        Line(
            stage_words(stage),
            (
                count_words(each.taking_part),
                count_words(each.people),
                count_words(each.asked),
                count_words(each.answered),
                f"{each.response_percent} %" if each.response_percent is not None else "–",
            ),
        )
        for stage, each in found.items()
    )
    columns = (
        _("Participations"),
        _("Different people"),
        _("Were asked"),
        _("Answered any question"),
        _("Response rate"),
    )
    intro = _(
        "Somebody who takes part in two intakes is two participations and one person. "
        "The response rate is the part of those who were asked that answered at least one question."
    )
    table = Table(_("Who was asked and who answered"), _("Stage"), columns, lines)
    return Section("response", _("How many answered"), intro, tables=(table,))


def _silence_section(silences: tuple[Silence, ...]) -> Section:
    reasons = ("not_said", "missing", "unknown")
    lines = tuple(
        Line(
            str(Dimension(each.dimension).label),
            (
                response_words(each.share),
                *(count_words(each.reasons[reason]) if reason in each.reasons else "–" for reason in reasons),
            ),
        )
        for each in silences
    )
    columns = (
        _("Answered"),
        _("Prefers not to say"),
        _("Not answered"),
        _("Cannot be told from the answers"),
    )
    intro = _(
        "Not answered, prefers not to say, and no are three different things. "
        "All who gave no answer are left out of shares."
    )
    table = Table(_("Why people are silent"), _("Question"), columns, lines)
    return Section("silence", _("Why others did not"), intro, tables=(table,))


def _checks_section(found: dict[str, Quality]) -> Section:
    words, stages = group_words(), list(found)
    rows = [
        (words["residence_conflict", "yes"], [found[stage].conflicts for stage in stages]),
        (words["residence_conflict", "no"], [found[stage].agreements for stage in stages]),
    ]
    cut_offs = [
        (words["sensitivity", key], [found[stage].cut_offs[key] for stage in stages])
        for key in ("ss1", "ss2", "ss3", "ss4")
    ]
    columns = tuple(map(stage_words, stages))

    def table(name: str, corner: str, values: list[tuple[str, list[int | None]]]) -> Table:
        lines = tuple(Line(label, tuple(map(count_words, counts))) for label, counts in values)
        return Table(name, corner, columns, lines)

    intro = _(
        "The six questions are those of the Washington Group. SS3, a lot of difficulty in at least one, is "
        "the cut-off its authors recommend, and the one behind every figure here. The others show how far "
        "the result hangs on it: SS1 some difficulty in at least one, SS2 some in at least two or a lot in "
        "one, SS4 cannot do at all in at least one."
    )
    return Section(
        "checks",
        _("Checks"),
        intro,
        tables=(
            table(
                _("Disability by other cut-offs"),
                _("Cut-off"),
                cut_offs,
            ),
            table(_("Where people live: contradictions"), _("Check"), rows),
        ),
    )
