"""An administrator counts the latest quarter again: the page, what it refuses, and what readers see of it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.core.actors import CLOCK, SYSTEM
from apps.events.models import EventRecord
from apps.inclusion.enums import Cadence
from apps.inclusion.models import Release
from apps.inclusion.services import build_asked_releases, release_figures
from tests.factories.inclusion import ReleaseFactory, come, tell_figures
from tests.factories.programs import IntakeFactory
from tests.inclusion.told import quarter, three_quarters

pytestmark = pytest.mark.django_db
HERE, CHANGES = "/en/inclusion/", "/en/inclusion/changes/"
REASON = "A school sent its records late."


@pytest.fixture
def administrator(staff: Callable[..., User]) -> User:
    return staff(Role.ADMINISTRATOR)


@pytest.fixture
def as_administrator(administrator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(administrator)


@pytest.fixture
def as_funder(staff: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(staff(Role.FUNDER))


def page_of(number: int) -> str:
    return reverse("inclusion:restate", args=[number])


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def test_the_way_to_it_is_for_administrators_and_the_latest_quarter(
    as_administrator: Client, as_funder: Client
) -> None:
    three_quarters()

    for chosen in ("", "?release=1"):
        page = as_administrator.get(HERE + chosen).content.decode()
        assert re.findall(r'href="([^"]+/restate/)"', page) == [page_of(3)]
    assert "restate" not in as_funder.get(HERE).content.decode()


def test_it_is_asked_for_with_a_reason_and_the_page_leads_back(
    administrator: User, as_administrator: Client
) -> None:
    first = quarter(1)

    answer = as_administrator.post(page_of(1), {"reason": f"  {REASON}\n"})

    assert (answer.status_code, answer["Location"]) == (302, HERE)
    asked = Release.objects.get(number=2)
    assert (asked.restates, asked.as_of, asked.reason) == (first, first.as_of, REASON)
    assert (asked.released_by, asked.is_built, asked.cadence) == (administrator, False, Cadence.QUARTER)
    event = EventRecord.objects.get(name="ReleaseAsked")
    assert (event.actor_user_id, event.subject_id) == (administrator.pk, asked.pk)
    assert event.payload == {"release_id": asked.pk, "number": 2, "restates": first.pk}
    told = words(as_administrator, HERE)
    assert "Release 2 counts 2026-Q1 again. It takes about a minute" in told
    assert "2026-Q1 is being counted again, as release 2." in told
    assert "restate" not in as_administrator.get(HERE).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Say why the quarter is counted again."),
        ("  \n ", "Say why the quarter is counted again."),
        ("late " * 101, "This is too long: 504 characters. The most is 500."),
        ("late\x08", "This text contains a character we cannot keep."),
    ],
)
def test_a_reason_that_is_none_is_refused_at_its_field_and_stays_typed(
    as_administrator: Client, typed: str, said: str
) -> None:
    quarter(1)

    answer = as_administrator.post(page_of(1), {"reason": typed})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert re.search(rf'<a href="#id_reason">[^<]*{re.escape(said)}', page)
    assert 'aria-invalid="true"' in page
    assert typed.strip() in page
    assert Release.objects.count() == 1
    assert not EventRecord.objects.filter(name="ReleaseAsked").exists()


def test_a_form_without_its_token_is_refused(administrator: User) -> None:
    quarter(1)
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator, backend="apps.accounts.backends.EmailBackend")

    assert client.post(page_of(1), {"reason": REASON}).status_code == 403
    assert "csrfmiddlewaretoken" in client.get(page_of(1)).content.decode()
    assert Release.objects.count() == 1


def test_a_second_click_counts_once_and_keeps_what_was_typed(as_administrator: Client) -> None:
    quarter(1)
    as_administrator.post(page_of(1), {"reason": REASON})

    answer = as_administrator.post(page_of(1), {"reason": "Another reason."})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "<li>This quarter is being counted again already.</li>" in page
    assert "Another reason.</textarea>" in page
    assert Release.objects.count() == 2
    told = words(as_administrator, page_of(1))
    assert "This quarter is being counted again already, as release 2." in told
    assert "Why is this quarter" not in told


def test_an_earlier_quarter_says_that_only_the_latest_can_be(as_administrator: Client) -> None:
    three_quarters()

    told = words(as_administrator, page_of(2))
    answer = as_administrator.post(page_of(2), {"reason": REASON})

    assert "Only the latest quarter can be counted again." in told
    assert "Why is this quarter" not in told
    assert answer.status_code == 409
    assert "<li>Only the latest quarter can be counted again.</li>" in answer.content.decode()
    assert Release.objects.count() == 3


def test_what_is_no_quarter_is_absent(as_administrator: Client) -> None:
    ReleaseFactory(number=1, cadence=Cadence.RUNNING)
    ReleaseFactory(number=2, is_built=False)

    for number in (1, 2, 3, 10**30):
        assert as_administrator.get(page_of(number)).status_code == 404
        assert as_administrator.post(page_of(number), {"reason": REASON}).status_code == 404


def rows_of(client: Client, address: str) -> list[list[str]]:
    page = client.get(address).content.decode()
    return [re.findall(r">([^<>]+)<", row) for row in re.findall(r"<tr class.*?</tr>", page)]


def test_readers_see_old_and_new_figures_beside_each_other_with_the_reason(
    as_administrator: Client, as_funder: Client
) -> None:
    intake = IntakeFactory()
    come(intake, women=20, men=20, on=date(2026, 2, 1))
    release_figures(actor=SYSTEM, cadence=Cadence.QUARTER, as_of=date(2026, 3, 31))
    come(intake, women=20, men=0, on=date(2026, 3, 1))
    as_administrator.post(page_of(1), {"reason": REASON})
    build_asked_releases(actor=CLOCK)

    told, rows = words(as_funder, f"{CHANGES}?release=2"), rows_of(as_funder, f"{CHANGES}?release=2")

    assert f"This release counts a quarter again: {REASON}" in told
    assert "Compared with release 1 (2026-Q1)" in told
    assert ["Everyone", "Enrolled", "40", "60"] in rows
    assert ["Women", "Enrolled", "20", "40"] in rows
    assert not [row for row in rows if row[0] == "Men or another term"]
    assert f"Release 2 counts 2026-Q1 again, which release 1 had told: {REASON}" in told
    assert "release 2 is the one to read. " + REASON in words(as_funder, f"{HERE}?release=1")


def test_parts_of_a_restatement_tell_the_reason_too(as_funder: Client) -> None:
    first = quarter(1)
    again = ReleaseFactory(number=2, as_of=first.as_of, restates=first, reason=REASON)
    tell_figures(again, {"enrolled": {("", ""): 340}}, scope="kind", scope_key="course")

    told = words(as_funder, f"{CHANGES}kind/course/?release=2")

    assert f"This release counts a quarter again: {REASON}" in told
    assert ["Everyone", "Enrolled", "300", "340"] in rows_of(as_funder, f"{CHANGES}kind/course/?release=2")


@pytest.mark.parametrize("times", [1, 8])
def test_changes_cost_the_same_however_often_quarters_were_counted_again(
    times: int, as_funder: Client, django_assert_max_num_queries: Callable
) -> None:
    before = quarter(1)
    for number in range(2, times + 2):
        again = ReleaseFactory(number=number, as_of=before.as_of, restates=before, reason=REASON)
        Release.objects.filter(pk=before.pk).update(replaced_by=again)
        before = again

    with django_assert_max_num_queries(8):
        assert words(as_funder, CHANGES).count("counts 2026-Q1 again") == times


def test_the_dashboard_of_an_administrator_costs_one_statement_more(
    as_administrator: Client, django_assert_max_num_queries: Callable
) -> None:
    three_quarters()

    with django_assert_max_num_queries(11):
        assert as_administrator.get(HERE).status_code == 200
