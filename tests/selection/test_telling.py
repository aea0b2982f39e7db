"""What a choice says of each person: suggestion, lanes, and what other than merit moved them."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from apps.selection.rules.choosing import choose
from apps.selection.rules.telling import NOT_SELECTED, OFFER, WAITLIST, Moved, Told, tell
from apps.selection.rules.terms import MERIT, ONE_TO_ONE, Candidate, Terms


def ranked(*merits: int, groups: Mapping[int, set[str]] | None = None) -> list[Candidate]:
    """People 1, 2, 3, ... in this order, which is that of their merit."""
    of = groups or {}
    return [
        Candidate(id=number, merit=merit, order=number, groups=frozenset(of.get(number, ())))
        for number, merit in enumerate(merits, start=1)
    ]


def told_by(people: list[Candidate], terms: Terms, waitlist_size: int = 0) -> Mapping[int, Told]:
    plain = choose(people, Terms(terms.seats, terms.floor, method=MERIT, excluded=terms.excluded))
    return tell(people, terms, choose(people, terms), plain, waitlist_size=waitlist_size)


def test_seats_then_waitlist_then_nobody_else_and_nobody_below_the_floor() -> None:
    told = told_by(ranked(90_000, 80_000, 70_000, 60_000, 40_000), Terms(1, 50_000), waitlist_size=2)

    assert [told[pk].suggestion for pk in range(1, 6)] == [
        OFFER,
        WAITLIST,
        WAITLIST,
        NOT_SELECTED,
        NOT_SELECTED,
    ]
    assert [told[pk].is_above_floor for pk in (4, 5)] == [True, False]


def test_a_target_is_named_on_both_sides_of_the_line() -> None:
    people = ranked(90_000, 80_000, 70_000, groups={3: {"women"}})

    told = told_by(people, Terms(2, 0, targets={"women": 1}))

    assert [told[pk].moved for pk in (1, 2, 3)] == [Moved.NOTHING, Moved.TARGET_OUT, Moved.TARGET_IN]
    assert told[3].lanes == ("women",)


def test_only_who_is_level_at_the_line_owes_it_to_the_tie_break() -> None:
    told = told_by(ranked(90_000, 80_000, 80_000, 70_000), Terms(2, 0))

    assert [told[pk].moved for pk in (1, 2, 3, 4)] == [
        Moved.NOTHING,
        Moved.TIE_IN,
        Moved.TIE_OUT,
        Moved.NOTHING,
    ]


def test_equal_scores_that_all_have_a_seat_owe_nothing_to_a_tie() -> None:
    told = told_by(ranked(80_000, 80_000, 70_000), Terms(2, 0))

    assert {told[pk].moved for pk in (1, 2, 3)} == {Moved.NOTHING}


def test_who_was_put_in_or_out_by_a_person_is_told_so() -> None:
    told = told_by(ranked(90_000, 80_000), Terms(1, 0, excluded=frozenset({1})), waitlist_size=5)

    assert told[1].moved == Moved.OVERRIDE
    assert told[1].suggestion == NOT_SELECTED
    assert told[2].suggestion == OFFER


def test_one_to_one_counts_a_chosen_person_in_one_lane_and_a_waiting_one_in_any() -> None:
    both = {"women", "rural"}
    people = ranked(90_000, 80_000, 70_000, groups={1: both, 2: both, 3: both})
    terms = Terms(2, 0, targets={"women": 1, "rural": 1}, method=ONE_TO_ONE)

    told = told_by(people, terms, waitlist_size=1)

    assert sorted(told[1].lanes + told[2].lanes) == ["rural", "women"]
    assert told[3].lanes == ("rural", "women")


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=12),
    st.integers(0, 6),
    st.integers(0, 4),
    st.sets(st.integers(1, 12), max_size=4),
)
def test_everybody_is_told_one_thing_and_the_counts_fit(
    merits: list[int], seats: int, waiting: int, women: set[int]
) -> None:
    people = ranked(*sorted(merits, reverse=True), groups={pk: {"women"} for pk in women})
    terms = Terms(seats, 2, targets={"women": 2})

    told = told_by(people, terms, waitlist_size=waiting)

    able = sum(each.merit >= 2 for each in people)
    suggestions = [told[each.id].suggestion for each in people]
    assert suggestions.count(OFFER) == min(seats, able)
    assert suggestions.count(WAITLIST) == min(waiting, able - min(seats, able))
    assert all(told[each.id].suggestion == NOT_SELECTED for each in people if each.merit < 2)
