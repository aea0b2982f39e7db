"""Ties are settled by what was fixed beforehand, and anybody can compute it again."""

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.selection.rules import lottery
from apps.selection.rules.lottery import Entry, commit, order, ticket

SEED = bytes(range(32))
PUBLIC_ID = "11111111-1111-4111-8111-111111111111"
COMMITMENT = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
TICKET = "d8468dd439cd9375aecc883b7bd4d75406e45218993a8fd742a2bc868a8fe737"

entries = st.lists(
    st.builds(
        Entry,
        id=st.integers(1, 99),
        public_id=st.uuids().map(str),
        merit=st.integers(0, 3),
        sent_at=st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"]),
    ),
    unique_by=lambda each: each.id,
    max_size=12,
)


def test_the_published_example_holds_and_is_published() -> None:
    assert (commit(SEED), ticket(SEED, PUBLIC_ID)) == (COMMITMENT, TICKET)
    assert ticket(SEED, PUBLIC_ID) == hashlib.sha256(SEED + b"|" + PUBLIC_ID.encode()).hexdigest()
    assert all(text in (lottery.__doc__ or "") for text in (COMMITMENT, TICKET, PUBLIC_ID))


@given(entries, st.binary(min_size=16, max_size=32), st.randoms(use_true_random=False))
def test_merit_comes_first_and_the_lower_ticket_wins(
    people: list[Entry], seed: bytes, chance: random.Random
) -> None:
    found = order(people, rule="lottery", seed=seed)
    chance.shuffle(people)

    assert order(people, rule="lottery", seed=seed) == found
    keys = [(-each.merit, ticket(seed, each.public_id), each.id) for each in found]
    assert keys == sorted(keys)
    assert set(found) == set(people)


def test_where_the_rule_says_so_the_one_sent_first_stands_first() -> None:
    late, early = Entry(1, "a", 5, "2026-01-02"), Entry(2, "b", 5, "2026-01-01")
    better, same_time = Entry(4, "c", 6, "2026-01-03"), Entry(3, "d", 5, "2026-01-01")

    assert order([late, same_time, early, better], rule="sent_first") == [better, early, same_time, late]


def test_over_many_seeds_everybody_wins_as_often() -> None:
    people = [Entry(number, f"application-{number}", 5) for number in range(4)]

    wins = [order(people, rule="lottery", seed=b"%016d" % number)[0].id for number in range(2000)]

    assert all(400 < wins.count(number) < 600 for number in range(4))


def test_a_seed_that_could_be_guessed_and_an_unknown_rule_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 16"):
        commit(b"short")
    with pytest.raises(ValueError, match="at least 16"):
        order([], rule="lottery")
    with pytest.raises(ValueError, match="no rule"):
        order([], rule="by_name")
