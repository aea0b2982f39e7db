"""The ranking is an order of merit with a stated tie-break, whatever order it is asked in."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from apps.selection.rules.ranking import Candidate, fingerprint, rank

scores = st.none() | st.decimals(0, 100, places=3)
candidates = st.lists(
    st.builds(
        Candidate, id=st.integers(1, 99), score=scores, reviews=st.just(2), sent_at=st.sampled_from("ab")
    ),
    unique_by=lambda each: each.id,
    max_size=20,
)


@given(candidates, st.decimals(0, 100, places=1), st.integers(0, 10), st.integers(0, 5), st.randoms())
def test_merit_orders_and_the_floor_holds(
    people: list, floor: Decimal, seats: int, waiting: int, order: object
) -> None:
    places = rank(people, floor=floor, seats=seats, waitlist=waiting)
    order.shuffle(people)

    assert rank(people, floor=floor, seats=seats, waitlist=waiting) == places
    offered = [place for place in places if place.suggestion == "offer"]
    assert len(offered) <= seats
    assert all(place.candidate.score >= floor for place in offered)
    scored = [place.candidate.score for place in places if place.candidate.score is not None]
    assert scored == sorted(scored, reverse=True)
    assert all(place.suggestion == "" for place in places if place.candidate.score is None)


def test_of_equal_scores_the_one_sent_first_stands_first() -> None:
    late, early = (Candidate(1, Decimal(50), 2, "2026-02"), Candidate(2, Decimal(50), 2, "2026-01"))

    assert [place.candidate for place in rank([late, early], floor=Decimal(0), seats=1, waitlist=0)] == [
        early,
        late,
    ]


def test_the_fingerprint_depends_on_content_not_on_spelling() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})
