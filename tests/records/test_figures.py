"""The three published sets, imported, say exactly what an independent count of their files says."""

import csv
import io
import lzma
from collections import Counter
from pathlib import Path

import pytest

from apps.core.actors import SYSTEM
from apps.enrolments.models import Enrolment
from apps.events.models import Delivery
from apps.inclusion.models import ReleasedFigure
from apps.inclusion.selectors import raw_counts
from apps.inclusion.services import release_figures
from apps.notifications.models import Message
from apps.programs.models import Intake
from apps.records.selectors import DATA

pytestmark = pytest.mark.django_db


def rows_of(name: str) -> list[dict[str, str]]:
    """The shipped file as the csv module reads it: nothing of the importer is used."""
    with lzma.open(Path(DATA) / name, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(io.StringIO(lines.read())))


def test_open_university_counts_equal_an_independent_count(loaded: None) -> None:
    rows = rows_of("open-university-registrations.csv.xz")
    assert len(rows) == 32_593
    assert len({row["id_student"] for row in rows}) == 28_785
    course = [row for row in rows if (row["code_module"], row["code_presentation"]) == ("BBB", "2014J")]
    passed = Counter(row["gender"] for row in course if row["final_result"] in ("Pass", "Distinction"))
    intake = Intake.objects.get(slug="2014J", program__slug="BBB")

    by_gender = raw_counts(program=intake.program.slug, intake=intake.slug, by=["gender"])
    by_disability = raw_counts(program=intake.program.slug, intake=intake.slug, by=["disability"])

    women = next(row for row in by_gender["groups"] if row["gender"] == "woman")
    disabled = next(row for row in by_disability["groups"] if row["disability"] == "yes")
    assert by_gender["totals"]["enrolled"] == len(course) == 2292
    assert women["enrolled"] == sum(row["gender"] == "F" for row in course) == 2018
    assert disabled["enrolled"] == sum(row["disability"] == "Y" for row in course) == 190
    assert by_gender["totals"]["completed"] == sum(passed.values()) == 1152
    assert women["completed"] == passed["F"] == 1022
    assert (
        by_gender["totals"]["withdrawn"] == sum(row["final_result"] == "Withdrawn" for row in course) == 749
    )
    all_of_it = Enrolment.objects.filter(intake__program__organisation=intake.program.organisation)
    assert all_of_it.count() == 32_593
    assert all_of_it.values("person").distinct().count() == 28_785


def test_history_tells_nobody_anything_and_its_release_has_no_small_figure(loaded: None) -> None:
    assert not Message.objects.exists()
    assert not Delivery.objects.exists()

    release_figures(actor=SYSTEM)

    assert ReleasedFigure.objects.filter(scope="program", is_hidden=False).exists()
    assert not ReleasedFigure.objects.filter(value__gt=0, value__lt=5).exists()
    sensitive = ReleasedFigure.objects.filter(dimension__contains="disability")
    assert not sensitive.filter(value__gt=0, value__lt=10).exists()
