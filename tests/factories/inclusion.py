"""Releases as they stand after disclosure control, for tests of whatever reads them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import factory
from django.utils import timezone

from apps.inclusion.enums import Cadence
from apps.inclusion.models import ParticipationFact, Release, ReleasedFigure
from apps.people.models import Person
from apps.programs.models import Intake

#: Dimension and group → count, None for hidden. ("", "") is everyone.
Groups = Mapping[tuple[str, str], int | None]


class ReleaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Release

    number = factory.Sequence(lambda n: n + 1)
    cadence = Cadence.QUARTER
    as_of = date(2026, 9, 30)
    released_at = factory.LazyFunction(timezone.now)
    threshold = 10
    small_threshold = 5
    rounding = 5
    rules_version = "test"
    fingerprint = "f" * 64
    is_built = True


def come(intake: Intake, women: int, men: int, *, on: date) -> None:
    """So many enrol on one day. Their facts are written as a rebuild writes them, without a life before them."""
    people = Person.objects.bulk_create([Person() for _number in range(women + men)])
    ParticipationFact.objects.bulk_create(
        ParticipationFact(
            person=person,
            intake=intake,
            gender="woman" if number < women else "man",
            residence="missing",
            disability="missing",
            country_code="VN",
            applied_on=on,
            offered_on=on,
            enrolled_on=on,
        )
        for number, person in enumerate(people)
    )


def tell_figures(
    release: Release,
    stages: Mapping[str, Groups],
    *,
    scope: str = "all",
    scope_key: str = "",
    **more: Any,
) -> None:
    """Write what a release tells of one scope: {"enrolled": {("", ""): 100, ("gender", "woman"): 60}}."""
    ReleasedFigure.objects.bulk_create(
        ReleasedFigure(
            release=release,
            scope=scope,
            scope_key=scope_key,
            stage=stage,
            dimension=dimension,
            group=group,
            value=value,
            is_hidden=value is None,
            **more,
        )
        for stage, groups in stages.items()
        for (dimension, group), value in groups.items()
    )


def split(dimension: str, focus: int | None, others: int | None, silent: int | None = 0) -> dict:
    """The three figures of one dimension, by the words of rules.groups."""
    words = {
        "gender": ("woman", "other"),
        "residence": ("rural", "other"),
        "disability": ("yes", "no"),
        "age": ("under_25", "other"),
    }[dimension]
    values = (focus, others, silent)
    return {(dimension, group): value for group, value in zip((*words, "not_stated"), values, strict=True)}
