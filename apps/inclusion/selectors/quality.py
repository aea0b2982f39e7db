"""How good the answers behind the figures are: who answered, why others did not, and what contradicts."""

from dataclasses import dataclass

from apps.inclusion.enums import Stage
from apps.inclusion.rules.groups import DISABILITY, GENDER, RESIDENCE, SILENCE, SILENT
from apps.inclusion.rules.shares import Share, whole_percent
from apps.inclusion.selectors.sheets import Sheet

CUT_OFFS = ("ss1", "ss2", "ss3", "ss4")


@dataclass(frozen=True, slots=True)
class Silence:
    """Of one question: who answered, and those who did not by reason; None where hidden."""

    dimension: str
    share: Share | None
    reasons: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Quality:
    """At one stage. `people` are different persons; `taking_part` counts one person once for each intake.

    What only the whole tells (asked, conflicts, cut-offs, persons) is None elsewhere, like hidden figures.
    """

    taking_part: int | None
    people: int | None
    asked: int | None
    answered: int | None
    conflicts: int | None
    agreements: int | None
    cut_offs: dict[str, int | None]
    silences: tuple[Silence, ...]

    @property
    def response_percent(self) -> int | None:
        """Answered ÷ asked. Both are rounded, so the part may seem larger than the whole by one rounding."""
        if not self.asked or self.answered is None:
            return None
        return whole_percent(min(self.answered, self.asked), self.asked)


def quality_of(sheet: Sheet, stage: str = Stage.ENROLLED) -> Quality:
    return Quality(
        taking_part=sheet.count(stage),
        people=sheet.count(stage, "people"),
        asked=sheet.count(stage, "asked", "yes"),
        answered=sheet.count(stage, "answered", "yes"),
        conflicts=sheet.count(stage, "residence_conflict", "yes"),
        agreements=sheet.count(stage, "residence_conflict", "no"),
        cut_offs={each: sheet.count(stage, "sensitivity", each) for each in CUT_OFFS},
        silences=tuple(_silence(sheet, stage, each) for each in (GENDER, RESIDENCE, DISABILITY)),
    )


def _silence(sheet: Sheet, stage: str, dimension: str) -> Silence:
    reasons = {reason: sheet.count(stage, SILENCE[dimension], reason) for reason in SILENT[dimension]}
    return Silence(dimension, sheet.share(stage, dimension), reasons)
