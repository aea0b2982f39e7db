"""How far a group comes from stage to stage, compared with everyone: rates of going on, from rounded counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.inclusion.rules.shares import LEAST_DENOMINATOR, whole_percent, wilson


@dataclass(frozen=True, slots=True)
class Step:
    """From one stage to the next: `count` of `before` people. None: hidden, or told nowhere.

    `everyone` is the rate of all people at the same step.
    """

    start: str
    stage: str
    before: int | None
    count: int | None
    everyone: float | None = None

    @property
    def rate(self) -> float | None:
        """None as well where fewer people started than a share is told of.

        Both counts are rounded, so the later may seem larger by one rounding: nobody goes on twice.
        """
        if self.before is None or self.count is None or self.before < LEAST_DENOMINATOR:
            return None
        return min(self.count, self.before) / self.before

    @property
    def percent(self) -> int | None:
        if self.rate is None or self.before is None or self.count is None:
            return None
        return whole_percent(min(self.count, self.before), self.before)

    @property
    def interval(self) -> tuple[float, float] | None:
        if self.rate is None or self.before is None or self.count is None:
            return None
        return wilson(min(self.count, self.before), self.before)

    @property
    def gap(self) -> float | None:
        """How much more (or less) often the group goes on than everyone."""
        return None if self.rate is None or self.everyone is None else self.rate - self.everyone

    @property
    def may_be_chance(self) -> bool:
        """Whether the rate of everyone lies within what chance alone makes of the group's."""
        ends = self.interval
        return bool(ends and self.everyone is not None and ends[0] <= self.everyone <= ends[1])


def steps_of(
    stages: Sequence[str], counts: Sequence[int | None], everyone: Sequence[int | None] | None = None
) -> tuple[Step, ...]:
    """The steps between stages; `counts` has one figure for each stage, as `everyone` has."""
    rates = [step.rate for step in steps_of(stages, everyone)] if everyone is not None else []
    pairs = zip(stages, stages[1:], counts, counts[1:], strict=False)
    return tuple(
        Step(start, stage, before, count, rates[number] if rates else None)
        for number, (start, stage, before, count) in enumerate(pairs)
    )


def largest_loss(steps: Sequence[Step]) -> Step | None:
    """Where a group falls behind everyone most; None where it falls behind nowhere, or nothing is told.

    A step that chance does not explain comes before a larger one that it does.
    """
    behind = [step for step in steps if step.gap is not None and step.gap < 0]
    return min(behind, key=lambda step: (step.may_be_chance, step.gap or 0), default=None)


def is_told(steps: Sequence[Step]) -> bool:
    """Whether any step can be compared."""
    return any(step.gap is not None for step in steps)
