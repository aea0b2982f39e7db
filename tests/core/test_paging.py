"""Pages by the last row seen: every row once, in order, forwards and backwards."""

import pytest

from apps.accounts.models import User
from apps.core.paging import keyset_page
from tests.factories.accounts import UserFactory

ORDER = ("full_name", "-id")


@pytest.fixture
def people(db: None) -> list[User]:
    UserFactory.create_batch(3, full_name="Same")
    UserFactory.create_batch(4)
    return list(User.objects.order_by(*ORDER))


def test_every_row_comes_once_and_in_order(people: list[User]) -> None:
    seen, cursor = [], None
    while True:
        page = keyset_page(User.objects.all(), cursor, order=ORDER, size=2)
        seen += page.rows
        cursor = page.next
        if cursor is None:
            break

    assert seen == people


def test_going_back_shows_what_was_there(people: list[User]) -> None:
    first = keyset_page(User.objects.all(), None, order=ORDER, size=3)
    second = keyset_page(User.objects.all(), first.next, order=ORDER, size=3)

    back = keyset_page(User.objects.all(), second.previous, order=ORDER, size=3)

    assert back.rows == first.rows
    assert back.previous is None


@pytest.mark.parametrize("cursor", ["", "x", "1" * 500, "eyJ.a", "\u0000"])
def test_a_cursor_that_is_not_ours_shows_the_first_page(people: list[User], cursor: str) -> None:
    assert keyset_page(User.objects.all(), cursor, order=ORDER, size=2).rows == people[:2]


@pytest.mark.parametrize("stranger", [("id", "full_name"), ("created_at", "id")])
def test_a_cursor_of_another_list_shows_the_first_page(people: list[User], stranger: tuple[str, str]) -> None:
    cursor = keyset_page(User.objects.all(), None, order=stranger, size=2).next

    page = keyset_page(User.objects.all(), cursor, order=ORDER, size=2)

    assert page.rows == people[:2]
