"""The figures of the three published sets are those of an independent count, wherever they are told.

The files are imported at full size, and two releases are made of them: the last quarter, in which the
scholarships are not yet (they have no days and count from the import), and the running view.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.core.actors import SYSTEM
from apps.events.models import Delivery
from apps.inclusion.rules.cube import Cube, cube_of
from apps.inclusion.rules.moments import Held
from apps.inclusion.rules.release import Telling
from apps.inclusion.selectors import raw_counts, scope_names
from apps.inclusion.services import set_up_iati_organisation
from apps.inclusion.services.apart import count_apart
from apps.inclusion.services.counting import count_cells
from apps.notifications.models import Message
from apps.programs.models import Program
from tests.inclusion.attacker import too_narrow
from tests.inclusion.real import files
from tests.inclusion.real.counts import apart, figures, least, to_fives
from tests.inclusion.real.pages import Book, Scope, tables_of
from tests.inclusion.real.readers import wrong_cells
from tests.inclusion.real.shares import detail_of, part_of
from tests.inclusion.real.world import QUARTER, TODAY, Imported, named, sets_imported

pytestmark = pytest.mark.django_db
#: The first presentations have begun; all of them; badges are being earned; before the scholarships; all.
MOMENTS = [date(2013, 3, 31), date(2014, 12, 31), date(2018, 6, 30), QUARTER, TODAY]
#: Countries with nearly everybody, with some of each set, with silent people alone, with few, and unknown.
SCOPES = [
    ("all", ""),
    *(("kind", each) for each in ("course", "scholarship", "cohort")),
    *(("country", each) for each in ("GB", "PT", "US", "AU", "KE", "ZZ")),
    *(("program", each) for each in ("BBB", "instructor-training", "portalegre-scholarships")),
]


@pytest.fixture(scope="module")
def imported(django_db_setup: None, django_db_blocker: Any) -> Iterator[Imported]:
    with django_db_blocker.unblock(), sets_imported() as found:
        yield found


@pytest.fixture
def funder(imported: Imported, staff: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(staff(Role.FUNDER))


@pytest.fixture
def api(imported: Imported, staff: Callable[..., User]) -> APIClient:
    client = APIClient()
    token = Token.objects.create(user=staff(Role.FUNDER))
    client.credentials(HTTP_AUTHORIZATION=f"Token {token.key}")
    return client


def cube_until(day: date) -> Cube:
    counts = count_cells(day)
    return cube_of(counts.units, counts.crossed, counts.single)


def differing(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> dict[Any, tuple[Any, Any]]:
    """What either has and the other has not, or otherwise; "-" where it is missing."""
    pairs = {key: (one.get(key, "-"), other.get(key, "-")) for key in one.keys() | other.keys()}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("until", MOMENTS)
def test_every_group_at_every_stage_of_every_scope_is_counted_as_in_the_files(
    imported: Imported, until: date
) -> None:
    found, expected = named(cube_until(until).values()), figures(imported.people, until)

    assert differing(found, expected) == {}
    assert differing(count_apart(until), apart(imported.people, until)) == {}


def test_the_count_has_the_numbers_that_the_sources_publish(imported: Imported) -> None:
    counted = imported.exact[TODAY]

    assert counted["kind", "course", "enrolled", "", ""] == 32_593
    assert len({each.person for each in imported.people if each.kind == "course"}) == 28_785
    assert counted["kind", "scholarship", "enrolled", "", ""] == 1_099
    assert counted["kind", "cohort", "applied", "", ""] == 2_231 + 1_925
    assert counted["kind", "cohort", "completed", "", ""] == 1_925
    assert counted["all", "", "applied", "residence", "not_stated"] == 37_848


def test_an_operator_reads_the_published_counts_of_one_presentation(imported: Imported) -> None:
    by_gender = raw_counts(program="BBB", intake="2014J", by=["gender"])
    by_disability = raw_counts(program="BBB", intake="2014J", by=["disability"])

    women = next(row for row in by_gender["groups"] if row["gender"] == "woman")
    disabled = next(row for row in by_disability["groups"] if row["disability"] == "yes")
    assert [by_gender["totals"][each] for each in ("enrolled", "completed", "withdrawn")] == [2292, 1152, 749]
    assert (women["enrolled"], women["completed"], disabled["enrolled"]) == (2018, 1022, 190)


def test_history_tells_nobody_anything(imported: Imported) -> None:
    assert not Message.objects.exists()
    assert not Delivery.objects.exclude(event__name="RecordsImported").exists()


@pytest.mark.parametrize("until", [QUARTER, TODAY])
def test_a_release_tells_every_figure_in_fives_and_no_small_one(imported: Imported, until: date) -> None:
    told = named(imported.releases[until].figures)
    more = {("all", "", *place): n for place, n in apart(imported.people, until).items()}
    exact = {**imported.exact[until], **more}

    shown = {key: row.value for key, row in told.items() if row.value is not None and not row.is_kept}
    assert told.keys() == exact.keys()
    assert differing(shown, {key: to_fives(exact[key]) for key in shown}) == {}
    assert [key for key in shown if 0 < exact[key] < least(key)] == []
    assert all(row.is_hidden == (row.value is None) for row in told.values())
    hidden_totals = {key[:3] for key, row in told.items() if row.is_hidden and not key[3]}
    assert [key for key, row in told.items() if key[:3] in hidden_totals and not row.is_hidden] == []


def test_what_moved_too_little_is_kept_as_the_quarter_told_it(imported: Imported) -> None:
    """Kept are also figures that moved enough, where they would give others away."""
    before, told = (named(imported.releases[day].figures) for day in (QUARTER, TODAY))
    then, exact = (imported.exact[day] for day in (QUARTER, TODAY))
    kept = {key: row.value for key, row in told.items() if row.is_kept}
    told_before = [key for key, row in before.items() if row.value is not None and key in then]
    moved_little = {key for key in told_before if 0 < abs(exact[key] - then[key]) < least(key)}

    assert moved_little
    assert moved_little <= kept.keys()
    assert differing(kept, {key: before[key].value for key in kept}) == {}
    assert not any(row.is_kept for row in before.values())


@pytest.mark.parametrize("until", [QUARTER, TODAY])
def test_nobody_works_out_a_hidden_figure_and_little_is_hidden(imported: Imported, until: date) -> None:
    told, cube = imported.releases[until].figures, cube_until(until)
    exact = cube.values()
    hidden = {key for key in exact if not key[3] and told[key].is_hidden}

    then = imported.exact[QUARTER]
    tellings = {
        key: Telling(told[key].value, told[key].is_kept, Held(then.get(key, 0), None)) for key in exact
    }
    assert too_narrow((cube, tellings)) == set()
    assert {key[0] for key in hidden} == {"country"}
    assert len(hidden) > 150
    assert len([key for key in hidden if exact[key] >= least(key)]) <= 12


@pytest.mark.parametrize("scope", SCOPES)
def test_every_cell_of_every_table_of_a_page_says_what_the_release_tells(
    imported: Imported, funder: Client, scope: Scope
) -> None:
    quarter, running = (imported.releases[day] for day in (QUARTER, TODAY))
    book = Book(running.sheets(), {quarter.release.period: quarter.sheets()})
    name = "dashboard-scope" if scope[1] else "dashboard"

    address = reverse(f"inclusion:{name}", args=[each for each in scope if scope[1]])
    page = funder.get(address, {"release": running.release.number}).content.decode()

    assert list(wrong_cells(page, scope, book)) == []
    tables = list(tables_of(page))
    assert len(tables) >= (6 if scope[1] else 20)
    parts = sorted(part for table in tables for part in table.parts.values())
    assert parts == sorted(each for each in book.every if each[0] not in ("all", "intake") and not scope[1])


def taken_from(client: Client, name: str, imported: Imported) -> bytes:
    number = imported.releases[TODAY].release.number
    answer = client.get(reverse(f"inclusion:{name}", args=[number]))
    assert answer.status_code == 200
    return answer.getvalue()


def test_every_file_says_what_the_release_tells(imported: Imported, funder: Client) -> None:
    told = imported.releases[TODAY].taken()
    levels = {scope for scope, *_place in told}
    keys = {
        (level, name): key
        for level in levels
        for key, name in scope_names(level, [key for scope, key, *_place in told if scope == level]).items()
    }
    keys["all", "All programs"] = ""

    coded = files.of_codes(taken_from(funder, "tidy-csv", imported).decode())
    worded = files.of_words(taken_from(funder, "figures-csv", imported).decode())
    book = files.of_workbook(taken_from(funder, "figures-xlsx", imported), keys)

    for found in (coded, worded, book):
        assert differing(found, told) == {}


def test_shares_in_the_file_are_those_of_what_is_told(imported: Imported, funder: Client) -> None:
    sheets = imported.releases[TODAY].sheets()

    shares = files.of_codes(taken_from(funder, "tidy-csv", imported).decode(), "SHARE")

    expected = {}
    for (scope, key, stage, name, group), _percent in shares.items():
        told = sheets[scope, key]
        is_crossed = "+" in name
        part = part_of(told, stage, *name.split("+")) if is_crossed else detail_of(told, stage, name, group)
        expected[scope, key, stage, name, group] = part.percent if part else None
    assert differing(shares, expected) == {}
    assert sum(each is not None for each in shares.values()) > 100


def test_activities_say_what_the_release_tells_of_programs(imported: Imported, funder: Client) -> None:
    """All but the scholarships, which have no first day; "others" only where what they are made of is hidden."""
    runs = Program.objects.exclude(source="").values("organisation")
    for number, organisation in enumerate(Organisation.objects.filter(pk__in=runs)):
        codes = {"ref": f"XM-EXAMPLE-{number}", "type": "80"}
        set_up_iati_organisation(organisation=organisation, codes=codes, actor=SYSTEM)
    told = {key: value for key, value in imported.releases[TODAY].taken().items() if key[0] == "program"}
    details = {"gender": ("man", "another"), "residence": ("town", "city"), "age": ("25_34", "over_34")}

    found = files.of_activities(taken_from(funder, "activities-xml", imported))

    expected = {
        key: value
        for key, value in told.items()
        if value is not None and key[2] != "offered" and key[1] != "portalegre-scholarships"
        if key[4] != "other" or all(told[*key[:4], each] is None for each in details[key[3]])
    }
    assert differing(found, expected) == {}
    assert {key[1] for key in found} == {
        "AAA",
        "BBB",
        "CCC",
        "DDD",
        "EEE",
        "FFF",
        "GGG",
        "instructor-training",
    }


@pytest.mark.parametrize("scope", SCOPES)
def test_the_api_says_what_the_release_tells(imported: Imported, api: APIClient, scope: Scope) -> None:
    running = imported.releases[TODAY]
    sheets, told = running.sheets(), running.taken()
    name = "scoped-figures" if scope[1] else "figures"

    address = reverse(f"api:{name}", args=[running.release.public_id, *(each for each in scope if scope[1])])
    answer = api.get(address).json()

    mine = {key: value for key, value in told.items() if key[:2] == scope}
    assert differing(files.of_answers(answer["figures"]), mine) == {}
    steps = files.of_funnel(answer)
    assert differing(steps, {key: mine[key] for key in steps}) == {}
    for level, rows in answer["breakdowns"].items():
        assert {row["key"] for row in rows} == {key for at, key in sheets if at == level}
        for row in rows:
            assert list(files.wrong_in_row(row, sheets[level, row["key"]])) == []


def test_the_api_tells_the_whole_table_page_by_page(imported: Imported, api: APIClient) -> None:
    running = imported.releases[TODAY]
    rows: list[dict[str, Any]] = []
    following = reverse("api:tidy-figures", args=[running.release.public_id])
    while following:
        page = api.get(following).json()
        rows += page["results"]
        following = page["next"]

    assert differing(files.of_answers(rows), running.taken()) == {}
