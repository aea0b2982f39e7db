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
COUNT = "SELECT {columns} FROM inclusion_participationfact"
COUNT_PEOPLE = """
SELECT {people} FROM (SELECT {first} FROM inclusion_participationfact GROUP BY person_id) AS p
"""
#: (stage, dimension, group) → how many.
Apart = dict[tuple[str, str, str], int]


def count_apart(as_of: date) -> Apart:
    """One reading of the facts for all of these, and one for different people."""
    places = [(stage, *whom) for stage in STAGES for whom in WHOM]
    columns = ", ".join(
        f"count(*) FILTER (WHERE {stage}_on <= %(as_of)s AND {condition})"
        for stage in STAGES
        for condition in WHOM.values()
    )
    # Each person's first day at each stage: a person is in the figures once, however often they took part.
    first = ", ".join(f"min({stage}_on) AS {stage}" for stage in STAGES)
    people = ", ".join(f"count(*) FILTER (WHERE {stage} <= %(as_of)s)" for stage in STAGES)
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(columns=columns), {"as_of": as_of})
        found = dict(zip(places, cursor.fetchone(), strict=True))
        cursor.execute(COUNT_PEOPLE.format(people=people, first=first), {"as_of": as_of})
        different = cursor.fetchone()
    return found | {(stage, "people", ""): n for stage, n in zip(STAGES, different, strict=True)}
