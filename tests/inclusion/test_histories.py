"""After any history of real deeds, facts kept by listeners are those built anew from source."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from apps.core.actors import SYSTEM
from apps.events.models import Delivery
from apps.inclusion.models import InclusionProfile, ParticipationFact
from apps.inclusion.rules.cube import STAGES
from apps.inclusion.services import rebuild_facts
from apps.people.enums import ConsentPurpose
from apps.people.models import Consent
from apps.programs.models import Intake
from tests.inclusion.histories.steps import STEPS
from tests.inclusion.histories.world import BEGINS, World, take
from tests.inclusion.test_facts import counted, kept

pytestmark = pytest.mark.django_db
COLUMNS = [field.attname for field in ParticipationFact._meta.concrete_fields]
#: A shorter history that fails is seldom easier to read and takes minutes to find.
FEW = settings(
    max_examples=17,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
#: Chapters of a history, and deeds in each. Facts are compared after each chapter, before later deeds mend them.
CHAPTERS, DEEDS = 4, 10


def facts() -> list[dict[str, Any]]:
    return list(ParticipationFact.objects.order_by("intake_id", "person_id").values(*COLUMNS))


def live(world: World, random: Random, clock: time_machine.Traveller) -> Iterator[str]:
    """Deeds of some days, those that were possible."""
    for _number in range(DEEDS):
        clock.shift(timedelta(hours=random.randrange(40)))
        step, who, where = random.choice(STEPS), random.randrange(3), random.randrange(2)
        if take(world, step, who, where, random.randrange(132)):
            yield step.__name__


def compare(world: World) -> list[dict[str, Any]]:
    """The facts, which must be those built anew as soon as listeners have heard. Cells count them at all times."""
    assert kept() == counted()
    world.hear()
    assert not Delivery.objects.filter(handler__startswith="inclusion.", handled_at=None).exists()
    grown = facts()

    rebuild_facts(intake_ids=Intake.objects.values_list("pk", flat=True), actor=SYSTEM)

    assert facts() == grown
    assert kept() == counted()
    return grown


def agreed() -> set[int]:
    given = Consent.objects.given().filter(purpose=ConsentPurpose.MONITORING)
    return set(given.values_list("person_id", flat=True))


def test_facts_kept_by_listeners_are_those_built_anew() -> None:
    """The three examples have every deed between them, whatever the others are."""
    world, done = World(), Counter[str]()

    @FEW
    @example(seed=1)
    @example(seed=3)
    @example(seed=6)
    @given(seed=st.integers(0, 2**32))
    def tell(seed: int) -> None:
        random = Random(seed)
        with world.told_once(), time_machine.travel(BEGINS, tick=False) as clock:
            for _chapter in range(CHAPTERS):
                done.update(live(world, random, clock))
                grown = compare(world)
                done.update(name for row in grown for name in STAGES if row[f"{name}_on"])
                assert set(InclusionProfile.objects.values_list("person_id", flat=True)) == agreed()

    tell()
    assert {*(step.__name__ for step in STEPS), *STAGES} <= set(done)
