"""A stored choice can be made again by anybody, and a changed record is found out."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.selection.rules.choosing import Candidate, Terms, break_ties_by_targets, choose
from apps.selection.rules.records import Unreadable, dump, holds, load, replay
from tests.selection.cohort_cases import EXAMPLE, SIX_SEATS, cases, ranked

Case = tuple[list[Candidate], Terms]


@settings(max_examples=100, deadline=None)
@given(cases(), st.sampled_from(["one_to_all", "one_to_one", "merit"]))
def test_what_was_stored_as_text_gives_the_same_choice_again(case: Case, method: str) -> None:
    people, terms = case
    terms = replace(terms, method=method)
    choice = choose(people, terms)

    record = json.loads(json.dumps(dump(people, terms, choice)))

    assert load(record) == (tuple(sorted(people, key=lambda each: each.order)), terms, choice)
    assert replay(record) == choice
    assert holds(record)


def test_how_the_choice_was_made_is_part_of_the_record() -> None:
    people = ranked(EXAMPLE)
    choice = break_ties_by_targets(people, SIX_SEATS)

    record = dump(people, SIX_SEATS, choice, way="break_ties_by_targets")

    assert replay(record) == choice
    assert choice != choose(people, SIX_SEATS)


def test_equal_content_is_equal_text_in_whatever_order_it_came() -> None:
    people = ranked(EXAMPLE)
    turned = replace(SIX_SEATS, targets=dict(reversed(SIX_SEATS.targets.items())))
    choice = choose(people, SIX_SEATS)

    assert json.dumps(dump(people[::-1], turned, choice)) == json.dumps(dump(people, SIX_SEATS, choice))


def test_a_choice_that_the_rule_does_not_give_does_not_hold() -> None:
    people = ranked(EXAMPLE)
    other = choose(people, replace(SIX_SEATS, method="merit"))

    assert not holds(dump(people, SIX_SEATS, other))


@pytest.mark.parametrize(
    "change", [{"version": 2}, {"way": "by_name"}, {"digest": "0" * 64}, {"candidates": []}, {"digest": None}]
)
def test_a_changed_record_is_not_read(change: dict) -> None:
    people = ranked(EXAMPLE)
    record = dump(people, SIX_SEATS, choose(people, SIX_SEATS))

    with pytest.raises(Unreadable):
        load(record | change)
