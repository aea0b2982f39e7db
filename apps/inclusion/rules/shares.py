"""A share with its denominator and its response rate, so that nobody reads it as more than it is."""

from dataclasses import dataclass
from math import floor, sqrt

#: 97.5 % quantile of the standard normal: a two-sided 95 % interval.
Z_95 = 1.959963984540054
#: Above the first, a share carries a warning; above the second it is not shown.
MANY_NOT_STATED, TOO_MANY_NOT_STATED = 0.20, 0.40
#: A share of fewer people says nothing.
LEAST_DENOMINATOR = 20


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `answered` people who gave an answer, out of `everyone` who was asked."""

    count: int
    answered: int
    everyone: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.answered <= self.everyone:
            raise ValueError("a share counts some of those who answered, who are some of everyone")

    @property
    def value(self) -> float | None:
        return self.count / self.answered if self.answered else None

    @property
    def percent(self) -> int | None:
        """The whole percent every page, file and answer tells; halves go up."""
        return whole_percent(self.count, self.answered)

    @property
    def response_rate(self) -> float | None:
        return self.answered / self.everyone if self.everyone else None

    @property
    def response_percent(self) -> int | None:
        return whole_percent(self.answered, self.everyone)

    @property
    def not_stated(self) -> int:
        return self.everyone - self.answered

    @property
    def is_shown(self) -> bool:
        """Enough people, and enough of them answered."""
        rate = self.response_rate
        return rate is not None and self.answered >= LEAST_DENOMINATOR and 1 - rate <= TOO_MANY_NOT_STATED

    @property
    def needs_a_warning(self) -> bool:
        rate = self.response_rate
        return rate is not None and 1 - rate > MANY_NOT_STATED

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.count, self.answered) if self.answered else None

    @property
    def interval_percent(self) -> tuple[int, int] | None:
        found = self.interval
        return (nearest(100 * found[0]), nearest(100 * found[1])) if found else None


def nearest(number: float) -> int:
    """The nearest whole number; halves go up, as in whole_percent."""
    return floor(number + 0.5)


def whole_percent(count: int, total: int) -> int | None:
    """In whole numbers, so that no file rounds a half the other way than a page."""
    return (200 * count + total) // (2 * total) if total else None


def wilson(count: int, total: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval for a proportion (E. B. Wilson, JASA 22, 1927). `total` is positive.

    Unlike the textbook interval it stays within 0 and 1 and works for small and extreme shares.
    """
    share, weight = count / total, z * z / total
    middle = (share + weight / 2) / (1 + weight)
    half = z * sqrt(share * (1 - share) / total + weight / (4 * total)) / (1 + weight)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return (0.0 if count == 0 else low), (1.0 if count == total else high)
