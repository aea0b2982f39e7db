"""What a reader with a computer can work out: the least and the most that every hidden figure may be.

The reader knows every told figure exactly and that no cell is negative. What a hidden figure may be is then
the range of a linear form over a polyhedron, found by two linear programs (the "intruder problem" or
"attacker's problem" of the literature: M. Fischetti and J.-J. Salazar-González, "Models and algorithms for
optimizing cell suppression in tabular data with linear constraints", JASA 95, 2000; A. Hundepool and others,
"Statistical Disclosure Control", Wiley 2012, chapter 4). Cells count as real numbers, which can only make
a range wider than whole numbers allow by less than one.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.core.lazy import LazyModule
from apps.inclusion.rules.disclosure.blame import Blame
from apps.inclusion.rules.disclosure.equations import Equations
from apps.inclusion.rules.disclosure.layout import Layout, bits

if TYPE_CHECKING:
    from apps.inclusion.rules.disclosure import programs, witnesses
    from apps.inclusion.rules.disclosure.programs import Program, Question
else:
    programs = LazyModule("apps.inclusion.rules.disclosure.programs")
    witnesses = LazyModule("apps.inclusion.rules.disclosure.witnesses")

#: What rounding may do to a number of people.
ROUNDING = 1e-6
INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Range:
    low: float
    high: float


class Attack:
    """A reader who is told the figures at the places `told`. Raises Contradiction when no numbers fit them."""

    def __init__(self, layout: Layout, told: Set[int]) -> None:
        self.layout = layout
        self.equations = Equations(layout, told)
        self.piece_of = {
            cell: number for number, piece in enumerate(self.equations.pieces) for cell in piece.cells
        }
        self.open_cells = sum(1 << cell for cell in self.piece_of)
        self.programs: dict[int, Program] = {}
        self.answers: dict[Question, float] = {}

    def ranges(self, places: Iterable[int]) -> dict[int, Range]:
        """The exact range of each of these figures, which are not told."""
        return {place: self._range(place) for place in places}

    def unproven(self, places: Iterable[int]) -> dict[int, Range]:
        """Which of these figures are not known to have a wide range, after a quick look, and the least that
        was seen of each.
        """
        doubtful = [place for place in places if not self._is_free(place)]
        open_cells = {place: self.equations.left[place] & self.open_cells for place in doubtful}
        claims = {
            place: witnesses.Claim(cells, self._width(place)) for place, cells in open_cells.items() if cells
        }
        listed = sorted(set(claims.values()), key=lambda claim: (claim.cells, claim.width))
        found = witnesses.unproven(self.equations, listed)
        return {
            place: self._seen(place, found[claims[place]] if place in claims else (0, 0))
            for place in doubtful
            if (claims[place] in found if place in claims else self._width(place) > 0)
        }

    def narrow(self, places: Iterable[int]) -> set[int]:
        """Which of these figures have too narrow a range."""
        return {
            place
            for place, found in self.ranges(places).items()
            if found.high - found.low < self._width(place) - ROUNDING
        }

    def holding(self, places: Iterable[int]) -> dict[int, set[int]]:
        """Of each of these figures the told ones that hold its range: hiding any others widens nothing."""
        blame = Blame(self.equations)
        return {place: self._holding(blame, place) for place in places}

    def _seen(self, place: int, found: tuple[float, float]) -> Range:
        return Range(*(self._fixed(place) + end for end in found))

    def _fixed(self, place: int) -> int:
        return self.equations.constant(place) + self.equations.fixed_in(place)

    def _width(self, place: int) -> int:
        return self.layout.figures[place].threshold - 1

    def _is_free(self, place: int) -> bool:
        """Whether no told figure has one of its cells, so that nothing limits it."""
        return bool(self.equations.left[place] & self.equations.free)

    def _questions(self, place: int, sign: int) -> list["Question"]:
        parts: dict[int, int] = {}
        for cell in bits(self.equations.left[place] & self.open_cells):
            piece = self.piece_of[cell]
            parts[piece] = parts.get(piece, 0) | 1 << cell
        return [programs.Question(piece, cells, sign) for piece, cells in parts.items()]

    def _answer(self, question: "Question") -> float:
        """What is linked with nothing can be asked piece by piece: least and most of a sum are sums."""
        if question not in self.answers:
            self.answers[question] = self._program(question.piece).ask(question)
        return self.answers[question]

    def _program(self, piece: int) -> "Program":
        if piece not in self.programs:
            self.programs[piece] = programs.Program(self.equations, self.equations.pieces[piece])
        return self.programs[piece]

    def _range(self, place: int) -> Range:
        fixed = self._fixed(place)
        low, high = (
            fixed + sum(self._answer(question) for question in self._questions(place, sign))
            if sign < 0 or not self._is_free(place)
            else INFINITE
            for sign in (-1, 1)
        )
        return Range(low, high)

    def _holding(self, blame: Blame, place: int) -> set[int]:
        holding: set[int] = set()
        for sign in (-1, 1):
            weights: dict[int, float] = {}
            for question in self._questions(place, sign):
                weights.update(self._program(question.piece).weights(question))
            holding |= blame.holding(place, sign, weights)
        return holding
