"""Random cases for the choice of a cohort, and the answer found by trying every list of people."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from hypothesis import strategies as st

from apps.selection.rules.choosing import Candidate, Terms

GROUPS = ("women", "rural", "disability")
COUNTRIES = ("", "KH", "LA")
#: Few different merits, so that many are equal; zero, so that filling a seat gains nothing.
MERITS = st.sampled_from([0, 10_000, 50_000, 50_001, 70_000, 70_000, 99_999, 100_000])

#: Traits reconstructed so that both published results follow; the example gives names and results only.
EXAMPLE = {"D": {"women"}, "F": {"women"}, "G": {"women", "rural"}, "I": {"disability"}}
SIX_SEATS = Terms(seats=6, floor=0, targets={"women": 2, "rural": 1, "disability": 1})


def ranked(traits: dict[str, set[str]], names: str = "ABCDEFGHIJ") -> list[Candidate]:
    """A has most merit; each next one a point less."""
    return [
        Candidate(ord(name), 90_000 - 1000 * place, place, frozenset(traits.get(name, ())))
        for place, name in enumerate(names, start=1)
    ]


def names(chosen: Sequence[int]) -> str:
    return "".join(map(chr, chosen))


@st.composite
def people(draw: st.DrawFn, most: int = 8) -> list[Candidate]:
    """In any order of the list; ranked by merit with a random tie-break."""
    traits = st.tuples(
        MERITS | st.integers(0, 100_000),
        st.frozensets(st.sampled_from(GROUPS)),
        st.sampled_from(COUNTRIES),
        st.sampled_from([0, 1, 2, 3, 700]),
    )
    rows = sorted(draw(st.lists(traits, max_size=most)), key=lambda row: -row[0])
    ids = draw(st.permutations(range(1, len(rows) + 1)))
    found = [
        Candidate(number, merit, place, groups, country, cost)
        for place, (number, (merit, groups, country, cost)) in enumerate(zip(ids, rows, strict=True), start=1)
    ]
    return draw(st.permutations(found))


@st.composite
def cases(draw: st.DrawFn, most: int = 8) -> tuple[list[Candidate], Terms]:
    """Targets may exceed the seats, the groups, or both; overrides are drawn from who can be chosen."""
    found = draw(people(most))
    seats, floor = draw(st.integers(0, 6)), draw(st.sampled_from([0, 0, 50_000]))
    budget = draw(st.none() | st.integers(0, 12) | st.just(1500))
    able = [each for each in found if each.merit >= floor]
    included = frozenset(each.id for each in able[: draw(st.sampled_from([0, 0, 0, 1, 2]))])
    costs = sum(each.cost for each in able if each.id in included)
    if len(included) > seats or (budget is not None and costs > budget):
        included = frozenset()
    out = draw(st.sampled_from([0, 0, 0, 1]))
    excluded = frozenset(each.id for each in found[len(found) - out :]) - included
    terms = Terms(
        seats=seats,
        floor=floor,
        targets=draw(st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 4))),
        minima=draw(st.dictionaries(st.sampled_from(COUNTRIES[1:]), st.integers(0, 3))),
        budget=budget,
        method=draw(st.sampled_from(["one_to_all", "one_to_one"])),
        included=included,
        excluded=excluded,
    )
    return found, terms


def best_list(candidates: Sequence[Candidate], terms: Terms) -> tuple[tuple[int, ...], int, int]:
    """The chosen, total shortfall and total merit, by comparing every list that is allowed."""
    ranked = sorted(candidates, key=lambda each: each.order)

    def value(chosen: Sequence[Candidate]) -> tuple[int, int, tuple[bool, ...]]:
        merit = sum(each.merit for each in chosen)
        return -lacking(chosen, terms), merit, tuple(each in chosen for each in ranked)

    best = max(allowed(ranked, terms), key=value)
    return tuple(each.id for each in best), lacking(best, terms), sum(each.merit for each in best)


def allowed(ranked: Sequence[Candidate], terms: Terms) -> Iterator[tuple[Candidate, ...]]:
    able = [each for each in ranked if each.merit >= terms.floor and each.id not in terms.excluded]
    for size in range(min(terms.seats, len(able)) + 1):
        for chosen in combinations(able, size):
            affordable = terms.budget is None or sum(each.cost for each in chosen) <= terms.budget
            if affordable and terms.included <= {each.id for each in chosen}:
                yield chosen


def lacking(chosen: Sequence[Candidate], terms: Terms) -> int:
    """One-to-one by the theorem of Hall and Ore: the targets that lack most, taken together, say how many."""
    targets = terms.targets
    places = sum(
        max(0, n - sum(each.country == country for each in chosen)) for country, n in terms.minima.items()
    )
    if terms.method == "one_to_all":
        return places + sum(
            max(0, n - sum(group in each.groups for each in chosen)) for group, n in targets.items()
        )
    return places + max(
        sum(targets[group] for group in some) - sum(bool(each.groups & set(some)) for each in chosen)
        for size in range(len(targets) + 1)
        for some in combinations(targets, size)
    )


def dominates(one: Candidate, other: Candidate, terms: Terms) -> bool:
    """Better placed, and nothing the rule looks at speaks for the other."""
    wanted = {group for group, n in terms.targets.items() if n}
    return (
        one.order < other.order
        and one.groups >= other.groups & wanted
        and (one.country == other.country or not terms.minima.get(other.country))
        and (terms.budget is None or one.cost <= other.cost)
    )
