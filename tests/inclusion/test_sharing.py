"""Links to frozen dashboards: signed, expiring, ended, opened by nobody we could name."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.core.actors import SYSTEM, VISITOR, Actor, user_actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.events.models import EventRecord
from apps.inclusion.models import Release, SharedView, ShareOpening
from apps.inclusion.services import note_opening, revoke_shared_view, share_view, shared_view_at
from tests.factories.inclusion import ReleaseFactory, tell_figures
from tests.factories.programs import InclusionTargetFactory
from tests.inclusion.told import quarter, three_quarters, whole

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
MOST_BYTES, MOST_REQUESTS = 40_000, 4


@pytest.fixture
def funder(staff: Callable[..., User]) -> User:
    return staff(Role.FUNDER)


@pytest.fixture
def me(funder: User) -> Actor:
    return user_actor(funder)


def link_to(release: Release, me: Actor, *, days: int = 30, scope: str = "all", key: str = "") -> str:
    made = share_view(release=release, scope=scope, scope_key=key, days=days, actor=me)
    return reverse("inclusion:shared", args=[made.address])


def names() -> list[str]:
    return list(EventRecord.objects.order_by("pk").values_list("name", flat=True))


def test_whoever_has_the_link_reads_the_release_it_was_made_of(me: Actor) -> None:
    first, *_later = three_quarters()
    link = link_to(first, me)

    answer = Client().get(link)
    page = answer.content.decode()

    assert "Release 1 (2026-Q1)" in page
    assert "(15 of 510)" in page
    assert "2026-Q2" not in page
    assert "<script" not in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert 'name="robots" content="noindex' in page
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_nothing_on_the_page_moves_with_later_targets_and_restatements(me: Actor) -> None:
    release = quarter(1)
    InclusionTargetFactory(group="women", percent=40)
    link = link_to(release, me)
    before = Client().get(link).content.decode()

    InclusionTargetFactory(group="women", percent=90)
    again = ReleaseFactory(number=2, as_of=release.as_of, restates=release, reason="Late records.")
    tell_figures(again, whole(3))
    Release.objects.filter(pk=release.pk).update(replaced_by=again)
    after = Client().get(link).content.decode()

    assert "Target 40 %: reached." in before
    assert "Target 40 %: reached." in after
    assert "(15 of 510)" in after
    assert "release 2 is the one to read" in after


def test_a_shared_page_leads_nowhere_that_needs_an_account(me: Actor) -> None:
    page = Client().get(link_to(quarter(1), me)).content.decode()

    main = page[page.index("<main") : page.index("</main>")]
    assert set(re.findall(r'href="(?!#)([^"?#]*)', main)) - {""} == {reverse("inclusion:method")}


@pytest.mark.parametrize("place", range(3))
def test_a_changed_link_opens_nothing(place: int, me: Actor, django_assert_num_queries: Callable) -> None:
    address = share_view(release=quarter(1), scope="all", scope_key="", days=7, actor=me).address
    changed = {
        0: address[:-1] + ("A" if address[-1] != "A" else "B"),
        1: ("A" if address[0] != "A" else "B") + address[1:],
        2: address.partition(".")[0],
    }[place]

    with django_assert_num_queries(0):
        assert shared_view_at(changed) is None
    answer = Client().get(reverse("inclusion:shared", args=[changed]))
    assert answer.status_code == 404
    assert "We do not know this link" in answer.content.decode()


def test_the_database_does_not_hold_what_opens_a_page(me: Actor) -> None:
    made = share_view(release=quarter(1), scope="all", scope_key="", days=7, actor=me)

    assert made.address.partition(".")[0] not in str(SharedView.objects.values().get())


@pytest.mark.parametrize(("change", "said"), [("expires_at", "has expired"), ("revoked_at", "was ended")])
def test_a_link_that_is_over_says_so(change: str, said: str, me: Actor) -> None:
    link = link_to(quarter(1), me)
    now = timezone.now()
    past = {"made_at": now - timedelta(days=9), change: now - timedelta(days=1)}
    SharedView.objects.update(**past)

    answer = Client().get(link)

    assert answer.status_code == 410
    assert said in answer.content.decode()
    assert not ShareOpening.objects.exists()


def test_links_hold_ninety_days_at_most(me: Actor) -> None:
    release = quarter(1)

    for days in (0, -1, 91):
        with pytest.raises(Invalid):
            share_view(release=release, scope="all", scope_key="", days=days, actor=me)
    made = share_view(release=release, scope="all", scope_key="", days=90, actor=me).row
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedView.objects.filter(pk=made.pk).update(expires_at=made.made_at + timedelta(days=91))


def test_no_intake_no_running_view_and_nothing_untold_is_shared(me: Actor) -> None:
    release = quarter(1)
    tell_figures(release, whole(), scope="intake", scope_key="x")
    running = ReleaseFactory(number=2, cadence="running")
    tell_figures(running, whole())

    for scope, key in (("intake", "x"), ("kind", "nothing"), ("person", "1")):
        with pytest.raises(Invalid):
            share_view(release=release, scope=scope, scope_key=key, days=7, actor=me)
    with pytest.raises(Conflict):
        share_view(release=running, scope="all", scope_key="", days=7, actor=me)
    with pytest.raises(NotAllowed):
        share_view(release=release, scope="all", scope_key="", days=7, actor=SYSTEM)


def test_fifty_links_hold_at_once_at_most(me: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    release = quarter(1)
    monkeypatch.setattr("apps.inclusion.services.sharing.MOST_OPEN", 1)
    first = share_view(release=release, scope="all", scope_key="", days=7, actor=me).row

    with pytest.raises(Conflict):
        share_view(release=release, scope="all", scope_key="", days=7, actor=me)
    revoke_shared_view(shared=first, actor=me)
    share_view(release=release, scope="all", scope_key="", days=7, actor=me)


def test_openings_are_counted_by_hour_and_family_without_a_name(me: Actor) -> None:
    shared = share_view(release=quarter(1), scope="all", scope_key="", days=7, actor=me).row

    for agent in (FIREFOX, FIREFOX, "Slackbot 1.0", "", FIREFOX):
        note_opening(shared=shared, user_agent=agent, actor=VISITOR)

    assert sorted(ShareOpening.objects.values_list("family", "times")) == [("firefox", 3), ("other", 2)]
    assert {row.hour.minute for row in ShareOpening.objects.all()} == {0}
    assert names().count("SharedViewOpened") == 2


def test_the_maker_sees_openings_and_ends_the_link(
    funder: User, signed_in: Callable[[User], Client], staff: Callable[..., User]
) -> None:
    release, mine = quarter(1), signed_in(funder)
    form = {"release": release.number, "scope": "kind", "scope_key": "course", "days": "7"}

    assert mine.post("/en/inclusion/shares/", form).status_code == 302
    page = mine.get("/en/inclusion/shares/").content.decode()
    link = re.search(r"http://testserver(/en/inclusion/shared/[^<]+)<", page)
    assert link
    assert Client(headers={"user-agent": FIREFOX}).get(link[1]).status_code == 200
    listed = mine.get("/en/inclusion/shares/").content.decode()
    assert link[1] not in listed
    assert "Firefox, once" in listed

    shared = SharedView.objects.get()
    other = signed_in(staff(Role.FUNDER))
    end = reverse("inclusion:share-end", args=[shared.public_id])
    assert other.post(end).status_code == 404
    assert "Firefox" not in other.get("/en/inclusion/shares/").content.decode()
    for _twice in range(2):
        assert mine.post(end).status_code == 302
    assert Client().get(link[1]).status_code == 410
    assert [name for name in names() if "Share" in name] == [
        "ViewShared",
        "SharedViewOpened",
        "SharedViewRevoked",
    ]
    assert "Vocational course" in listed


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"days": "91"}, 422),
        ({"days": ""}, 422),
        ({"release": "x"}, 422),
        ({"release": "9" * 40}, 422),
        ({"release": "7"}, 404),
        ({"scope": "intake"}, 422),
        ({"scope": "kind", "scope_key": "\x00"}, 422),
        ({"scope": "kind", "scope_key": "x" * 900}, 422),
        ({"scope": "a b"}, 422),
    ],
)
def test_bad_input_makes_no_link(
    change: dict, status: int, funder: User, signed_in: Callable[[User], Client]
) -> None:
    form = {"release": quarter(1).number, "scope": "all", "scope_key": "", "days": "7", **change}

    answer = signed_in(funder).post("/en/inclusion/shares/", form)

    assert answer.status_code in (status, 400)
    assert not SharedView.objects.exists()


def test_the_form_asks_for_what_the_page_was_about(funder: User, signed_in: Callable[[User], Client]) -> None:
    quarter(1)
    asked = {"release": "1", "scope": "kind", "scope_key": "course"}

    page = signed_in(funder).get("/en/inclusion/shares/", asked).content.decode()

    assert "Make a link to Vocational course" in page


def test_a_first_visit_is_light_and_needs_four_requests_and_no_script(me: Actor) -> None:
    *_earlier, release = three_quarters()
    link = link_to(release, me)

    answer = Client().get(link, headers={"accept-encoding": "gzip"})
    page = Client().get(link).content.decode()
    files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))
    head = sum(len(f"{name}: {value}\r\n") for name, value in answer.items())
    found = [Path(finders.find(each)) for each in files]
    size = len(answer.content) + head + sum(len(brotli.compress(each.read_bytes())) for each in found)

    assert answer["Content-Encoding"] == "gzip"
    assert size <= MOST_BYTES
    assert 1 + len(files) <= MOST_REQUESTS
    assert not [each for each in files if each.endswith(".js")]


def test_opening_costs_the_same_for_any_number(me: Actor, django_assert_max_num_queries: Callable) -> None:
    *_earlier, release = three_quarters()
    link = link_to(release, me)

    with django_assert_max_num_queries(16):
        assert Client().get(link).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_links_costs_the_same_for_any_number(
    rows: int, me: Actor, funder: User, signed_in: Callable, django_assert_max_num_queries: Callable
) -> None:
    release = quarter(1)
    for _row in range(rows):
        shared = share_view(release=release, scope="kind", scope_key="course", days=7, actor=me).row
        note_opening(shared=shared, user_agent=FIREFOX, actor=VISITOR)
    client = signed_in(funder)

    with django_assert_max_num_queries(7):
        client.get("/en/inclusion/shares/")


def test_too_many_tries_wait(me: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.inclusion.views.sharing.MOST", 1)
    link = link_to(quarter(1), me)

    assert [Client().get(link).status_code for _try in range(2)] == [200, 429]
