"""The released figures of one program as results: a count for each stage, a share for each group.

A hidden figure has no element at all: the standard asks a value of each, and "fewer than ten" is none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from apps.inclusion.enums import Stage
from apps.inclusion.exports.iati.activity import Ahead, Baseline, Dimension, Indicator, Observation, Result
from apps.inclusion.rules.groups import DETAILS, DIMENSIONS, FOCUS, IDENTITIES, NOT_STATED, OTHER, STATED
from apps.inclusion.selectors.reporting import ProgramTarget
from apps.inclusion.selectors.sheets import Place, Sheet
from apps.inclusion.selectors.tidy import Measure, rows_of, share_of

OUTPUT, OUTCOME = "1", "2"
UNIT, PERCENTAGE = "1", "2"
NAMES = {"gender": "sex", "residence": "residence", "disability": "disability", "age": "age"}
VALUES = {
    ("gender", "woman"): "female",
    ("gender", "man"): "male",
    ("gender", "another"): "another",
    ("residence", "rural"): "rural",
    ("residence", "town"): "town",
    ("residence", "city"): "city",
    ("disability", "yes"): "ss3-yes",
    ("disability", "no"): "ss3-no",
    ("age", "under_25"): "under-25",
    ("age", "25_34"): "25-34",
    ("age", "over_34"): "35-and-over",
    **{(dimension, OTHER): "other" for dimension in DIMENSIONS},
    **{(dimension, NOT_STATED): "not-stated" for dimension in DIMENSIONS},
}
#: Indicator, stage, result, indicator's title, how it is counted.
COUNTS = (
    (
        "OUT-APP",
        Stage.APPLIED.value,
        "People apply",
        "Number of people who applied",
        "People who sent an application",
    ),
    (
        "OUT-ENR",
        Stage.ENROLLED.value,
        "People enrol",
        "Number of people who enrolled",
        "People who took up a place, with those who completed",
    ),
    (
        "OUT-COMP",
        Stage.COMPLETED.value,
        "People complete the program",
        "Number of people who completed",
        "People who met every requirement of completion",
    ),
)
SHARES = (
    ("OUT-SHARE-W", ("gender", "woman"), "Share of women among those enrolled"),
    ("OUT-SHARE-R", ("residence", "rural"), "Share of people from rural places among those enrolled"),
    (
        "OUT-SHARE-D",
        ("disability", "yes"),
        "Share of people with a functional difficulty (SS3) among those enrolled",
    ),
)
COUNTED = "{what}, from the beginning until the end of the period, in each intake once. {how}"
ROUNDED = (
    "Rounded to {base}. Counts of fewer than {small} people, or {threshold} for sensitive groups, and what "
    "would reveal them are left out."
)
SHARED = "Whole percent of those who answered the question, from rounded counts."


@dataclass(frozen=True, slots=True)
class Terms:
    """What results need beside the figures: the program's first day, and the last day that is counted."""

    start: date
    until: date
    rounding: int
    small_threshold: int
    threshold: int
    location: str = ""
    page: str = ""


def results_of(sheet: Sheet, targets: Iterable[ProgramTarget], terms: Terms) -> tuple[Result, ...]:
    """Results with something to tell: an indicator with neither figure nor target is left out."""
    aims = list(targets)
    outputs = (_count_result(sheet, aims, terms, *each) for each in COUNTS)
    shares = tuple(_share_indicator(sheet, aims, terms, *each) for each in SHARES)
    results = [*outputs, Result(OUTCOME, "Those who take part", shares)]
    told = ((result, tuple(each for each in result.indicators if _tells(each))) for result in results)
    return tuple(Result(result.type, result.title, indicators) for result, indicators in told if indicators)


def _tells(indicator: Indicator) -> bool:
    return bool(indicator.actuals or indicator.targets or indicator.ahead)


def _count_result(
    sheet: Sheet,
    aims: list[ProgramTarget],
    terms: Terms,
    code: str,
    stage: str,
    result: str,
    title: str,
    what: str,
) -> Result:
    how = ROUNDED.format(base=terms.rounding, small=terms.small_threshold, threshold=terms.threshold)
    indicator = Indicator(
        code,
        title,
        COUNTED.format(what=what, how=how),
        UNIT,
        actuals=tuple(_actuals(sheet, stage, terms)),
        targets=tuple(_targets(aims, code, terms)),
        baselines=tuple(_baselines(stage, terms)),
        ahead=tuple(_ahead(aims, code, terms)),
        uri=_uri(terms, code),
    )
    return Result(OUTPUT, result, (indicator,))


def _actuals(sheet: Sheet, stage: str, terms: Terms) -> Iterator[Observation]:
    counts = {
        row.place: row.value
        for row in rows_of(sheet)
        if row.stage == stage and row.measure == Measure.PEOPLE and row.value is not None
    }
    for place, value in counts.items():
        dimensions = dimensions_of(place)
        if dimensions is not None and not _overlaps(place, counts):
            yield Observation(str(value), dimensions, terms.location)


def dimensions_of(place: Place) -> tuple[Dimension, ...] | None:
    """None for what is no group of people the standard could name: the quality of data."""
    _stage, dimension, group = place
    if not dimension:
        return ()
    names, groups = dimension.split("+"), group.split("+")
    if group == STATED or any(each not in NAMES for each in names):
        return None
    return tuple(Dimension(NAMES[name], VALUES[name, each]) for name, each in zip(names, groups, strict=True))


def _overlaps(place: Place, counts: Mapping[Place, int]) -> bool:
    """ "Everybody else" beside what it is made of would count people twice for whoever adds up."""
    stage, dimension, group = place
    details = DETAILS.get(dimension, ())
    return group == OTHER and any((stage, dimension, detail) in counts for detail in details)


def _targets(
    aims: list[ProgramTarget], code: str, terms: Terms, ends_on: date | None = None
) -> Iterator[Observation]:
    """Of the time that is counted, or of a later quarter."""
    days = (None, terms.until) if ends_on is None else (ends_on,)
    for aim in aims:
        if aim.indicator == code and aim.ends_on in days:
            dimensions = tuple(Dimension(NAMES[name], VALUES[name, group]) for name, group in aim.groups)
            yield Observation(f"{aim.value.normalize():f}", dimensions, terms.location)


def _ahead(aims: list[ProgramTarget], code: str, terms: Terms) -> Iterator[Ahead]:
    later = {
        aim.ends_on for aim in aims if aim.indicator == code and aim.ends_on and aim.ends_on > terms.until
    }
    for day in sorted(later):
        yield Ahead(day, tuple(_targets(aims, code, terms, day)))


def _baselines(stage: str, terms: Terms) -> Iterator[Baseline]:
    """Nobody has completed a program before its first day: the one baseline that is known of each."""
    if stage != Stage.COMPLETED:
        return
    day, words = terms.start - timedelta(days=1), "The program had not begun."
    yield Baseline(day, "0", (), terms.location, words)
    for each in IDENTITIES:
        dimension = Dimension(NAMES[each], VALUES[each, FOCUS[each]])
        yield Baseline(day, "0", (dimension,), terms.location, words)


def _share_indicator(
    sheet: Sheet, aims: list[ProgramTarget], terms: Terms, code: str, of: tuple[str, str], title: str
) -> Indicator:
    actuals = tuple(_share(sheet, (Stage.ENROLLED.value, *of), terms))
    targets = tuple(_targets(aims, code, terms))
    ahead = tuple(_ahead(aims, code, terms))
    return Indicator(code, title, SHARED, PERCENTAGE, actuals, targets, ahead=ahead, uri=_uri(terms, code))


def _share(sheet: Sheet, place: Place, terms: Terms) -> Iterator[Observation]:
    found = share_of(sheet, place)
    if found is None or not found.is_shown:
        return
    low, high = found.interval_percent or (0, 0)
    words = (
        f"{found.count} of {found.answered} who answered; {found.response_percent} % answered; "
        f"95 % interval {low} to {high} %."
    )
    yield Observation(str(found.percent), (), terms.location, words)


def _uri(terms: Terms, code: str) -> str:
    return f"{terms.page}#{code}" if terms.page else ""
