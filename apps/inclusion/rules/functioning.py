"""Washington Group Short Set on Functioning: from six answers to yes, no or unknown.

Source: Washington Group on Disability Statistics, Short Set (WG-SS), questions for people aged 5 and
over; identifiers SS1 to SS4. SS3 is the recommended cut-off and the only one we report.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

#: The six domains in the order in which they must be asked.
DOMAINS = ("VIS_SS", "HEAR_SS", "MOB_SS", "COG_SS", "SC_SS", "COM_SS")
NO_DIFFICULTY, SOME, A_LOT, CANNOT, REFUSED, DONT_KNOW = 1, 2, 3, 4, 7, 9
ANSWERED = frozenset({NO_DIFFICULTY, SOME, A_LOT, CANNOT})
CODES = ANSWERED | {REFUSED, DONT_KNOW}
#: The wording of the six questions that is in use, and its name for people under 18: their answers are
#: kept under a name of their own and never compared with adults.
INSTRUMENT, TEEN, VERSION = "wg-ss", "wg-ss-teen", "2022"


class CutOff(StrEnum):
    SS1 = "SS1"  # at least some difficulty in one domain
    SS2 = "SS2"  # some difficulty in two domains, or a lot in one
    SS3 = "SS3"  # a lot of difficulty in one domain: recommended for international reporting
    SS4 = "SS4"  # cannot do at all in one domain


class Status(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def difficulty(answers: Sequence[int | None], cut_off: CutOff = CutOff.SS3) -> Status:
    """Whether six answers meet the cut-off; refused, don't know and blank are missing for their domain.

    Yes as soon as the given answers meet it, whatever is missing. No only when all six are given:
    otherwise a missing answer could still have met it.
    """
    if len(answers) != len(DOMAINS):
        raise ValueError("the short set has six answers")
    given = [answer for answer in answers if answer in ANSWERED]
    if _meets(given, cut_off):
        return Status.YES
    return Status.NO if len(given) == len(DOMAINS) else Status.UNKNOWN


def difficulty_as_published(answers: Sequence[int | None], cut_off: CutOff = CutOff.SS3) -> Status:
    """The Group's own syntax, kept as a check on ours: no as soon as one domain is answered."""
    given = [answer for answer in answers if answer in ANSWERED]
    if not given:
        return Status.UNKNOWN
    return Status.YES if _meets(given, cut_off) else Status.NO


def all_refused(answers: Sequence[int | None]) -> bool:
    """Every answer that was given is "prefer not to say": a choice, not a gap."""
    return REFUSED in answers and all(answer in (REFUSED, None) for answer in answers)


def _meets(given: Iterable[int | None], cut_off: CutOff) -> bool:
    marks = [answer for answer in given if answer is not None]
    some = sum(mark == SOME for mark in marks)
    a_lot = any(mark >= A_LOT for mark in marks)
    return {
        CutOff.SS1: a_lot or some >= 1,
        CutOff.SS2: a_lot or some >= 2,
        CutOff.SS3: a_lot,
        CutOff.SS4: CANNOT in marks,
    }[cut_off]
