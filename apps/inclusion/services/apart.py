"""Counts that do not add up with others: different people, answers given, other cut-offs, contradictions."""

from datetime import date

from django.db import connection

from apps.inclusion.rules.cube import STAGES

#: Dimension and group of each count, and whom it counts among those who came to a stage.
WHOM = {
    ("asked", "yes"): "was_asked",
    ("answered", "yes"): "was_asked AND has_answered",
    ("sensitivity", "ss1"): "ss1 = 'yes'",
    ("sensitivity", "ss2"): "ss2 = 'yes'",
    ("sensitivity", "ss3"): "disability = 'yes'",
    ("sensitivity", "ss4"): "ss4 = 'yes'",
    ("residence_conflict", "yes"): "residence_conflict",
    ("residence_conflict", "no"): "NOT residence_conflict",
}
ANSWERS = "was_asked, has_answered, ss1, ss2, ss4, disability, residence_conflict"
#: Facts that are alike are put together first: asking each of them for every count would take twice as long.
COUNT = """
SELECT {columns} FROM (
    SELECT {answers}, {reached}, count(*) AS n FROM inclusion_participationfact GROUP BY {answers}, {stages}
) AS alike
"""
COUNT_PEOPLE = """
SELECT {people} FROM (SELECT {first} FROM inclusion_participationfact GROUP BY person_id) AS p
"""
#: (stage, dimension, group) → how many.
Apart = dict[tuple[str, str, str], int]


def count_apart(as_of: date) -> Apart:
    """One reading of the facts for all of these, and one for different people."""
    places = [(stage, *whom) for stage in STAGES for whom in WHOM]
    columns = ", ".join(
        f"coalesce(sum(n) FILTER (WHERE {stage} AND {condition}), 0)::bigint"
        for stage in STAGES
        for condition in WHOM.values()
    )
    reached = ", ".join(f"{stage}_on <= %(as_of)s AS {stage}" for stage in STAGES)
    counts = COUNT.format(columns=columns, answers=ANSWERS, reached=reached, stages=", ".join(STAGES))
    # Each person's first day at each stage: a person is in the figures once, however often they took part.
    first = ", ".join(f"min({stage}_on) AS {stage}" for stage in STAGES)
    people = ", ".join(f"count(*) FILTER (WHERE {stage} <= %(as_of)s)" for stage in STAGES)
    with connection.cursor() as cursor:
        cursor.execute(counts, {"as_of": as_of})
        found = dict(zip(places, cursor.fetchone(), strict=True))
        cursor.execute(COUNT_PEOPLE.format(people=people, first=first), {"as_of": as_of})
        different = cursor.fetchone()
    return found | {(stage, "people", ""): n for stage, n in zip(STAGES, different, strict=True)}
