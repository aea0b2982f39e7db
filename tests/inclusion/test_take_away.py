"""Files say what the pages say, cell by cell: hidden in one, hidden in all."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.core.actors import SYSTEM
from apps.events.models import EventRecord
from apps.inclusion.exports.lines import coded, figure_lines, tidy_lines
from apps.inclusion.exports.workbook import columns_at, wide_rows, workbook_of
from apps.inclusion.models import IatiOrganisation, Release, ReleasedFigure
from apps.inclusion.rules.groups import DIMENSIONS, crossings, groups_of
from apps.inclusion.rules.shares import Share
from apps.inclusion.selectors import sheet_of
from apps.inclusion.selectors.tidy import LEVELS_TAKEN, Measure, Status, tidy_rows
from apps.inclusion.services.profiles import store_profile
from apps.programs.models import Program
from tests.factories.inclusion import ReleaseFactory, split, tell_figures
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
ALL_GROUPS = [("", ""), *((each, group) for each in DIMENSIONS for group in groups_of(each))]
CROSSED = [(dimension, "+".join(words)) for dimension, words in crossings()]
QUALITY = [
    ("people", ""),
    ("sensitivity", "ss1"),
    ("silence_gender", "missing"),
    ("residence_conflict", "yes"),
]
#: Base 5, so that 7 and 9 stand for what must never be seen.
values = st.none() | st.integers(0, 400).map(lambda n: 5 * n)


def told(groups: list[tuple[str, str]]) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(groups, values))


sheets = st.dictionaries(
    st.sampled_from(["applied", "offered", "enrolled", "completed"]), told([*ALL_GROUPS, *CROSSED, *QUALITY])
)
places = st.sampled_from(
    [("all", ""), ("kind", "course"), ("country", "VN"), ("country", "ZZ"), ("intake", "x")]
)
releases = st.dictionaries(places, sheets, min_size=1)


def release_with(found: dict[tuple[str, str], dict[str, dict]]) -> Release:
    release = ReleaseFactory(cadence="running")  # a quarter is released once
    for (scope, key), stages in found.items():
        tell_figures(release, stages, scope=scope, scope_key=key)
    return release


def typical() -> Release:
    program = ProgramFactory(slug="data-skills", title={"en": "=Data skills"})
    stages = {
        "applied": {("", ""): 300, **split("gender", 160, 130, 10)},
        "enrolled": {
            ("", ""): 120,
            **split("gender", 70, 45, 5),
            ("gender", "man"): 40,
            ("gender", "another"): None,
            **split("disability", None, 90, None),
        },
    }
    release = ReleaseFactory()
    tell_figures(release, stages, scope="program", scope_key=program.slug)
    tell_figures(release, {**stages, "completed": {("", ""): 60, **split("gender", 30, 20, 10)}})
    tell_figures(release, {"enrolled": {("", ""): 85}}, scope="intake", scope_key="only-inside")
    return release


def coded_table(text: str) -> list[dict[str, str]]:
    """As any reader of CSV sees it that passes over lines with a # in front."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def worded_table(text: str) -> list[dict[str, str]]:
    """What comes after the notes."""
    return list(csv.DictReader(io.StringIO(text.partition("\r\n\r\n")[2])))


def place_in(row: dict[str, str]) -> tuple[str, ...]:
    names = ("SCOPE", "SCOPE_KEY", "STAGE", "DIMENSION", "GROUP")
    return tuple("" if row[name] == "_T" else row[name] for name in names)


def shown(status: str, value: Any) -> Any:
    """What stands in a cell for people."""
    return {"Q": "[c]", "O": "[u]"}.get(status, value)


def wide(release: Release) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every cell of the tables of a workbook, by what it is about."""
    book = load_workbook(io.BytesIO(workbook_of(release)))
    for level, sheet in zip(LEVELS_TAKEN, book.worksheets[1:], strict=False):
        keys = ReleasedFigure.objects.filter(release=release, scope=level).order_by("scope_key")
        about = [
            (scope_key, stage)
            for scope_key in keys.values_list("scope_key", flat=True).distinct()
            for stage, _cells in wide_rows(sheet_of(release, level, scope_key), [])
        ]
        for (scope_key, stage), line in zip(about, sheet.iter_rows(min_row=2, values_only=True), strict=True):
            for column, cell in zip(columns_at(level), line[2:], strict=True):
                yield (level.value, scope_key, stage, *column), cell


@FEW
@given(found=releases)
def test_every_cell_of_every_file_is_the_released_figure(found: dict) -> None:
    release = release_with(found)
    released = {
        (row.scope, row.scope_key, row.stage, row.dimension, row.group): row.value
        for row in ReleasedFigure.objects.filter(release=release).exclude(scope="intake")
    }

    in_table = {
        (row.scope, row.scope_key, *row.place): row.value
        for row in tidy_rows(release)
        if row.measure == Measure.PEOPLE
    }
    codes = coded_table("".join(tidy_lines(release)))
    in_codes = {
        place_in(row): int(row["OBS_VALUE"]) if row["OBS_VALUE"] else None
        for row in codes
        if row["MEASURE"] == "PEOPLE"
    }
    in_words = [row["Figure"] for row in worded_table("".join(figure_lines(release)))]
    in_book = dict(wide(release))

    assert in_table == in_codes == released
    assert in_words == [shown(row["OBS_STATUS"], row["OBS_VALUE"]) for row in codes]
    for row in tidy_rows(release):
        cell = in_book.get((row.scope, row.scope_key, *row.place, row.measure))
        if row.dimension.split("+")[0] not in ("", *DIMENSIONS):
            assert cell is None
        elif row.scope in ("all", "kind") or "+" not in row.dimension:
            assert cell == shown(row.status, row.value)


@FEW
@given(found=releases)
def test_a_hidden_figure_has_no_number_and_no_share_anywhere(found: dict) -> None:
    release = release_with(found)

    rows = list(tidy_rows(release))
    counts = {(row.scope, row.scope_key, *row.place): row for row in rows if row.measure == Measure.PEOPLE}

    for row in rows:
        if row.status == Status.SUPPRESSED:
            assert (row.value, row.numerator, row.denominator, row.interval, row.response) == (None,) * 5
            assert row.confidentiality == "C"
        if row.measure == Measure.SHARE and row.value is not None:
            assert counts[row.scope, row.scope_key, *row.place].value is not None


def test_hidden_on_the_page_is_hidden_in_every_file() -> None:
    release = typical()
    rows = {(row.scope, *row.place, row.measure): row for row in tidy_rows(release)}

    hidden = rows["program", "enrolled", "disability", "yes", Measure.PEOPLE]
    share = rows["program", "enrolled", "gender", "woman", Measure.SHARE]

    assert (hidden.status, hidden.value) == (Status.SUPPRESSED, None)
    assert (share.value, share.numerator, share.denominator, share.response) == (61, 70, 115, 96)
    assert coded(release, share)[:11] == (
        release.number,
        "2026-Q3",
        "program",
        "data-skills",
        "enrolled",
        "gender",
        "woman",
        "SHARE",
        "PERCENT",
        61,
        "A",
    )


def test_figures_of_single_intakes_never_leave() -> None:
    release = typical()
    texts = ["".join(tidy_lines(release)), "".join(figure_lines(release))]
    book = load_workbook(io.BytesIO(workbook_of(release)))
    cells = [str(cell) for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line]

    assert not any("only-inside" in text for text in [*texts, *cells])
    assert "85" not in cells


def test_notes_stand_in_every_file_and_no_cell_is_a_formula() -> None:
    release = typical()
    notes = " ".join("".join(lines(release)) for lines in (tidy_lines, figure_lines))
    book = load_workbook(io.BytesIO(workbook_of(release)))
    first = book.worksheets[0]
    in_book = " ".join(str(cell) for line in first.iter_rows(values_only=True) for cell in line)

    wanted = ("2026-Q3", "30 September 2026", "fewer than 5 people", "fewer than 10", "rounded to 5", "[c]")
    for text in (notes, in_book):
        assert [each for each in (*wanted, "CL_OBS_STATUS") if each not in text] == []
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert kinds <= {"s", "n"}
    assert "'=Data skills" in {cell.value for cell in book["Program"]["A"]}
    assert book["Program"].print_title_rows == "$1:$1"
    assert book["Program"].page_setup.orientation == "landscape"


@pytest.mark.parametrize(
    ("count", "answered", "percent"), [(5, 40, 13), (145, 1000, 15), (0, 20, 0), (20, 20, 100)]
)
def test_a_half_percent_goes_up_in_every_place(count: int, answered: int, percent: int) -> None:
    assert Share(count=count, answered=answered, everyone=answered).percent == percent


def test_the_page_rounds_a_half_as_files_do(
    staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    """12.5 % of those who answered, and 72.5 % of the group and 62.5 % of everyone who go on."""
    release = ReleaseFactory()
    split_of = {stage: split("gender", 5 * n, 35 * n) for stage, n in (("applied", 8), ("enrolled", 5))}
    tell_figures(
        release,
        {
            "applied": {("", ""): 320, **split_of["applied"], ("gender", "woman"): 40},
            "offered": {("", ""): 200, ("gender", "woman"): 29},
            "enrolled": {("", ""): 200, **split_of["enrolled"]},
        },
    )

    page = signed_in(staff(Role.FUNDER)).get(reverse("inclusion:dashboard")).content.decode()
    rows = (each for each in tidy_rows(release) if each.measure == Measure.SHARE)
    share = next(each for each in rows if each.place == ("enrolled", "gender", "woman"))

    assert share.value == 13
    assert "13 % (25 of 200)" in page
    assert "<strong>13 %</strong> of those who took part" in page
    assert ">73 % (" in page
    assert ">63 % (" in page
    assert ("12 % (25" in page, ">72 % (" in page, ">62 % (" in page) == (False, False, False)


FILES = ("figures-csv", "figures-xlsx", "tidy-csv")


@pytest.mark.parametrize("name", FILES)
def test_who_took_what_is_recorded(
    name: str, staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    release, funder = typical(), staff(Role.FUNDER)

    answer = signed_in(funder).get(reverse(f"inclusion:{name}", args=[release.number]))
    content = answer.getvalue()

    record = EventRecord.objects.get(name="FiguresTaken")
    assert content
    assert (record.actor_user_id, record.subject_id) == (funder.pk, release.pk)
    assert record.payload["file"] == name.replace("-", ".")
    assert answer["Content-Disposition"].endswith(f'"release-{release.number}-{record.payload["file"]}"')


@pytest.mark.parametrize("name", ["take-away", *FILES])
def test_there_is_nothing_to_take_of_a_release_that_is_not_built(
    name: str, staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    unbuilt = ReleaseFactory(is_built=False)
    client = signed_in(staff(Role.FUNDER))

    assert client.get(reverse(f"inclusion:{name}", args=[unbuilt.number])).status_code == 404
    assert client.get(reverse(f"inclusion:{name}", args=[10**20])).status_code == 404
    assert not EventRecord.objects.filter(name="FiguresTaken").exists()


def test_the_number_of_statements_does_not_grow_with_the_release(
    django_assert_max_num_queries: Callable,
) -> None:
    release = typical()
    for number in range(30):
        tell_figures(release, {"enrolled": {("", ""): 50}}, scope="program", scope_key=f"more-{number}")

    with django_assert_max_num_queries(12):
        assert sum(1 for _line in figure_lines(release)) > 30


@FEW
@given(found=releases)
def test_screens_read_the_same_rows(found: dict) -> None:
    """Every page reads its figures from sheets: what a sheet answers is what the files say."""
    release = release_with(found)
    ReleasedFigure.objects.filter(release=release, is_hidden=False, dimension="gender").update(is_kept=True)

    for row in tidy_rows(release):
        sheet = sheet_of(release, row.scope, row.scope_key)
        if row.measure == Measure.PEOPLE:
            assert (sheet.count(*row.place), sheet.is_kept(*row.place)) == (row.value, row.is_kept)
            continue
        stage, dimension, _group = row.place
        crossed = dimension.split("+")
        share = sheet.crossed(stage, *crossed) if len(crossed) > 1 else sheet.share(*row.place)
        assert row.value == (share.percent if share and share.is_shown else None)
        assert (row.status == Status.SUPPRESSED) == (share is None)


def test_hidden_on_screen_is_hidden_in_the_file(
    staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    """The table of how many came to each stage, as the page of the whole shows it."""
    release = typical()
    page = signed_in(staff(Role.FUNDER)).get(reverse("inclusion:dashboard")).content.decode()
    rows = {row.place: row for row in tidy_rows(release, ("all",)) if row.measure == Measure.PEOPLE}
    table = page[page.index("How many came to each stage</caption>") :].partition("</table>")[0]
    groups = {
        "Everyone": ("", ""),
        "Women": ("gender", "woman"),
        "People from rural communities": ("residence", "rural"),
        "People with disabilities": ("disability", "yes"),
    }

    for name, place in groups.items():
        told = [rows.get((stage, *place)) for stage in ("applied", "offered", "enrolled", "completed")]
        shown = [str(row.value) if row and row.value is not None else "[c]" for row in told]
        line = re.search(rf"<th[^>]*>{name}</th>(.*?)</tr>", table, re.DOTALL)
        if line is None:  # nobody counted it, so the page has no row
            assert not any(told)
            continue
        assert re.findall(r"<td[^>]*>([^<]*)</td>", line.group(1)) == shown


def test_what_somebody_told_of_themselves_is_in_no_file(
    staff: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    person, release = PersonFactory(), typical()
    told_by_them = {"gender": "kanarienvogel-gender", "VIS_SS": "kanarienvogel-seeing"}
    store_profile(person=person, answers=told_by_them, language="en", actor=SYSTEM)
    program = Program.objects.get(slug="data-skills")
    IntakeFactory(program=program, starts_on=date(2026, 1, 12))
    IatiOrganisation.objects.create(organisation=program.organisation, ref="XM-EXAMPLE-0001", type="30")
    client = signed_in(staff(Role.ADMINISTRATOR))

    for name in ("figures-csv", "tidy-csv", "activities-xml", "take-away"):
        answer = client.get(reverse(f"inclusion:{name}", args=[release.number]))
        assert answer.status_code == 200
        assert "kanarienvogel" not in answer.getvalue().decode()
    book = zipfile.ZipFile(io.BytesIO(workbook_of(release)))
    assert not any(b"kanarienvogel" in book.read(part) for part in book.namelist())


def test_a_note_of_several_lines_is_one_remark() -> None:
    release = ReleaseFactory(reason='Counted again, "twice",\nafter a correction')
    tell_figures(release, {"enrolled": {("", ""): 120}})
    text = "".join(tidy_lines(release))

    assert '# Counted again: Counted again, "twice", after a correction\r\n' in text
    assert [row["OBS_VALUE"] for row in coded_table(text)] == ["120"]
