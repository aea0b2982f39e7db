"""The checking program finds our figures equal on a set it can read, and says what is wrong with others."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reviews import against_published
from tests.reviews.against_published import COLUMNS, main

Written = Callable[[list[list[object]]], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(rows: list[list[object]], columns: tuple[str, ...] = COLUMNS) -> Path:
        path = tmp_path / "reviews.csv"
        path.write_text("\n".join(",".join(map(str, row)) for row in [columns, *rows]) + "\n")
        return path

    return write


def synthetic() -> list[list[object]]:
    """Forty proposals, nine reviewers of whom one shares nothing, two to four reviews, some criteria empty."""
    dice = random.Random(9)
    rows: list[list[object]] = []
    for proposal in range(1, 41):
        reviewers = dice.sample(range(1, 9), dice.randint(2, 4)) if proposal > 4 else [9]
        for reviewer in reviewers:
            marks: list[object] = [round(dice.uniform(1, 5), 1) for _ in range(6)]
            rows.append([proposal, reviewer, *marks[:5], marks[5] if proposal % 3 else ""])
    return rows


def test_our_figures_equal_the_independent_ones(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(written(synthetic()))]) == 0

    told = capsys.readouterr().out
    assert "alpha ordinal, Impact" in told
    assert "ICC(1,1), Score" in told
    assert "difference of reviewer 9                    none          none  equal" in told
    assert "z_score" in told
    assert told.rstrip().endswith(", 0 differ")


def test_a_figure_that_differs_ends_with_one(
    written: Written, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    honest = against_published.differences_by_lstsq
    monkeypatch.setattr(
        against_published,
        "differences_by_lstsq",
        lambda readings: {**honest(readings), 3: honest(readings)[3] + 0.01},
    )

    assert main([str(written(synthetic()))]) == 1
    assert "DIFFERS" in capsys.readouterr().out


def test_a_set_in_which_nothing_was_read_twice_has_no_figures_on_either_side(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written([[proposal, 1, proposal, 2, 2, 2, 2, ""] for proposal in (1, 2, 3)])

    assert main([str(path)]) == 0
    assert "none          none  equal    too_few" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ([41, 1, "two", 1, 1, 1, 1, 1], "line 3: Score is no number: 'two'"),
        ([41, 1, 6, 1, 1, 1, 1, 1], "line 3: Score is not from 1 to 5: '6'"),
        ([41, 1, "nan", 1, 1, 1, 1, 1], "line 3: Score is not from 1 to 5: 'nan'"),
        ([41, 1, "", 1, 1, 1, 1, 1], "line 3: Score is empty"),
        ([41, "x", 1, 1, 1, 1, 1, 1], "line 3: RevID is no whole number: 'x'"),
        ([41, 1, 1, 1], "line 3: Approach is no number: None"),
        ([41, 1, 1, 1, 1, 1, 1, 1, 1], "line 3: more cells than columns"),
        ([1, 1, 1, 1, 1, 1, 1, 1], "line 3: reviewer 1 has reviewed 1 before"),
    ],
)
def test_a_corrupted_row_is_named_by_its_line(
    written: Written, capsys: pytest.CaptureFixture[str], row: list[object], error: str
) -> None:
    path = written([[1, 1, 2, 2, 2, 2, 2, 2], row])

    assert main([str(path)]) == 2
    assert capsys.readouterr().err == f"reviews.csv, {error}\n"


def test_a_file_of_another_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other, empty, binary = (tmp_path / name for name in ("other.csv", "empty.csv", "binary.csv"))
    other.write_text("a,b\n1,2\n")
    empty.write_text(",".join(COLUMNS) + "\n")
    binary.write_bytes(b"\xff\xfe\x00")

    assert [main([str(path)]) for path in (other, empty, binary, tmp_path / "absent.csv")] == [2, 2, 2, 2]
    told = capsys.readouterr().err.splitlines()
    assert (
        told[0] == "other.csv has no column ID, RevID, Score, Innovation, Approach, Investig, Signif, Impact"
    )
    assert told[1] == "empty.csv has no reviews"
    assert [line.partition(":")[0] for line in told[2:]] == [
        "binary.csv cannot be read",
        "absent.csv cannot be read",
    ]


def test_it_wants_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
