"""What a reader with a computer can work out: the least and the most that every hidden figure may be.

The reader knows every told figure exactly and that no cell is negative. What a hidden figure may be is then
the range of a linear form over a polyhedron, found by two linear programs (the "intruder problem" or
"attacker's problem" of the literature: M. Fischetti and J.-J. Salazar-González, "Models and algorithms for
optimizing cell suppression in tabular data with linear constraints", JASA 95, 2000; A. Hundepool and others,
"Statistical Disclosure Control", Wiley 2012, chapter 4). Cells count as real numbers, which can only make
a range wider than whole numbers allow by less than one.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from apps.core.lazy import LazyModule
from apps.inclusion.rules.disclosure.blame import Blame
from apps.inclusion.rules.disclosure.claims import Claim, Range
from apps.inclusion.rules.disclosure.equations import Equations
from apps.inclusion.rules.disclosure.layout import Layout

if TYPE_CHECKING:
    from apps.inclusion.rules.disclosure import programs, witnesses
    from apps.inclusion.rules.disclosure.programs import Answer, Program
else:
    programs = LazyModule("apps.inclusion.rules.disclosure.programs")
    witnesses = LazyModule("apps.inclusion.rules.disclosure.witnesses")

INFINITE = float("inf")
#: Claims, and the least and the most that was seen of each.
Claims = Mapping[Claim, tuple[float, float]]
NOTHING: Mapping[int, Range] = MappingProxyType({})


class Attack:
    """A reader who is told the figures at the places `told`. Raises Contradiction when no numbers fit them."""

    def __init__(self, layout: Layout, told: Set[int]) -> None:
        self.layout = layout
        self.equations = Equations(layout, told)
        self.open_cells = sum(1 << cell for piece in self.equations.pieces for cell in piece.cells)

    @cached_property
    def program(self) -> "Program":
        return programs.Program(self.equations)

    def ranges(self, places: Iterable[int]) -> dict[int, Range]:
        """The exact range of each of these figures, which are not told."""
        return {place: self._range(place) for place in places}

    def unproven(self, places: Iterable[int], seen: Mapping[int, Range] = NOTHING) -> dict[int, Range]:
        """Which of these figures are not known to have a wide range, after a quick look, and between what each was
        seen: to begin with as it is, or as it was `seen` when more was told.
        """
        begin = {place: seen.get(place) or self._as_it_is(place) for place in places}
        return self._left(begin, witnesses.look_around)

    def narrow(self, seen: Mapping[int, Range]) -> set[int]:
        """Which of the figures that were `seen` have too narrow a range."""
        return set(self._left(seen, witnesses.ask_each))

    def holding(self, places: Iterable[int]) -> dict[int, set[int]]:
        """Of each of these figures the told ones that hold its range: hiding any others widens nothing."""
        blame = Blame(self.equations)
        return {place: self._holding(blame, place) for place in places}

    def _left(
        self, seen: Mapping[int, Range], look: Callable[["Program", Claims], Claims]
    ) -> dict[int, Range]:
        """What this way of looking does not prove."""
        limited = {place: self._claim(place) for place in seen if not self._is_free(place)}
        claims = self._claims(limited, seen)
        found = look(self.program, claims) if claims else {}
        return {
            place: self._seen(place, found.get(claim, (0, 0)))
            for place, claim in limited.items()
            if claim in found or (not claim.cells and claim.width > 0)
        }

    def _claims(self, limited: Mapping[int, Claim], seen: Mapping[int, Range]) -> Claims:
        """Of figures with the same open cells one claim, and all that was seen of them."""
        begin: dict[Claim, tuple[float, float]] = {}
        for place, claim in limited.items():
            if claim.cells:
                fixed, was = self._fixed(place), seen[place]
                low, high = begin.get(claim, (INFINITE, -INFINITE))
                begin[claim] = min(low, was.low - fixed), max(high, was.high - fixed)
        return {claim: begin[claim] for claim in sorted(begin, key=lambda each: (each.cells, each.width))}

    def _claim(self, place: int) -> Claim:
        return Claim(self.equations.left[place] & self.open_cells, self._width(place))

    def _as_it_is(self, place: int) -> Range:
        value = self.layout.figures[place].value
        return Range(value, value)

    def _seen(self, place: int, found: tuple[float, float]) -> Range:
        return Range(*(self._fixed(place) + end for end in found))

    def _fixed(self, place: int) -> int:
        return self.equations.constant(place) + self.equations.fixed_in(place)

    def _width(self, place: int) -> int:
        return self.layout.figures[place].threshold - 1

    def _is_free(self, place: int) -> bool:
        """Whether no told figure has one of its cells, so that nothing limits it."""
        return bool(self.equations.left[place] & self.equations.free)

    def _answer(self, place: int, sign: int) -> "Answer | None":
        """The most (`sign` 1) or the least (−1) of a figure's open cells; None where it has none."""
        cells = self.equations.left[place] & self.open_cells
        return self.program.most(sign * self.program.weights_of(cells)) if cells else None

    def _range(self, place: int) -> Range:
        low, high = (
            self._fixed(place) + (sign * answer.value if (answer := self._answer(place, sign)) else 0)
            if sign < 0 or not self._is_free(place)
            else INFINITE
            for sign in (-1, 1)
        )
        return Range(low, high)

    def _holding(self, blame: Blame, place: int) -> set[int]:
        holding: set[int] = set()
        for sign in (-1, 1):
            answer = self._answer(place, sign)
            duals = answer.duals.tolist() if answer else []
            holding |= blame.holding(place, sign, dict(zip(self.program.rows, duals, strict=False)))
        return holding
