"""The groups figures are told in, and how the classes of facts make them.

Each dimension has the group one looks for, the others who answered, and silence. Details part the others
further and are the first to be hidden. Crossed groups join words by "+", for people who answered all of the
crossed questions.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations, product

GENDER, RESIDENCE, DISABILITY, AGE = "gender", "residence", "disability", "age"
DIMENSIONS = (GENDER, RESIDENCE, DISABILITY, AGE)
#: Those that may be crossed: two for every reader of the whole, all three only for whom all three name.
IDENTITIES = (GENDER, RESIDENCE, DISABILITY)

OTHER, NO, NOT_STATED, STATED = "other", "no", "not_stated", "stated"
#: Dimension → the group one looks for.
FOCUS = {GENDER: "woman", RESIDENCE: "rural", DISABILITY: "yes", AGE: "under_25"}
#: Dimension → the others who answered.
OTHERS = {GENDER: OTHER, RESIDENCE: OTHER, DISABILITY: NO, AGE: OTHER}
#: Dimension → what the others are made of, where that is more than one class.
DETAILS: Mapping[str, tuple[str, ...]] = {
    GENDER: ("man", "another"),
    RESIDENCE: ("town", "city"),
    DISABILITY: (),
    AGE: ("25_34", "over_34"),
}
#: Dimension → the kinds of silence, told apart on the page about the quality of data.
SILENT: Mapping[str, tuple[str, ...]] = {
    GENDER: ("not_said", "missing"),
    RESIDENCE: ("not_said", "missing"),
    DISABILITY: ("not_said", "missing", "unknown"),
    AGE: ("missing",),
}
SILENCE = {GENDER: "silence_gender", RESIDENCE: "silence_residence", DISABILITY: "silence_disability"}


def classes_in(dimension: str, group: str) -> tuple[str, ...]:
    """The classes that make a group of one dimension. Raises KeyError for a word that is no group of it."""
    made = {
        FOCUS[dimension]: (FOCUS[dimension],),
        OTHERS[dimension]: DETAILS[dimension] or (OTHERS[dimension],),
        NOT_STATED: SILENT[dimension],
        **{detail: (detail,) for detail in DETAILS[dimension]},
    }
    return made[group]


def merged(dimension: str, answer: str) -> str:
    """The class without the reason of a silence: figures other than those about silence need no more."""
    return NOT_STATED if answer in SILENT[dimension] else answer


def merged_classes(dimension: str) -> tuple[str, ...]:
    return (FOCUS[dimension], *(DETAILS[dimension] or (OTHERS[dimension],)), NOT_STATED)


def groups_with(dimension: str, answer: str) -> tuple[str, ...]:
    """The groups in which a merged class counts."""
    if answer in (FOCUS[dimension], NOT_STATED, OTHERS[dimension]):
        return (answer,)
    return (OTHERS[dimension], answer)


def groups_of(dimension: str) -> tuple[str, ...]:
    """What is told of one dimension: focus, others, silence, then the details."""
    return (FOCUS[dimension], OTHERS[dimension], NOT_STATED, *DETAILS[dimension])


def crossings() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Dimension and group of each crossed figure, with the crossed dimensions joined by "+"."""
    for pair in combinations(IDENTITIES, 2):
        for words in product(*((FOCUS[each], OTHERS[each]) for each in pair)):
            yield "+".join(pair), words
    yield "+".join(IDENTITIES), tuple(FOCUS[each] for each in IDENTITIES)
    yield "+".join(IDENTITIES), (STATED,)


def is_detail(dimension: str, group: str) -> bool:
    return group in DETAILS.get(dimension, ())
