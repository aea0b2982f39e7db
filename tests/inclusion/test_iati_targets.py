"""What a program aims at quarter by quarter stands in its activity file, in the period it is for."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.core.actors import IMPORTER, Actor, user_actor
from apps.inclusion.models import IatiOrganisation, IndicatorDefinition, IndicatorTarget
from apps.inclusion.services import load_definitions, set_target
from apps.programs.models import InclusionTarget, Program
from tests.factories.inclusion import split, tell_figures
from tests.factories.programs import IntakeFactory, ProgramFactory
from tests.inclusion.iati_rules import broken_rules
from tests.inclusion.test_iati import NOW, SCHEMA, actuals, told, written
from tests.inclusion.test_iati import program as program
from tests.inclusion.test_iati import publisher as publisher

pytestmark = pytest.mark.django_db
Q3, Q4, NEXT = date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31)
FIRST_DAY = "2026-01-12"
CODES = ("OUT-APP", "OUT-ENR", "OUT-COMP", "OUT-SHARE-W", "OUT-SHARE-R", "OUT-SHARE-D")


@pytest.fixture
def administrator(staff: Callable[..., User], publisher: IatiOrganisation) -> Actor:
    load_definitions(actor=IMPORTER)
    return user_actor(staff(Role.ADMINISTRATOR))


def aim(actor: Actor, program: Program, code: str, period: date, value: str | None) -> None:
    set_target(
        definition=IndicatorDefinition.objects.in_force().get(code=code),
        scope="program",
        scope_key=program.slug,
        period=period,
        value=None if value is None else Decimal(value),
        actor=actor,
    )


def periods(root: etree._Element, code: str) -> dict[tuple[str, str], tuple[list[str], int]]:
    """Of one indicator: first and last day of each period → values of its targets, and how many actuals."""
    return {
        (each.find("period-start").get("iso-date"), each.find("period-end").get("iso-date")): (
            [target.get("value") for target in each.iterfind("target")],
            len(each.findall("actual")),
        )
        for each in root.xpath(f"//indicator[reference/@code='{code}']/period")
    }


def test_targets_stand_in_the_period_they_are_for(program: Program, administrator: Actor) -> None:
    for code, period, value in (
        ("OUT-ENR", Q3, "100"),
        ("OUT-ENR", Q4, "250"),
        ("OUT-SHARE-W", Q4, "45.5"),
        ("OUT-SHARE-W", NEXT, "48"),
        ("OUT-SHARE-R", NEXT, "30"),
        ("OUT-RATE", Q4, "80"),
    ):
        aim(administrator, program, code, period, value)

    root = written(told(program, {"enrolled": {("", ""): 240, **split("gender", 130, 105, 5)}}))

    assert SCHEMA.validate(root), SCHEMA.error_log
    assert broken_rules(root, NOW.date()) == []
    now, later = (FIRST_DAY, "2026-12-31"), (FIRST_DAY, "2027-03-31")
    assert periods(root, "OUT-ENR") == {now: (["250"], 4)}
    assert periods(root, "OUT-SHARE-W") == {now: (["45.5"], 1), later: (["48"], 0)}
    assert periods(root, "OUT-SHARE-R") == {later: (["30"], 0)}
    assert root.xpath("//reference/@code") == ["OUT-ENR", "OUT-SHARE-W", "OUT-SHARE-R"]


def test_a_hidden_figure_is_left_out_beside_its_target(program: Program, administrator: Actor) -> None:
    aim(administrator, program, "OUT-COMP", Q4, "40")
    aim(administrator, program, "OUT-SHARE-D", Q4, "10")
    figures = {
        "enrolled": {("", ""): 60, **split("disability", None, None, None)},
        "completed": {("", ""): None, **split("gender", None, None, None)},
    }

    root = written(told(program, figures))

    assert SCHEMA.validate(root), SCHEMA.error_log
    assert periods(root, "OUT-COMP") == {(FIRST_DAY, "2026-12-31"): (["40"], 0)}
    assert periods(root, "OUT-SHARE-D") == {(FIRST_DAY, "2026-12-31"): (["10"], 0)}


def test_within_a_quarter_its_target_has_a_period_of_its_own(program: Program, administrator: Actor) -> None:
    """What intakes aim at, 50 %, is for however long is counted; the quarter's is for its last day."""
    aim(administrator, program, "OUT-SHARE-W", Q4, "45")
    release = told(program, {"enrolled": {("", ""): 240, **split("gender", 130, 105, 5)}})
    release.as_of = date(2026, 11, 20)

    root = written(release)

    assert periods(root, "OUT-SHARE-W") == {
        (FIRST_DAY, "2026-11-20"): (["50"], 1),
        (FIRST_DAY, "2026-12-31"): (["45"], 0),
    }


def test_only_its_own_current_targets_are_a_programs(program: Program, administrator: Actor) -> None:
    InclusionTarget.objects.all().delete()
    aim(administrator, program, "OUT-ENR", Q4, "250")
    aim(administrator, program, "OUT-ENR", Q4, None)
    aim(administrator, program, "OUT-SHARE-R", Q4, "30")
    aim(administrator, program, "OUT-SHARE-R", Q4, "40")
    aim(administrator, ProgramFactory(), "OUT-APP", Q4, "7")
    definition = IndicatorDefinition.objects.in_force().get(code="OUT-COMP")
    for scope, key in (("kind", program.kind), ("all", "")):
        set_target(
            definition=definition,
            scope=scope,
            scope_key=key,
            period=Q4,
            value=Decimal(9),
            actor=administrator,
        )

    root = written(told(program, {"offered": {("", ""): 240}}))

    assert root.xpath("//target/@value") == ["40"]


def sectors(root: etree._Element) -> list[str]:
    return root.xpath("//sector[@vocabulary='8']/@code")


def test_equal_access_is_said_of_programs_that_aim_at_groups(program: Program, administrator: Actor) -> None:
    InclusionTarget.objects.all().delete()
    release = told(program, {"enrolled": {("", ""): 240}})

    aim(administrator, program, "OUT-ENR", Q4, "250")
    without = sectors(written(release))
    aim(administrator, program, "OUT-SHARE-R", NEXT, "30")

    assert (without, sectors(written(release))) == ([], ["4.5"])


aims = st.dictionaries(
    st.tuples(st.sampled_from(CODES), st.sampled_from([Q3, Q4, NEXT, date(2027, 6, 30)])),
    st.integers(0, 100).map(str),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(aims=aims, enrolled=st.none() | st.integers(0, 40).map(lambda n: 5 * n))
def test_any_targets_validate_and_each_stands_once(
    program: Program, administrator: Actor, aims: dict[tuple[str, date], str], enrolled: int | None
) -> None:
    InclusionTarget.objects.all().delete()
    IndicatorTarget.objects.all().delete()
    for (code, period), value in aims.items():
        aim(administrator, program, code, period, value)

    root = written(told(program, {"enrolled": {("", ""): enrolled}}))

    assert SCHEMA.validate(root), SCHEMA.error_log
    assert broken_rules(root, NOW.date()) == []
    found = {
        (code, date.fromisoformat(end)): value
        for code in CODES
        for (_start, end), (values, _actuals) in periods(root, code).items()
        for value in values
    }
    assert found == {each: value for each, value in aims.items() if each[1] >= Q4}
    assert actuals(root, "OUT-ENR") == ({frozenset(): str(enrolled)} if enrolled is not None else {})


@pytest.mark.parametrize("programs", [1, 4])
def test_targets_of_any_number_of_programs_are_read_in_one_statement(
    programs: int, program: Program, administrator: Actor, django_assert_max_num_queries: Callable
) -> None:
    release = told(program, {"enrolled": {("", ""): 250}})
    for number in range(programs):
        more = ProgramFactory(organisation=program.organisation)
        IntakeFactory(program=more, starts_on=date(2026, 1, 1))
        tell_figures(release, {"enrolled": {("", ""): 250}}, scope="program", scope_key=more.slug)
        aim(administrator, more, "OUT-ENR", Q4, str(number))

    with django_assert_max_num_queries(10):
        assert len(written(release).xpath("//target[../../reference/@code='OUT-ENR']")) == programs
