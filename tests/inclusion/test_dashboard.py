"""The dashboard tells one release: headlines in words, drawings with tables, parts, changes and quality."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import strip_tags

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.inclusion.models import Release
from apps.inclusion.selectors import board_of
from tests.factories.inclusion import ReleaseFactory, split, tell_figures
from tests.factories.places import CountryFactory
from tests.factories.programs import InclusionTargetFactory, IntakeFactory, ProgramFactory
from tests.inclusion.told import KINDS, quarter, three_quarters, whole

pytestmark = pytest.mark.django_db
HERE = "/en/inclusion/"


@pytest.fixture
def as_funder(staff: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(staff(Role.FUNDER))


def words(client: Client, address: str = HERE, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def test_the_first_words_answer_whether_how_sure_and_where_they_drop_out(as_funder: Client) -> None:
    quarter(1)

    told = words(as_funder)

    start = told.index("Rural women with disabilities")
    assert told[start : start + 400].startswith(
        "Rural women with disabilities 3 % of those who took part and answered (15 of 510). "
        "Sure to within 2 to 5 %. They drop out most between “Applied” and “Offered a place”: "
        "33 % go on, of everyone 53 %."
    )
    assert start < told.index("Women 45 % of those who took part")


def test_a_target_is_reached_or_missed_by_points(as_funder: Client) -> None:
    quarter(1)
    for group, percent in (("women", 40), ("rural", 40)):
        InclusionTargetFactory(group=group, percent=percent)

    told = words(as_funder)

    assert "Target 40 %: reached." in told
    assert "Target 40 %: 4 points below." in told


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (split("gender", None, None, 10), "[c] Hidden, because the figure would say too much"),
        (split("gender", 10, 5, 0), "[x] Only 15 of 15 people answered, too few for a share."),
        (split("gender", 30, 20, 50), "[x] Only 50 % answered, too few for a share."),
        (split("gender", 45, 30, 25), "Only 75 % answered: read this with care [u]."),
        (split("gender", 0, 0, 0), "Nobody takes part yet."),
    ],
)
def test_what_cannot_be_told_says_why(as_funder: Client, figures: dict, said: str) -> None:
    tell_figures(ReleaseFactory(), {"enrolled": {("", ""): 100, **figures}})

    assert said in words(as_funder)


def test_kept_figures_are_marked(as_funder: Client) -> None:
    tell_figures(ReleaseFactory(), {"enrolled": {("", ""): 100, **split("gender", 45, 55)}}, is_kept=True)

    told = words(as_funder)

    assert "As the release before told it [k]." in told
    assert "45 % (45 of 100) [k]" in told


def test_where_too_few_came_to_a_stage_dropping_out_cannot_be_told(as_funder: Client) -> None:
    tell_figures(
        ReleaseFactory(),
        {
            "applied": {("", ""): 100, **split("gender", 15, 85)},
            "offered": {("", ""): 50, **split("gender", 10, 40)},
            "enrolled": {("", ""): 50, **split("gender", 10, 40)},
        },
    )

    assert "Where they drop out cannot be told" in words(as_funder)


def test_hidden_figures_stand_nowhere_on_the_page(as_funder: Client) -> None:
    """All that a page tells of the kind whose disability is hidden are signs."""
    quarter(1)

    page = as_funder.get(f"{HERE}kind/cohort/").content.decode()

    assert "[c] Hidden" in page
    assert page.count("[c]") >= 8
    assert "app-draw__hidden" in page


def test_every_drawing_has_a_table_and_every_table_a_name(as_funder: Client) -> None:
    three_quarters()

    page = as_funder.get(HERE).content.decode()

    assert page.count("<figure") == 6
    regions = re.findall(r'role="region" aria-label="([^"]+)"', page)
    assert len(regions) == len(set(regions)) == page.count("<table")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_chosen_group_is_drawn_over_time_by_kind_and_on_the_map(as_funder: Client) -> None:
    for code, name in (("KH", "Cambodia"), ("US", "United States")):
        CountryFactory(code=code, name=name)
    three_quarters()

    women, rural = words(as_funder), words(as_funder, f"{HERE}?group=rural")

    assert "Women by country" in women
    assert "People from rural communities by country" in rural
    assert "United States: 11 % (15 of 135)" in rural
    assert "Women by country" in words(as_funder, f"{HERE}?group=nonsense")


def test_the_trend_tells_each_quarter_what_its_release_told(as_funder: Client) -> None:
    three_quarters()

    page = as_funder.get(HERE).content.decode()

    table = page[page.index('aria-label="Shares by quarter, beside the plan"') :].partition("</table>")[0]
    assert re.findall(r"(2026-Q\d)</th><td[^>]*>([^<]+)", table) == [
        ("2026-Q1", "3 % (15 of 510)"),
        ("2026-Q2", "3 % (30 of 1020)"),
        ("2026-Q3", "3 % (45 of 1530)"),
    ]


def test_an_earlier_release_is_read_whole_and_links_stay_in_it(as_funder: Client) -> None:
    three_quarters()

    page = as_funder.get(f"{HERE}?release=1").content.decode()

    assert "Release 1 (2026-Q1)" in page
    assert "(15 of 510)" in page
    assert "2026-Q2</th>" not in page
    assert 'href="/en/inclusion/kind/course/?release=1"' in page
    assert "Release 1 (2026-Q1)" in words(as_funder, f"{HERE}kind/course/?release=1")


@pytest.mark.parametrize("number", ["0", "9", "x", "-1", "1.5", "٣", "9" * 30, "\x00"])
@pytest.mark.parametrize("where", ["", "quality/", "changes/", "method/", "kind/course/"])
def test_a_release_that_is_none_is_absent(as_funder: Client, where: str, number: str) -> None:
    quarter(1)

    assert as_funder.get(f"{HERE}{where}", {"release": number}).status_code in (400, 404)


@pytest.mark.parametrize("place", ["all/x/", "person/1/", "kind/nothing/", "country/XX/", "program/x/"])
@pytest.mark.parametrize("where", ["", "changes/"])
def test_a_part_that_is_none_is_absent(as_funder: Client, where: str, place: str) -> None:
    quarter(1)

    assert as_funder.get(f"{HERE}{where}{place}").status_code == 404


def test_no_dashboard_opens_an_intake(as_funder: Client) -> None:
    intake = IntakeFactory()
    tell_figures(quarter(1), whole(), scope="intake", scope_key=str(intake.public_id))

    for page in ("", "changes/"):
        assert as_funder.get(f"{HERE}{page}intake/{intake.public_id}/").status_code == 404


def test_a_quarter_counted_again_stays_readable_and_says_so(as_funder: Client) -> None:
    first = quarter(1)
    again = ReleaseFactory(
        number=2, as_of=first.as_of, restates=first, reason="A school sent its records late."
    )
    tell_figures(again, whole(2))
    Release.objects.filter(pk=first.pk).update(replaced_by=again)

    before, now = words(as_funder, f"{HERE}?release=1"), words(as_funder)
    changes = words(as_funder, f"{HERE}changes/")

    assert "release 2 is the one to read" in before
    assert "(15 of 510)" in before
    assert "(30 of 1020)" in now
    assert (
        "Release 2 counts 2026-Q1 again, which release 1 had told: A school sent its records late." in changes
    )
    assert "Rural + With a disability" in changes


def test_changes_are_told_old_and_new_and_nothing_else(as_funder: Client) -> None:
    early, late = ReleaseFactory(number=1, as_of="2026-03-31"), ReleaseFactory(number=2, as_of="2026-06-30")
    tell_figures(early, {"enrolled": {("", ""): 100, ("gender", "woman"): 40, ("gender", "other"): None}})
    tell_figures(late, {"enrolled": {("", ""): 120, ("gender", "woman"): 40, ("gender", "other"): 70}})

    told = words(as_funder, f"{HERE}changes/")
    page = as_funder.get(f"{HERE}changes/").content.decode()

    assert "2 figures changed, 1 stayed" in told
    rows = [re.findall(r">([^<>]+)<", row) for row in re.findall(r"<tr class.*?</tr>", page)]
    assert rows == [
        ["Everyone", "Enrolled", "100", "120"],
        ["Men or another term", "Enrolled", "[c]", "70"],
    ]


def test_the_first_release_has_nothing_to_compare(as_funder: Client) -> None:
    quarter(1)

    assert "This is the first release" in words(as_funder, f"{HERE}changes/")
    assert "This is the first release" in words(as_funder, f"{HERE}changes/kind/course/")


def test_quality_tells_response_silence_cut_offs_and_contradictions(as_funder: Client) -> None:
    quarter(1)

    told = words(as_funder, f"{HERE}quality/").replace(" ", "")

    assert "Enrolled60059060057095%" in told
    assert "90%(540of600)2535–" in told
    assert "MeetcutoffSS3" in told.replace("-", "")
    assert "contradicteachother15151515" in told


def test_pages_without_a_release_say_so(as_funder: Client) -> None:
    for page in ("", "quality/", "changes/"):
        assert "No figures have been released yet" in words(as_funder, HERE + page)
    words(as_funder, f"{HERE}method/")


def test_national_figures_are_context_and_no_difference(as_funder: Client) -> None:
    country = CountryFactory(code="KH", name="Cambodia")
    country.baselines.create(
        indicator="women_share",
        value="51.0",
        unit="% of population",
        year="2024",
        source="x",
        note="all ages",
    )
    quarter(1)

    told = words(as_funder, f"{HERE}country/KH/")

    assert "Cambodia: Women51.0 %2024all ages" in told
    assert "They are no target" in told


@pytest.mark.parametrize("rows", [1, 3])
def test_a_dashboard_costs_ten_statements_at_most(
    rows: int, as_funder: Client, django_assert_max_num_queries: Callable
) -> None:
    programs = tuple(ProgramFactory().slug for _row in range(rows))
    for number in range(1, rows + 1):
        quarter(number, programs)

    for page in ("", "kind/course/", "country/TH/", f"program/{programs[0]}/", "quality/", "changes/"):
        with django_assert_max_num_queries(10):
            assert as_funder.get(HERE + page).status_code == 200


def test_a_board_tells_quarters_as_they_stood() -> None:
    first, second, third = three_quarters()
    again = ReleaseFactory(number=4, as_of=second.as_of, restates=second, reason="Late records.")
    releases = [again, third, second, first]

    def trend(release: Release) -> list[int]:
        board = board_of(release, releases=releases)
        assert board is not None
        return [each.number for each, _sheet in board.trend]

    assert trend(third) == [1, 2, 3]
    assert trend(again) == [1, 4]


def test_parts_are_listed_largest_first_and_those_without_people_folded(as_funder: Client) -> None:
    release = quarter(1)
    tell_figures(
        release, {"applied": {("", ""): 10}, "enrolled": {("", ""): None}}, scope="program", scope_key="x"
    )

    page = as_funder.get(HERE).content.decode()

    order = [
        page.index(f"/kind/{key}/")
        for key in sorted(KINDS, key=lambda key: (-KINDS[key][0], key == "scholarship"))
    ]
    assert order[0] == min(order)
    assert "Program by program: hidden or without participants" in page
