"""What the targets changed, in the order a coordinator must defend it, and what it took to be chosen."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from apps.selection.rules.choosing import Candidate, Terms, choose
from apps.selection.rules.program import Traits
from apps.selection.rules.swaps import Swap, mean_cost, swaps, total_cost
from apps.selection.rules.thresholds import cut_offs, what_would_change, what_would_change_for_all
from tests.selection.cohort_cases import EXAMPLE, SIX_SEATS, cases, ranked

Case = tuple[list[Candidate], Terms]


def test_the_example_swaps_two_people() -> None:
    people = ranked(EXAMPLE)
    alone = choose(people, replace(SIX_SEATS, method="merit"))

    found = swaps(people, alone, choose(people, SIX_SEATS), SIX_SEATS)

    assert found == [
        Swap(ord("F"), ord("I"), 3000, ("disability",)),
        Swap(ord("E"), ord("G"), 2000, ("rural", "women")),
    ]
    assert (total_cost(found), mean_cost(found)) == (5000, 2500)


def test_one_to_one_names_the_target_the_seat_counts_for() -> None:
    people, terms = ranked(EXAMPLE), replace(SIX_SEATS, method="one_to_one")
    alone = choose(people, replace(terms, method="merit"))

    found = swaps(people, alone, choose(people, terms), terms)

    assert {chr(swap.in_id): swap.targets for swap in found} == {"G": ("rural",), "I": ("disability",)}


def test_a_minimum_of_a_country_is_named_and_a_full_target_is_not() -> None:
    people = [
        replace(each, country="KH") if chr(each.id) == "D" else each
        for each in ranked({"A": {"women"}, "D": {"women"}}, "ABCD")
    ]
    terms = Terms(2, 0, targets={"women": 1}, minima={"KH": 1})
    alone = choose(people, replace(terms, method="merit"))

    assert swaps(people, alone, choose(people, terms), terms) == [
        Swap(ord("B"), ord("D"), 2000, ("country:KH",))
    ]


def test_without_swaps_nothing_was_lost() -> None:
    assert (total_cost([]), mean_cost([])) == (0, 0)


@settings(max_examples=150, deadline=None)
@given(cases(most=15))
def test_swaps_lead_from_one_list_to_the_other_worst_first(case: Case) -> None:
    people, terms = case
    alone, choice = choose(people, replace(terms, method="merit")), choose(people, terms)

    found = swaps(people, alone, choice, terms)

    out, come = {swap.out_id for swap in found} - {None}, {swap.in_id for swap in found} - {None}
    assert (set(alone.chosen) - out) | come == set(choice.chosen)
    assert total_cost(found) == alone.merit - choice.merit
    assert all(one.cost >= other.cost for one, other in pairwise(found))
    if terms.budget is None:
        assert all(swap.cost >= 0 and None not in (swap.out_id, swap.in_id) for swap in found)


def test_the_cut_off_is_the_merit_of_the_last_with_the_same_traits() -> None:
    people = ranked(EXAMPLE)

    found = cut_offs(people, choose(people, SIX_SEATS), SIX_SEATS)

    assert found == {
        Traits((), "", 0): 87_000,
        Traits(("women",), "", 0): 86_000,
        Traits(("rural", "women"), "", 0): 83_000,
        Traits(("disability",), "", 0): 81_000,
    }


@settings(max_examples=150, deadline=None)
@given(cases(most=9), st.sampled_from(["one_to_all", "one_to_one", "merit"]), st.data())
def test_what_would_have_been_needed_is_exact(case: Case, method: str, data: st.DataObject) -> None:
    """Chosen with that merit behind all of equal merit, and not with less in front of all of equal merit."""
    people, terms = case
    terms = replace(terms, method=method)
    choice = choose(people, terms)
    outside = [each for each in people if each.id not in choice.chosen and each.id not in terms.excluded]
    assume(outside)
    person = data.draw(st.sampled_from(outside))

    needed = what_would_change(person, people, choice, terms)

    if needed is None:
        assert person.id not in choose(moved(people, person, 100_000, last=True), terms).chosen
    else:
        assert person.id in choose(moved(people, person, needed, last=True), terms).chosen
    below = (100_000 if needed is None else needed) - 2
    if below >= 0:
        assert person.id not in choose(moved(people, person, below, last=False), terms).chosen


def moved(people: list[Candidate], person: Candidate, merit: int, *, last: bool) -> list[Candidate]:
    """The ranking with another merit for one, who stands last or first among those with as much."""
    others = sorted((each for each in people if each != person), key=lambda each: each.order)
    place = sum(each.merit >= merit if last else each.merit > merit for each in others)
    others.insert(place, replace(person, merit=merit))
    return [replace(each, order=number) for number, each in enumerate(others, start=1)]


@settings(max_examples=100, deadline=None)
@given(cases(most=12))
def test_for_all_at_once_it_is_the_same_as_one_by_one(case: Case) -> None:
    people, terms = case
    choice = choose(people, terms)

    found = what_would_change_for_all(people, choice, terms)

    outside = [each for each in people if each.id not in choice.chosen]
    assert found == {each.id: what_would_change(each, people, choice, terms) for each in outside}


def test_nothing_is_said_about_who_is_chosen_or_while_the_choice_is_not_proven() -> None:
    people = ranked(EXAMPLE)
    choice = choose(people, SIX_SEATS)
    unsure = choose(people, SIX_SEATS, seconds=0)

    assert what_would_change(people[0], people, choice, SIX_SEATS) is None
    assert what_would_change(people[-1], people, unsure, SIX_SEATS) is None
    assert set(what_would_change_for_all(people, unsure, SIX_SEATS).values()) == {None}
