"""Going on from stage to stage, what changed, and the families of browsers: pure rules."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.inclusion.rules.browsers import family_of
from apps.inclusion.rules.changes import changes_between
from apps.inclusion.rules.paths import Step, is_told, largest_loss, steps_of
from apps.inclusion.rules.shares import LEAST_DENOMINATOR, wilson

STAGES = ("applied", "offered", "enrolled", "completed")
COUNTS = st.lists(st.none() | st.integers(0, 5000).map(lambda n: 5 * n), min_size=4, max_size=4)


@given(counts=COUNTS, everyone=COUNTS)
def test_a_rate_is_a_part_and_lies_in_its_interval(counts: list, everyone: list) -> None:
    for step in steps_of(STAGES, counts, everyone):
        if step.rate is None:
            assert step.gap is None
            assert step.interval is None
            continue
        low, high = step.interval or (2, -1)
        assert 0 <= low <= step.rate <= high <= 1
        assert step.before is not None
        assert step.before >= LEAST_DENOMINATOR


@given(counts=COUNTS, everyone=COUNTS)
def test_the_largest_loss_is_behind_everyone_and_no_step_clearer(counts: list, everyone: list) -> None:
    steps = steps_of(STAGES, counts, everyone)
    loss = largest_loss(steps)

    behind = [step for step in steps if step.gap is not None and step.gap < 0]
    assert (loss is None) == (not behind)
    if loss is not None:
        assert loss in behind
        same = [step for step in behind if step.may_be_chance == loss.may_be_chance]
        assert loss.gap == min(step.gap for step in same if step.gap is not None)
        assert not loss.may_be_chance or all(step.may_be_chance for step in behind)
        assert is_told(steps)


def test_a_group_is_compared_with_everyone_at_the_same_step() -> None:
    steps = steps_of(STAGES, [60, 20, 15, None], [1500, 800, 600, 400])

    assert [(step.start, step.stage) for step in steps] == list(pairwise(STAGES))
    assert steps[0].gap == pytest.approx(20 / 60 - 800 / 1500)
    assert steps[0].interval == wilson(20, 60)
    assert not steps[0].may_be_chance
    assert (steps[1].rate, steps[2].rate) == (15 / 20, None)
    assert largest_loss(steps) == steps[0]


def test_rounding_never_lets_more_people_go_on_than_there_were() -> None:
    assert Step("applied", "offered", 20, 25).rate == 1


def test_changes_tell_old_and_new_and_leave_out_what_stayed() -> None:
    before = {("applied", "", ""): 100, ("applied", "gender", "woman"): None, ("applied", "age", "x"): 10}
    now = {("applied", "", ""): 120, ("applied", "gender", "woman"): None, ("enrolled", "", ""): None}

    found = changes_between(before, now, {"applied": 0, "enrolled": 1})

    told = [
        (each.stage, each.dimension, each.before, each.now, each.was_absent, each.is_absent) for each in found
    ]
    assert told == [
        ("applied", "", 100, 120, False, False),
        ("applied", "age", 10, None, False, True),
        ("enrolled", "", None, None, True, False),
    ]


PLACES = st.dictionaries(
    st.tuples(st.sampled_from(STAGES), st.sampled_from(["", "gender"]), st.sampled_from(["", "woman"])),
    st.none() | st.integers(0, 50),
)


@given(before=PLACES, now=PLACES)
def test_changes_lead_from_one_release_to_the_next(before: dict, now: dict) -> None:
    again = dict(before)
    for each in changes_between(before, now, {}):
        place = (each.stage, each.dimension, each.group)
        if each.is_absent:
            del again[place]
        else:
            again[place] = each.now

    assert again == now
    assert changes_between(now, now, {}) == []


MOZILLA = "Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605 (KHTML, like Gecko) FxiOS/140.0 Mobile Safari/605", "firefox"),
        (f"{MOZILLA} Chrome/140.0 Safari/537.36", "chrome"),
        (f"{MOZILLA} Chrome/140.0 Safari/537.36 Edg/140.0", "edge"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605 (KHTML, like Gecko) Version/26.0 Safari/605", "safari"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1) Chrome/140.0", "other"),
        ("curl/8.0", "other"),
        ("", "other"),
    ],
)
def test_the_family_of_a_browser(agent: str, family: str) -> None:
    assert family_of(agent) == family
