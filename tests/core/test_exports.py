"""Files for spreadsheets never carry a formula."""

import csv
import io

import pytest

from apps.core.exports import csv_lines, csv_response, neutral


@pytest.mark.parametrize(
    "cell", ["=1+1", "+66 81", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "＋1", "－1", "＠x", "\n=1"]
)
def test_a_cell_that_begins_like_a_formula_is_text(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["สมชาย", "O'Brien", "a=b", 5, -3])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert neutral(cell) == cell


def test_what_is_read_back_is_what_was_written() -> None:
    rows = [['Anne, "the" one', "line\nbreak", None]]

    text = "".join(csv_lines(["name", "note", "none"], rows))

    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:])))[1] == ['Anne, "the" one', "line\nbreak", ""]


def test_a_download_is_streamed_and_not_kept() -> None:
    response = csv_response("roster", ["name"], iter([["x"]]))

    assert response.streaming
    assert response["Cache-Control"] == "no-store"
    assert b"".join(response).decode("utf-8-sig") == "name\r\nx\r\n"
