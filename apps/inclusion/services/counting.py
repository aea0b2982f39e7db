"""Counting everyone for a release, from the rollup in one statement and from the facts in another."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from apps.inclusion.rules.cube import COUNTRY, INTAKE, KIND, Unit
from apps.inclusion.rules.groups import (
    AGE,
    DISABILITY,
    GENDER,
    IDENTITIES,
    NOT_STATED,
    RESIDENCE,
    SILENCE,
    SILENT,
    merged,
)

#: Everything linear at once: crossed identities by kind, one dimension at a time by intake and country.
LINEAR = """
SELECT p.kind, i.public_id::text, c.country_code, c.stage, c.gender, c.residence, c.disability, c.age,
       sum(c.n)::int,
       GROUPING(p.kind, i.public_id, c.country_code, c.gender, c.residence, c.disability, c.age)
FROM inclusion_participationcell AS c
JOIN programs_intake AS i ON i.id = c.intake_id
JOIN programs_program AS p ON p.id = i.program_id
WHERE c.quarter <= %s
GROUP BY GROUPING SETS (
    (c.stage, p.kind, c.gender, c.residence, c.disability),
    (c.stage, p.kind, c.age),
    (c.stage, i.public_id, c.gender), (c.stage, i.public_id, c.residence),
    (c.stage, i.public_id, c.disability), (c.stage, i.public_id, c.age),
    (c.stage, c.country_code, c.gender), (c.stage, c.country_code, c.residence),
    (c.stage, c.country_code, c.disability), (c.stage, c.country_code, c.age)
)
"""
UNITS = """
SELECT i.public_id::text, p.slug, p.kind
FROM programs_intake AS i
JOIN programs_program AS p ON p.id = i.program_id
WHERE EXISTS (SELECT FROM inclusion_participationcell AS c WHERE c.intake_id = i.id AND c.quarter <= %s)
ORDER BY 1
"""
COLUMNS = (KIND, INTAKE, COUNTRY, GENDER, RESIDENCE, DISABILITY, AGE)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a cube is made of (rules.cube)."""

    units: list[Unit]
    crossed: Counter[tuple[str, str, str, str]]
    single: Counter[tuple[str, str, str, str, str]]


def count_cells(as_of: date) -> Counts:
    """Everyone who came to a stage in the quarter of `as_of` or before."""
    with connection.cursor() as cursor:
        cursor.execute(UNITS, [as_of])
        units = [Unit(*row) for row in cursor.fetchall()]
        cursor.execute(LINEAR, [as_of])
        rows = cursor.fetchall()
    counts = Counts(units, Counter(), Counter())
    for *values, n, grouping in rows:
        stage = values.pop(3)
        present = dict(_present(values, grouping))
        if len(present) > 2:
            _add_crossed(counts, stage, present, n)
        else:
            (scope, key), (dimension, answer) = present.items()
            counts.single[scope, key, stage, dimension, merged(dimension, answer)] += n
    return counts


def _add_crossed(counts: Counts, stage: str, present: Mapping[str, str], n: int) -> None:
    kind = present[KIND]
    answers = {each: merged(each, present[each]) for each in IDENTITIES}
    counts.crossed[stage, answers[GENDER], answers[RESIDENCE], answers[DISABILITY]] += n
    for dimension, answer in answers.items():
        is_silent = answer == NOT_STATED
        reason = present[dimension] if is_silent else SILENT[dimension][0]
        counts.single[KIND, kind, stage, dimension, answer] += n
        counts.single[KIND, kind, stage, SILENCE[dimension], reason] += n * is_silent


def _present(values: Sequence[Any], grouping: int) -> Iterator[tuple[str, Any]]:
    """The columns a row is grouped by: PostgreSQL sets a bit, the first column's highest, for the others."""
    for place, (name, value) in enumerate(zip(COLUMNS, values, strict=True)):
        if not grouping >> (len(COLUMNS) - 1 - place) & 1:
            yield name, value
