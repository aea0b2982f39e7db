"""Every status has its row in the table of its machine, and a way to be reached."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from apps.core.lifecycle import Lifecycle

DRAWINGS = (Path(__file__).resolve().parents[2] / "docs" / "lifecycles.md").read_text()
MACHINES = [
    (model, name.removesuffix("_LIFECYCLE").lower())
    for model in apps.get_models()
    for name in vars(model)
    if name.endswith("_LIFECYCLE")
]
machines = pytest.mark.parametrize(
    ("model", "field"), MACHINES, ids=[f"{model.__name__}.{field}" for model, field in MACHINES]
)


def table(model: type[models.Model], field: str) -> Lifecycle:
    return getattr(model, f"{field.upper()}_LIFECYCLE")


def test_the_machines_are_found() -> None:
    names = {model.__name__ for model, _field in MACHINES}

    assert {"Application", "Offer", "Enrolment", "Award", "Disbursement", "Trainer"} <= names


@machines
def test_the_table_knows_every_status_and_no_other(model: type[models.Model], field: str) -> None:
    choices = {value for value, _label in model._meta.get_field(field).choices or ()}

    assert set(table(model, field).moves) == choices


@machines
def test_every_status_can_be_reached_from_the_first(model: type[models.Model], field: str) -> None:
    lifecycle = table(model, field)
    default = model._meta.get_field(field).default
    first = default if default in lifecycle.moves else next(iter(lifecycle.moves))
    reached = waiting = {str(first)}
    while waiting:
        waiting = {after for status in waiting for after in lifecycle.moves[status]} - reached
        reached = reached | waiting

    assert reached == set(lifecycle.moves)


@machines
def test_the_drawing_shows_every_move_and_no_other(model: type[models.Model], field: str) -> None:
    name = f"`{model._meta.app_label}.{model.__name__}`"
    (drawing,) = [section for section in DRAWINGS.split("\n## ") if name in section]
    drawn = set(re.findall(r"^    (\w+) --> (\w+)$", drawing, re.MULTILINE))

    moves = table(model, field).moves
    assert drawn == {(before, after) for before, afters in moves.items() for after in afters}
