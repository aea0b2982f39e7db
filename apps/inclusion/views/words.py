"""Figures in words and signs, for tables and drawings alike. The signs are explained on every page."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.inclusion.charts import Measure
from apps.inclusion.enums import AgeBand, Dimension, Stage
from apps.inclusion.rules.paths import Step
from apps.inclusion.rules.shares import Share, nearest

#: Hidden; not told for want of answers; to be read with care; as the release before told it.
HIDDEN, NOT_TOLD, CARE, KEPT = "[c]", "[x]", "[u]", "[k]"


def count_words(value: int | None, *, is_kept: bool = False) -> str:
    if value is None:
        return HIDDEN
    return f"{value} {KEPT}" if is_kept else str(value)


def range_words(ends: tuple[float, float]) -> str:
    """Of a share between 0 and 1."""
    return _("{low} to {high} %").format(low=nearest(100 * ends[0]), high=nearest(100 * ends[1]))


def share_words(share: Share | None, *, is_kept: bool = False) -> str:
    """ "42 % (60 of 145)", or why there is none."""
    if share is None:
        return HIDDEN
    if not share.is_shown:
        return NOT_TOLD
    told = _("{percent} % ({count} of {answered})").format(
        percent=share.percent, count=share.count, answered=share.answered
    )
    signs = [sign for sign, holds in ((CARE, share.needs_a_warning), (KEPT, is_kept)) if holds]
    return " ".join([told, *signs])


def sure_words(share: Share | None) -> str:
    return range_words(share.interval) if share and share.is_shown and share.interval else "–"


def response_words(share: Share | None) -> str:
    if share is None or share.response_percent is None:
        return HIDDEN
    return _("{percent} % ({answered} of {everyone})").format(
        percent=share.response_percent, answered=share.answered, everyone=share.everyone
    )


def step_words(step: Step) -> str:
    if step.percent is None or step.interval is None:
        return HIDDEN if step.before is None or step.count is None else NOT_TOLD
    told = _("{percent} %").format(percent=step.percent)
    return f"{told} ({range_words(step.interval)})"


def gap_words(step: Step) -> str:
    """In points, with what chance alone would explain marked as such."""
    if step.gap is None:
        return "–"
    points = nearest(100 * step.gap)
    told = _("{points} points").format(points=f"{points:+d}".replace("-", "−") if points else "0")
    return _("{points}, may be chance").format(points=told) if points and step.may_be_chance else told


def share_measure(share: Share | None) -> Measure:
    if share is None or not share.is_shown or share.value is None:
        return Measure(None, sign=HIDDEN if share is None else NOT_TOLD)
    ends = share.interval
    interval = (100 * ends[0], 100 * ends[1]) if ends else None
    return Measure(100 * share.value, _("{percent} %").format(percent=share.percent), interval)


def count_measure(value: int | None) -> Measure:
    return Measure(value, str(value))


def stage_words(stage: str) -> str:
    return str(Stage(stage).label)


def group_words() -> Mapping[tuple[str, str], str]:
    """Dimension and group of every figure of a release, in words."""
    return _group_words(get_language())


@cache
def _group_words(_language: str | None) -> Mapping[tuple[str, str], str]:
    """One page asks for them five times."""
    silence = {
        "not_said": _("prefers not to say"),
        "missing": _("not answered"),
        "unknown": _("cannot be told from the answers"),
    }
    about = {
        "silence_gender": Dimension.GENDER.label,
        "silence_residence": Dimension.RESIDENCE.label,
        "silence_disability": Dimension.DISABILITY.label,
    }
    reasons = {
        (key, reason): f"{name}: {words}" for key, name in about.items() for reason, words in silence.items()
    }
    return MappingProxyType({("", ""): _("Everyone"), **_single(), **reasons, **_apart()})


def _single() -> dict[tuple[str, str], str]:
    ages = {"25_34": _("25 to 34 years"), "over_34": _("35 years and over"), "under_25": _("Under 25 years")}
    quiet = _("No answer")
    return {
        ("gender", "woman"): _("Women"),
        ("gender", "man"): _("Men"),
        ("gender", "another"): _("Another term"),
        ("gender", "other"): _("Men or another term"),
        ("gender", "not_stated"): f"{Dimension.GENDER.label}: {quiet}",
        ("residence", "rural"): _("Rural"),
        ("residence", "town"): _("Town"),
        ("residence", "city"): _("City"),
        ("residence", "other"): _("Town or city"),
        ("residence", "not_stated"): f"{Dimension.RESIDENCE.label}: {quiet}",
        ("disability", "yes"): _("With a disability"),
        ("disability", "no"): _("Without a disability"),
        ("disability", "not_stated"): f"{Dimension.DISABILITY.label}: {quiet}",
        **{("age", key): words for key, words in ages.items()},
        ("age", "other"): _("25 years and over"),
        ("age", "not_stated"): f"{Dimension.AGE.label}: {AgeBand.MISSING.label}",
    }


def _apart() -> dict[tuple[str, str], str]:
    return {
        ("people", ""): _("Different people, each counted once"),
        ("asked", "yes"): _("Were asked the questions"),
        ("answered", "yes"): _("Answered at least one question"),
        ("residence_conflict", "yes"): _("Own answer and place of living contradict each other"),
        ("residence_conflict", "no"): _("Own answer and place of living agree"),
        ("gender+residence+disability", "stated"): _("Answered all three questions"),
        **{("sensitivity", f"ss{n}"): _("Meet cut-off SS{number}").format(number=n) for n in (1, 2, 3, 4)},
    }


def figure_words(dimension: str, group: str, known: Mapping[tuple[str, str], str]) -> str:
    """Of a crossed figure the words of its parts, joined."""
    if (dimension, group) in known or "+" not in dimension:
        return known.get((dimension, group), f"{dimension} {group}".strip())
    pairs = zip(dimension.split("+"), group.split("+"), strict=False)
    return " + ".join(known.get(pair, " ".join(pair)) for pair in pairs)
