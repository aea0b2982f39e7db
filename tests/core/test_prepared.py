"""A prepared query answers like the plain one, whoever asks, however often, from whichever thread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.db.models import BooleanField, Q, QuerySet
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.core.prepared import Given, Prepared, hand_over, prepared
from apps.core.sessions import SessionStore
from apps.programs.models import EligibilityRule, Intake
from tests.factories.accounts import UserFactory
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory

pytestmark = pytest.mark.django_db


@prepared
def by_public_id() -> QuerySet[Intake]:
    return Intake.objects.filter(public_id=Given("public_id")).select_related("program__organisation")


@prepared
def rules_of() -> QuerySet[EligibilityRule]:
    return EligibilityRule.objects.filter(intake=Given("intake"))


def test_rows_are_those_of_the_plain_query_with_all_they_select(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second = IntakeFactory(), IntakeFactory(name={"th": "รอบสอง"})

    for intake in (first, second, first):
        with django_assert_num_queries(1):
            [found] = by_public_id(public_id=intake.public_id)
            assert (found, found.program, found.program.organisation.name) == (
                intake,
                intake.program,
                intake.program.organisation.name,
            )
        plain = Intake.objects.get(pk=intake.pk)
        columns = [column.attname for column in Intake._meta.concrete_fields]
        assert [getattr(found, name) for name in columns] == [getattr(plain, name) for name in columns]


def test_it_is_written_once_and_sees_what_changed_since() -> None:
    written = []

    @prepared
    def people() -> QuerySet[User, str]:
        written.append(True)
        return User.objects.filter(email=Given("email")).values_list("full_name", flat=True)

    assert people(email="suda@example.org") == []
    user = UserFactory(email="suda@example.org", full_name="Suda")
    assert people(email="suda@example.org") == ["Suda"]
    User.objects.filter(pk=user.pk).update(full_name="Suda Kaew")
    assert people.one(email="suda@example.org") == "Suda Kaew"
    assert written == [True]


def test_a_condition_and_none_are_values_like_any_other() -> None:
    user = UserFactory(full_name="")
    nameless = Q(Given("also_nameless", BooleanField()), full_name="")
    found = Prepared(lambda: User.objects.filter(Q(pk=Given("pk")) | nameless))

    assert found(pk=user.pk, also_nameless=False) == [user]
    assert found(pk=None, also_nameless=False) == []
    assert found(pk=None, also_nameless=True) == [user]


def test_one_is_the_first_in_the_order_of_the_query() -> None:
    intake = IntakeFactory()
    second, first = (EligibilityRuleFactory(intake=intake, number=number) for number in (2, 1))

    assert rules_of(intake=intake.pk) == [first, second]
    assert rules_of.one(intake=intake.pk) == first
    assert rules_of.one(intake=0) is None


def test_text_from_a_stranger_stays_a_value() -> None:
    found = Prepared(lambda: User.objects.filter(email=Given("email")))
    UserFactory()

    assert found(email="' OR true --") == []
    assert found(email="%s") == []


def test_a_locking_query_is_refused() -> None:
    with pytest.raises(ValueError, match="locking"):
        Prepared(lambda: User.objects.select_for_update().filter(pk=Given("pk")))(pk=1)


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError, match="public_id"):
        by_public_id()


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_over_its_own_connection() -> None:
    intakes = [IntakeFactory() for _number in range(4)]

    def ask(number: int) -> list[bool]:
        intake = intakes[number % 4]
        try:
            return [by_public_id(public_id=intake.public_id) == [intake] for _time in range(50)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        assert all(map(all, threads.map(ask, range(8))))


def test_rows_handed_over_are_asked_for_no_more_and_only_theirs(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    intake, other = IntakeFactory(), IntakeFactory()
    rule = EligibilityRuleFactory(intake=intake, key="english")
    EligibilityRuleFactory(intake=other, key="english")
    found = Intake.objects.get(pk=intake.pk)
    hand_over(found, "eligibility_rules", rules_of(intake=found.pk))

    with django_assert_num_queries(0):
        assert list(found.eligibility_rules.all()) == [rule]
        assert found.eligibility_rules.all()[0].intake is found
    assert found.eligibility_rules.filter(key="english").get() == rule


def test_a_session_lives_until_its_time_and_is_gone_when_deleted() -> None:
    kept = SessionStore()
    kept["zone"] = "Asia/Vientiane"
    kept.save()
    key = kept.session_key
    assert SessionStore(key)["zone"] == "Asia/Vientiane"

    SessionStore(key).delete()
    SessionStore().delete()
    assert not Session.objects.filter(session_key=key).exists()

    kept.save(must_create=True)
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    late = SessionStore(key)
    assert "zone" not in late
    assert late.session_key is None
