"""A rule is one value: written and read back the same, whatever it says, and old ones too."""

from decimal import Decimal
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from apps.selection.rules.fingerprint import fingerprint
from apps.selection.rules.rule import Rule, RuleCriterion, differences, seats_wanted

COUNT = st.integers(0, 100_000)
CRITERIA = st.builds(
    RuleCriterion,
    title=st.dictionaries(st.sampled_from(["en", "th", "lo"]), st.text(max_size=20), min_size=1),
    weight=st.decimals("0.01", 100, places=2),
    highest=st.integers(1, 10),
    independent=st.booleans(),
)
RULES = st.builds(
    Rule,
    floor=st.decimals(0, 100, places=3),
    seats=COUNT,
    waitlist_size=COUNT,
    scores=st.sampled_from(["raw", "adjusted"]),
    method=st.sampled_from(["one_to_all", "one_to_one"]),
    tie_break=st.sampled_from(["lottery", "sent_first"]),
    waitlist_rule=st.sampled_from(["in_order", "same_lane_first"]),
    budget=st.none() | COUNT,
    cost_each=COUNT,
    countries=st.dictionaries(st.sampled_from(["TH", "LA", "KH"]), st.tuples(COUNT, st.none() | COUNT)),
    mode=st.sampled_from(["off", "outreach_only", "tie_break", "reserve"]),
    targets=st.dictionaries(st.sampled_from(["women", "rural"]), COUNT),
    criteria=st.lists(CRITERIA, max_size=4).map(tuple),
    reviews_each=st.integers(0, 10),
)
#: As the first versions were kept.
OLD = {
    "floor": "40.000",
    "seats": 6,
    "waitlist_size": 4,
    "tie_break": "sent first",
    "criteria": [{"title": "Readiness", "weight": "50.00", "highest": 5}],
}


@given(RULES)
def test_what_is_written_reads_back_the_same(rule: Rule) -> None:
    again = Rule.from_data(rule.as_data())

    assert again == rule
    assert differences(rule, again) == []
    assert fingerprint(again.as_data()) == fingerprint(rule.as_data())


@given(RULES, RULES)
def test_equal_fingerprints_mean_equal_rules(one: Rule, other: Rule) -> None:
    assert (fingerprint(one.as_data()) == fingerprint(other.as_data())) == (differences(one, other) == [])


def test_a_rule_from_before_there_was_a_choice_is_read() -> None:
    rule = Rule.from_data(OLD)

    assert (rule.floor, rule.seats, rule.tie_break, rule.mode) == (40, 6, "sent_first", "outreach_only")
    assert rule.criteria == (RuleCriterion({"en": "Readiness"}, Decimal(50), 5),)


@given(st.decimals("0.1", 100, places=1), st.integers(0, 10_000))
def test_a_target_is_the_least_number_of_places_that_reaches_its_share(percent: Decimal, seats: int) -> None:
    wanted = seats_wanted(percent, seats)

    assert wanted == ceil(percent * seats / 100)
    assert 0 <= wanted <= seats
