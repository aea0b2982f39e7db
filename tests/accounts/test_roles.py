"""Roles bite at once, and someone always keeps the keys."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.services.roles import end_role, give_role
from apps.core.actors import SYSTEM
from apps.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
Staff = Callable[..., User]
SignedIn = Callable[[User], Client]


def test_the_last_administrator_stays(staff: Staff) -> None:
    staff(Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed):
        end_role(membership=Membership.objects.get(), actor=SYSTEM)


def test_an_ended_role_closes_pages_on_the_next_request(staff: Staff, signed_in: SignedIn) -> None:
    staff(Role.ADMINISTRATOR)
    client = signed_in(staff(Role.ADMINISTRATOR))
    assert client.get(reverse("accounts:person-list")).status_code == 200

    end_role(membership=Membership.objects.latest("pk"), actor=SYSTEM)

    assert client.get(reverse("accounts:person-list")).status_code == 403


def test_giving_a_role_twice_gives_it_once(applicant: User, organisation: Organisation) -> None:
    for _time in range(2):
        give_role(user=applicant, organisation=organisation, role=Role.REVIEWER, actor=SYSTEM)

    assert Membership.objects.count() == 1


def test_staff_without_a_second_step_are_led_to_set_one_up(
    staff: Staff, signed_in: SignedIn, settings: object
) -> None:
    settings.STAFF_NEED_SECOND_STEP = True
    client = signed_in(staff(Role.ADMINISTRATOR))

    answer = client.get(reverse("accounts:person-list"))

    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


def test_sample_staff_pass_only_in_the_demo(staff: Staff, signed_in: SignedIn, settings: object) -> None:
    settings.STAFF_NEED_SECOND_STEP = True
    user = staff(Role.ADMINISTRATOR)
    User.objects.filter(pk=user.pk).update(is_demo=True)
    client = signed_in(user)

    assert client.get(reverse("accounts:person-list")).status_code == 302
    settings.DEMO = True
    assert client.get(reverse("accounts:person-list")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_people_costs_the_same_for_any_number(
    rows: int, staff: Staff, signed_in: SignedIn, django_assert_max_num_queries: Callable
) -> None:
    client = signed_in(staff(Role.ADMINISTRATOR))
    for _person in range(rows):
        staff(Role.REVIEWER)

    with django_assert_max_num_queries(7):
        client.get(reverse("accounts:person-list"))


@pytest.mark.parametrize("query", ["q=%00", "q=%27%22%3C", "cursor=x", "cursor=%F0%9F", "q=" + "x" * 3000])
def test_any_question_gets_an_answer(staff: Staff, signed_in: SignedIn, query: str) -> None:
    client = signed_in(staff(Role.ADMINISTRATOR))

    assert client.get(f"{reverse('accounts:person-list')}?{query}").status_code in (200, 400)
    assert client.get(f"{reverse('accounts:audit-list')}?name=x&subject_id={'9' * 40}").status_code == 200
