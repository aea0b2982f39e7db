"""A score of a policy marker is a claim: justified in writing, with a link, and never changed afterwards."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from apps.accounts.models import Organisation
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid, NotAllowed
from apps.events.models import EventRecord
from apps.inclusion.models import DacMarker
from apps.inclusion.rules.markers import ASKED, criteria_of
from apps.inclusion.selectors import markers_of
from apps.inclusion.services import screen_program
from apps.programs.models import Program
from tests.factories.programs import ProgramFactory

pytestmark = pytest.mark.django_db
WHY = "Women teach women here: the program exists so that girls from villages learn to work with data, and measures it."
LINK = "https://example.org/gender-analysis.pdf"


@pytest.fixture
def program(organisation: Organisation) -> Program:
    return ProgramFactory(organisation=organisation)


def screen(program: Program, actor: Actor, score: int = 2, **more: Any) -> DacMarker:
    values = {
        "marker": "gender",
        "criteria": criteria_of("gender"),
        "justification": WHY,
        "evidence": LINK,
        "version": 0,
        **more,
    }
    return screen_program(program=program, score=score, actor=actor, **values)


def test_what_nobody_screened_has_no_score(program: Program, actor: Actor) -> None:
    assert markers_of(program) == {}

    screen(program, actor, 0, criteria=[], justification="", evidence="")

    assert {marker: found.score for marker, found in markers_of(program).items()} == {"gender": 0}


def test_a_second_screening_keeps_the_first(program: Program, actor: Actor) -> None:
    first = screen(program, actor)
    second = screen(program, actor, 0, version=1)
    screen(
        program,
        actor,
        1,
        marker="disability",
        criteria=ASKED["disability"][1],
        justification=WHY,
    )

    found = markers_of(program)
    assert (found["gender"], found["gender"].version, found["disability"].score) == (second, 2, 1)
    first.refresh_from_db()
    assert (first.score, first.justification, first.evidence) == (2, WHY, LINK)
    assert EventRecord.objects.filter(name="ProgramScreened").count() == 3


def test_of_two_who_screened_at_once_the_second_is_told(program: Program, actor: Actor) -> None:
    screen(program, actor)

    with pytest.raises(Conflict):
        screen(program, actor, 0)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"justification": WHY[:99]}, "justification"),
        ({"justification": " " * 120}, "justification"),
        ({"evidence": ""}, "evidence"),
        ({"evidence": "javascript:alert(1)"}, "evidence"),
        ({"criteria": ASKED["gender"][1]}, "criteria"),
        ({"criteria": [*criteria_of("gender"), "made_up"]}, "criteria"),
        ({"score": 3}, "score"),
        ({"score": 0, "evidence": "on my desk"}, "evidence"),
        ({"marker": "biodiversity"}, "score"),
    ],
)
def test_a_claim_without_its_grounds_is_refused(
    program: Program, actor: Actor, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        screen(program, actor, **more)

    assert set(refused.value.fields) == {field}
    assert not DacMarker.objects.exists()


def test_only_those_who_run_the_program_screen_it(actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        screen(ProgramFactory(), actor)


@pytest.mark.parametrize("values", [{"justification": "x" * 99}, {"evidence": ""}, {"score": 3}])
def test_the_database_takes_no_claim_without_its_grounds(
    program: Program, actor: Actor, values: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match="marker_"):
        DacMarker.objects.create(
            **{
                "program": program,
                "marker": "gender",
                "version": 1,
                "score": 1,
                "justification": "x" * 100,
                "evidence": LINK,
                "screened_by_id": actor.user_id,
                "screened_at": timezone.now(),
                **values,
            }
        )
