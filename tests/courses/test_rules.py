"""Completion counts sessions held and required units, exactly at the border too."""

from hypothesis import given
from hypothesis import strategies as st

from apps.courses.rules import AttendanceRecord, Progress, attendance_record, sessions_needed

marks = st.lists(st.sampled_from(["present", "late", "excused", "absent", None]), max_size=40)


def progress(
    marks: list[str | None], *, to_come: int = 0, required: int = 0, competent: int = 0, least: int = 80
) -> Progress:
    return Progress(attendance_record(marks, to_come), required, competent, least)


@given(marks=marks, required=st.integers(0, 5), competent=st.integers(0, 5), least=st.integers(0, 100))
def test_complete_means_enough_sessions_and_every_required_unit(
    marks: list[str | None], required: int, competent: int, least: int
) -> None:
    counted = [mark for mark in marks if mark != "excused"]
    attended = len([mark for mark in counted if mark in ("present", "late")])

    enough = attended * 100 >= least * len(counted)
    content = bool(counted) or required > 0

    assert progress(marks, required=required, competent=competent, least=least).is_complete == (
        content and enough and competent >= required
    )


@given(marks=marks, required=st.integers(0, 3), least=st.integers(0, 100))
def test_attending_one_more_session_never_undoes_completion(
    marks: list[str | None], required: int, least: int
) -> None:
    before = progress(marks, required=required, competent=required, least=least)
    after = progress([*marks, "present"], required=required, competent=required, least=least)

    assert after.is_complete or not before.is_complete


@given(marks=marks, to_come=st.integers(0, 10), least=st.integers(0, 100))
def test_the_sessions_needed_are_exactly_enough(marks: list[str | None], to_come: int, least: int) -> None:
    record = attendance_record(marks, to_come)

    needed = sessions_needed(record, least)

    def reaches(attend: int) -> bool:
        total = record.held + to_come
        return (record.attended + attend) * 100 >= least * total

    assert (needed is None) == (not reaches(to_come))
    if needed is not None:
        assert reaches(needed)
        assert needed == 0 or not reaches(needed - 1)


def test_four_of_five_sessions_is_eighty_percent_and_three_is_not() -> None:
    assert progress(["present"] * 4 + ["absent"]).is_complete
    assert not progress(["present"] * 3 + ["absent"] * 2).is_complete


def test_excused_sessions_neither_help_nor_harm() -> None:
    assert progress(["present"] * 4 + ["absent"] + ["excused"] * 5).is_complete
    assert not progress(["excused"] * 5).is_complete


def test_a_session_still_to_come_keeps_the_course_open() -> None:
    assert not progress(["present"] * 10, to_come=1).is_complete


def test_a_course_with_nothing_in_it_cannot_be_completed() -> None:
    assert not progress([]).is_complete


def test_the_share_shown_is_rounded_down() -> None:
    assert AttendanceRecord(held=3, attended=2).percent == 66
    assert AttendanceRecord(held=0, attended=0).percent is None
