"""What a scenario keeps of a choice, and how two are compared."""

from apps.selection.rules.outcomes import RESERVE, TIE_BREAK, as_result, compare, work_out
from apps.selection.rules.terms import MERIT, Candidate, Terms

PEOPLE = (
    Candidate(1, 90_000, 1),
    Candidate(2, 80_000, 2, country="KH"),
    Candidate(3, 70_000, 3, frozenset({"women"})),
    Candidate(4, 60_000, 4, frozenset({"women", "rural"})),
    Candidate(5, 40_000, 5, frozenset({"rural"})),
)
TERMS = Terms(3, 50_000, targets={"women": 2}, minima={"KH": 1})


def result_of(terms: Terms, mode: str = RESERVE) -> dict:
    return as_result(PEOPLE, terms, work_out(PEOPLE, terms, mode=mode, waitlist_size=2))


def test_targets_are_met_with_the_least_loss_of_merit_and_each_swap_has_its_price() -> None:
    result = result_of(TERMS)

    assert result["chosen"] == [2, 3, 4]
    assert result["plain"] == [1, 2, 3]
    assert result["waiting"] == [1]
    assert result["swaps"] == [{"out": 1, "in": 4, "cost": 30_000, "for": ["women"]}]
    assert {each["key"]: (each["have"], each["need"], each["plain"]) for each in result["meters"]} == {
        "women": (2, 2, 1),
        "country:KH": (1, 1, 1),
    }
    assert (result["mean"], result["cut"], result["is_proven"]) == (70_000, 60_000, True)


def test_without_targets_the_ranking_alone_decides() -> None:
    result = result_of(Terms(2, 50_000, method=MERIT))

    assert result["chosen"] == result["plain"] == [1, 2]
    assert result["waiting"] == [3, 4]
    assert result["swaps"] == result["meters"] == []


def test_targets_that_only_break_ties_move_nobody_past_a_better_score() -> None:
    result = result_of(TERMS, mode=TIE_BREAK)

    assert result["chosen"] == [1, 2, 3]
    assert result["way"] == "break_ties_by_targets"
    assert result["shortfall"] == 1


def test_stages_are_told_on_the_way() -> None:
    heard: list[tuple[str, float]] = []

    work_out(
        PEOPLE, TERMS, mode=RESERVE, waitlist_size=0, report=lambda stage, share: heard.append((stage, share))
    )

    assert [stage for stage, _share in heard][-1] == "done"
    assert [share for _stage, share in heard] == sorted(share for _stage, share in heard)


def test_a_comparison_says_what_the_other_scenario_has_more_or_less_of() -> None:
    rule, more_seats = result_of(TERMS), result_of(Terms(4, 50_000, targets={"women": 2}, minima={"KH": 1}))

    found = {each.key: each.by for each in compare(rule, more_seats)}

    assert found == {"chosen": 1, "women": 0, "country:KH": 0, "mean": 5_000, "in": 1, "out": 0}


def test_an_empty_choice_has_no_mean_and_no_line() -> None:
    result = result_of(Terms(0, 0, method=MERIT))

    assert (result["chosen"], result["mean"], result["cut"], result["total_cost"]) == ([], None, None, 0)
