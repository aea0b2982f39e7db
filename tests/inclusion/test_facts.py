"""Facts that grew by events equal facts built anew, and cells are their counts, whatever happened."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.actors import SYSTEM
from apps.inclusion.models import ParticipationCell, ParticipationFact
from apps.inclusion.rules.cube import STAGES
from apps.inclusion.services import rebuild_facts
from apps.people.models import Person
from apps.programs.models import Intake
from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory

pytestmark = pytest.mark.django_db
AGES = {"under_15": "under_25", "15_17": "under_25", "18_24": "under_25", "25_29": "25_34", "30_34": "25_34"}


def counted() -> Counter[tuple[Any, ...]]:
    """The cells as they should be, from the facts one by one."""
    found: Counter[tuple[Any, ...]] = Counter()
    for fact in ParticipationFact.objects.all():
        age = AGES.get(fact.age_band, "missing" if fact.age_band == "missing" else "over_34")
        classes = (fact.country_code, fact.gender, fact.residence, fact.disability, age)
        for stage in STAGES:
            if day := getattr(fact, f"{stage}_on"):
                quarter = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
                found[(fact.intake_id, stage, quarter, *classes)] += 1
    return found


def kept() -> Counter[tuple[Any, ...]]:
    names = ("intake_id", "stage", "quarter", "country_code", "gender", "residence", "disability", "age", "n")
    return Counter({tuple(row[:-1]): row[-1] for row in ParticipationCell.objects.values_list(*names)})


def fact(intake: Intake, person: Person, **more: Any) -> ParticipationFact:
    classes = {"gender": "woman", "residence": "rural", "disability": "no", "country_code": "VN"}
    return ParticipationFact(
        intake=intake, person=person, **{"applied_on": date(2026, 1, 5), **classes, **more}
    )


def test_cells_go_with_a_person_who_is_erased() -> None:
    intake, person = IntakeFactory(), PersonFactory()
    ParticipationFact.objects.bulk_create([fact(intake, person), fact(intake, PersonFactory())])

    person.delete()

    assert [cell.n for cell in ParticipationCell.objects.all()] == [1]


steps = st.lists(
    st.tuples(
        st.sampled_from(["write", "reach", "answer", "erase"]),
        st.integers(0, 4),
        st.integers(0, 1),
        st.sampled_from(STAGES[1:]),
        st.integers(0, 400),
        st.sampled_from(["woman", "man", "another", "not_said", "missing"]),
        st.sampled_from(["under_15", "18_24", "30_34", "65_plus", "missing"]),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_cells_equal_a_count_of_the_facts_after_any_history(db: None, steps: list[tuple]) -> None:
    ParticipationFact.objects.all().delete()
    intakes = [IntakeFactory() for _number in range(2)]
    people = [PersonFactory() for _number in range(5)]
    for what, who, where, stage, days, gender, age in steps:
        mine = ParticipationFact.objects.filter(person=people[who], intake=intakes[where])
        day = date(2026, 1, 1) + timedelta(days)
        if what == "write" and not mine.exists():
            ParticipationFact.objects.bulk_create([fact(intakes[where], people[who], applied_on=day)])
        elif what == "reach":
            mine.update(**{f"{stage}_on": day})
        elif what == "answer":
            ParticipationFact.objects.filter(person=people[who]).update(gender=gender, age_band=age)
        elif what == "erase":
            ParticipationFact.objects.filter(person=people[who]).delete()

    assert kept() == counted()


def test_a_thousand_facts_of_one_intake_are_counted_in_one_statement(
    django_assert_max_num_queries: Callable,
) -> None:
    intake = IntakeFactory()
    people = Person.objects.bulk_create([Person(source="t", source_key=str(n)) for n in range(1000)])

    with django_assert_max_num_queries(1):
        ParticipationFact.objects.bulk_create([fact(intake, person) for person in people], batch_size=2000)

    assert [cell.n for cell in ParticipationCell.objects.all()] == [1000]


def test_building_anew_what_nothing_stands_behind_leaves_no_cell() -> None:
    intake = IntakeFactory()
    ParticipationFact.objects.bulk_create([fact(intake, PersonFactory())])

    rebuild_facts(intake_ids=[intake.pk], actor=SYSTEM)

    assert not ParticipationCell.objects.exists()


def test_an_operator_builds_all_facts_anew(capsys: pytest.CaptureFixture) -> None:
    application = ApplicationFactory()

    call_command("rebuild_participation")

    assert capsys.readouterr().out == "1 facts\n"
    assert ParticipationFact.objects.get().person == application.person
