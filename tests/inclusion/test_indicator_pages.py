"""Indicators beside their targets, the lock of quarters, screening, and the book of definitions."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.core.actors import IMPORTER, Actor, user_actor
from apps.inclusion.models import DacMarker, IndicatorDefinition, IndicatorTarget, TargetPeriod
from apps.inclusion.rules.comparing import difference
from apps.inclusion.rules.fairness import Sample
from apps.inclusion.rules.markers import criteria_of
from apps.inclusion.rules.quarters import in_words, last_day
from apps.inclusion.rules.shares import wilson
from apps.inclusion.selectors import indicator_table
from apps.inclusion.services import load_definitions, lock_period, set_target
from apps.programs.models import Program
from tests.factories.cohorts import TrainerFactory
from tests.factories.inclusion import ReleaseFactory, split, tell_figures
from tests.factories.programs import IntakeFactory, ProgramFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
NOW = last_day(TODAY)


@pytest.fixture(autouse=True)
def _definitions(db: None) -> None:
    load_definitions(actor=IMPORTER)


@pytest.fixture
def program(organisation: Organisation) -> Program:
    return ProgramFactory(organisation=organisation, slug="ai")


@pytest.fixture
def administrator(staff: Callable[..., User]) -> User:
    return staff(Role.ADMINISTRATOR)


@pytest.fixture
def as_administrator(administrator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(administrator)


def page_of(program: Program) -> str:
    return reverse("inclusion:program-indicators", args=[program.public_id])


def aim(actor: Actor, value: int, code: str = "OUT-SHARE-W", period: date = NOW) -> IndicatorTarget:
    return set_target(
        definition=IndicatorDefinition.objects.in_force().get(code=code),
        scope="program",
        scope_key="ai",
        period=period,
        value=Decimal(value),
        actor=actor,
    )


def release_women(women: int, others: int) -> None:
    stages = {
        "applied": {("", ""): 300, **split("gender", 150, 150)},
        "offered": {("", ""): 150, **split("gender", 90, 60)},
        "enrolled": {("", ""): women + others, **split("gender", women, others)},
        "completed": {("", ""): 20, **split("gender", None, None)},
    }
    tell_figures(ReleaseFactory(as_of=TODAY), stages, scope="program", scope_key="ai")


def words(markup: str) -> str:
    """What stands there, without the markup; cells are kept apart by bars."""
    return " ".join(re.sub(r"<[^>]+>", " ", markup.replace("</td>", " |").replace("</th>", " |")).split())


def row_of(page: str, code: str) -> str:
    return words("<tr" + next(each for each in page.split("<tr") if f">{code}<" in each))


def test_the_table_tells_the_release_beside_the_target(
    as_coordinator: Client, program: Program, actor: Actor
) -> None:
    release_women(60, 40)
    aim(actor, 50)
    aim(actor, 90, "CONV-OFFERED")

    page = as_coordinator.get(page_of(program)).content.decode()

    women = row_of(page, "OUT-SHARE-W")
    assert "60 % (60 of 100; 95 %: 50 to 69 %)" in women
    assert "| 50 % |" in women
    assert "Target reached" in women
    assert "Below target" in row_of(page, "CONV-OFFERED")
    assert "hidden" in row_of(page, "SDG-4.5.1-adj-W")
    assert ">EG.6-14<" not in page


def test_conversion_by_group_stands_with_its_gap(as_coordinator: Client, program: Program) -> None:
    release_women(60, 40)

    page = words(as_coordinator.get(page_of(program)).content.decode())

    low, high = (round(100 * end) for end in wilson(90, 150))
    gap = difference(Sample(90, 150), Sample(60, 150))
    between = f"95 %: {round(100 * gap.low)} to {round(100 * gap.high)}"
    assert f"60 % (90 of 150; 95 %: {low} to {high} %) | 40 % (60 of 150;" in page
    assert f"| 20 ({between}) |" in page


def test_without_a_release_the_page_still_takes_targets(as_coordinator: Client, program: Program) -> None:
    answer = as_coordinator.post(
        page_of(program),
        {"indicator": "OUT-SHARE-R", "period": NOW.isoformat(), "value": "35.5", "note": "Village schools"},
        follow=True,
    )

    page = answer.content.decode()
    assert answer.redirect_chain == [(page_of(program), 302)]
    assert "35.5 %" in row_of(page, "OUT-SHARE-R")
    assert "Village schools" in page
    target = IndicatorTarget.objects.get()
    assert (target.scope, target.scope_key, target.value) == ("program", "ai", Decimal("35.5"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"indicator": "SDG-8.6.1"}, "indicator"),
        ({"indicator": ""}, "indicator"),
        ({"period": "2026-02-30"}, "period"),
        ({"value": "120"}, "value"),
        ({"value": "-1"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "1e3"}, "value"),
        ({"note": "\x00"}, "note"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_a_bad_target_is_refused_at_its_field(
    as_coordinator: Client, program: Program, change: dict[str, str], field: str
) -> None:
    form = {"indicator": "OUT-SHARE-R", "period": NOW.isoformat(), "value": "35", "note": "", **change}

    answer = as_coordinator.post(page_of(program), form)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert not IndicatorTarget.objects.exists()


def test_a_locked_quarter_is_not_offered_and_refused_when_sent(
    as_coordinator: Client, program: Program, administrator: User, actor: Actor
) -> None:
    aim(actor, 50)
    lock_period(period=NOW, reason="Agreed", actor=user_actor(administrator))

    page = as_coordinator.get(page_of(program))
    answer = as_coordinator.post(
        page_of(program), {"indicator": "OUT-SHARE-R", "period": NOW.isoformat(), "value": "35"}
    )

    assert NOW.isoformat() not in dict(page.context["form"].fields["period"].choices)
    assert answer.status_code == 422
    assert f"Target {in_words(NOW)} locked" in words(page.content.decode())


def test_trainers_are_totals_of_the_program_only(as_coordinator: Client, program: Program) -> None:
    TrainerFactory(program=program, status="certified", generation=2)

    page = as_coordinator.get(page_of(program)).content.decode()

    assert "| 2 |" in row_of(page, "TRN-DEPTH")
    assert indicator_table("program", "ai", today=TODAY).rows == []


def test_the_completion_rate_is_that_of_intakes_that_are_over(program: Program) -> None:
    over, late, running = (
        IntakeFactory(program=program, ends_on=day)
        for day in (date(2026, 3, 1), date(2026, 9, 30), date(2026, 12, 1))
    )
    release = ReleaseFactory(as_of=date(2026, 9, 30))
    for intake, enrolled, completed in [(over, 60, 45), (late, 40, 5), (running, 90, 0)]:
        stages = {"enrolled": {("", ""): enrolled}, "completed": {("", ""): completed}}
        tell_figures(release, stages, scope="intake", scope_key=str(intake.public_id))
    elsewhere = {"enrolled": {("", ""): 100}, "completed": {("", ""): 100}}
    other = IntakeFactory(ends_on=date(2026, 3, 1))
    tell_figures(release, elsewhere, scope="intake", scope_key=str(other.public_id))

    def told(scope: str, scope_key: str) -> tuple[int | None, int | None]:
        rows = indicator_table(scope, scope_key, today=TODAY).rows
        found = next(row.told for row in rows if row.definition.code == "OUT-RATE")
        assert found is not None
        return found.count, found.base

    assert told("program", "ai") == (50, 100)
    assert told("all", "") == told("kind", "course") == (150, 200)


def test_the_page_asks_as_often_for_many_targets_as_for_one(
    as_coordinator: Client,
    program: Program,
    actor: Actor,
    django_assert_max_num_queries: CaptureQueriesContext,
) -> None:
    release_women(60, 40)
    aim(actor, 50)
    as_coordinator.get(page_of(program))
    with CaptureQueriesContext(connection) as one:
        as_coordinator.get(page_of(program))
    for code in ("OUT-SHARE-R", "OUT-SHARE-D", "OUT-RATE"):
        for number in range(3):
            aim(actor, 50 + number, code)

    with django_assert_max_num_queries(len(one)):
        as_coordinator.get(page_of(program))


def test_administrators_aim_for_everything_and_for_a_kind(as_administrator: Client) -> None:
    for address, scope in [
        (reverse("inclusion:whole-indicators"), ("all", "")),
        (reverse("inclusion:kind-indicators", args=["cohort"]), ("kind", "cohort")),
    ]:
        form = {"indicator": "OUT-ENR", "period": NOW.isoformat(), "value": "1000"}
        assert as_administrator.post(address, form).status_code == 302
        assert "1,000" in as_administrator.get(address).content.decode()
        target = IndicatorTarget.objects.latest("pk")
        assert (target.scope, target.scope_key) == scope
    assert as_administrator.get(reverse("inclusion:kind-indicators", args=["cows"])).status_code == 404


def test_an_administrator_locks_a_quarter_and_unlocks_it_with_reasons(as_administrator: Client) -> None:
    address = reverse("inclusion:periods")
    lock = {"period": NOW.isoformat(), "deed": "lock", "reason": "Agreed with the funder"}

    assert as_administrator.post(address, {**lock, "reason": ""}).status_code == 422
    assert as_administrator.post(address, lock).status_code == 302
    assert TargetPeriod.objects.get().locked_at is not None
    as_administrator.post(address, {**lock, "deed": "unlock", "reason": "A typing error"})

    page = as_administrator.get(address).content.decode()
    assert TargetPeriod.objects.get().locked_at is None
    assert "Agreed with the funder" in page
    assert "A typing error" in page


def marker_page(program: Program, marker: str = "gender") -> str:
    return reverse("inclusion:marker", args=[program.public_id, marker])


CLAIM = {
    "score": "2",
    "criteria": list(criteria_of("gender")),
    "justification": "Women teach women here. " * 6,
    "evidence": "https://example.org/analysis.pdf",
    "version": "0",
}


def test_a_coordinator_screens_a_program_and_reads_it_back(as_coordinator: Client, program: Program) -> None:
    assert "not screened" in as_coordinator.get(page_of(program)).content.decode()

    assert as_coordinator.post(marker_page(program), CLAIM).status_code == 302
    again = as_coordinator.post(marker_page(program), {"score": "0", "version": "0"})

    assert again.status_code == 409
    assert [(row.score, row.version) for row in DacMarker.objects.all()] == [(2, 1)]
    form = as_coordinator.get(marker_page(program))
    assert form.context["form"].initial["version"] == 1
    assert "https://example.org/analysis.pdf" in form.content.decode()
    assert "2: the main reason" in as_coordinator.get(page_of(program)).content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"score": ""}, "score"),
        ({"score": "3"}, "score"),
        ({"criteria": []}, "criteria"),
        ({"criteria": ["made_up"]}, "criteria"),
        ({"justification": "Because"}, "justification"),
        ({"evidence": ""}, "evidence"),
        ({"evidence": "javascript:alert(1)"}, "evidence"),
        ({"version": "x"}, "version"),
    ],
)
def test_a_claim_without_grounds_is_refused_at_its_field(
    as_coordinator: Client, program: Program, change: dict[str, object], field: str
) -> None:
    answer = as_coordinator.post(marker_page(program), {**CLAIM, **change})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert not DacMarker.objects.exists()


def test_there_are_two_markers(as_coordinator: Client, program: Program) -> None:
    assert as_coordinator.get(marker_page(program, "disability")).status_code == 200
    assert as_coordinator.get(marker_page(program, "biodiversity")).status_code == 404


def test_anybody_reads_every_definition_with_its_source(client: Client, real_places: None) -> None:
    page = client.get(reverse("inclusion:indicators")).content.decode()

    for each in IndicatorDefinition.objects.all():
        assert f"{each.code}, version 1" in page
    assert page.count(">To be confirmed<") == IndicatorDefinition.objects.filter(is_confirmed=False).count()
    assert "Confirmed" in page


def test_baselines_are_context_blank_where_none_was_found(client: Client, real_places: None) -> None:
    groups = client.get(reverse("inclusion:indicators")).context["baselines"]

    assert len(groups) == 7
    assert all(len({row.country_id for row in group.rows}) == 11 for group in groups)
    blank = [row for group in groups for row in group.rows if row.value is None]
    assert {"SG", "TL"} <= {row.country_id for row in blank}


def test_an_earlier_version_stays_on_the_page(client: Client) -> None:
    old = IndicatorDefinition.objects.get(code="OUT-RATE")
    IndicatorDefinition.objects.filter(pk=old.pk).update(valid_to=date(2026, 6, 30), name="The old words")
    new = {name: getattr(old, name) for name in ("standard", "formula", "unit", "direction", "level")}
    IndicatorDefinition.objects.create(
        code=old.code, version=2, name="New words", is_confirmed=True, valid_from=date(2026, 7, 1), **new
    )

    page = client.get(reverse("inclusion:indicators")).content.decode()

    assert "Earlier versions" in page
    assert "The old words" in page
    assert "OUT-RATE, version 2" in page
