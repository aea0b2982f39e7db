"""The three shipped sets, against counts made from the same files by plain means.

All tests that need the sets are in this file: loading them takes half a minute, and is done once.
"""

import csv
import lzma
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Count, Sum

from apps.applications.models import Application
from apps.cohorts.models import OnwardTraining, Trainer
from apps.core.actors import SYSTEM
from apps.enrolments.models import Enrolment
from apps.events.models import Delivery, EventRecord
from apps.inclusion.models import ReleasedFigure
from apps.inclusion.selectors import raw_counts
from apps.inclusion.services import release_figures
from apps.notifications.models import Message
from apps.people.models import Person
from apps.programs.models import Intake, Program
from apps.records.models import ImportRun
from apps.records.selectors import DATA

STATUS = {"Pass": "completed", "Distinction": "completed", "Withdrawn": "withdrawn", "Fail": "not_completed"}


def rows(name: str) -> list[dict[str, str]]:
    """The shipped file as the csv module reads it: nothing of the importer is used."""
    with lzma.open(DATA / f"{name}.csv.xz", "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _run(mapping: str) -> str:
    out = StringIO()
    call_command("import_records", mapping, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_open_university_intakes_hold_the_registrations_of_the_file(loaded: None) -> None:
    source = rows("open-university-registrations")
    expected = Counter((r["code_module"], r["code_presentation"], STATUS[r["final_result"]]) for r in source)

    found = Enrolment.objects.filter(source__startswith="open-university@").values_list(
        "intake__program__slug", "intake__slug", "status"
    )
    counted = {key: n for *key3, n in found.annotate(n=Count("pk")).order_by() for key in [tuple(key3)]}

    assert counted == expected
    assert sum(counted.values()) == 32_593
    assert len({key[:2] for key in counted}) == 22
    assert Person.objects.filter(source__startswith="open-university@").count() == 28_785
    assert len({r["id_student"] for r in source}) == 28_785


@pytest.mark.django_db
def test_bbb_2014j_has_the_published_counts(loaded: None) -> None:
    intake = Intake.objects.get(program__slug="BBB", slug="2014J")
    enrolments = Enrolment.objects.filter(intake=intake)

    assert enrolments.count() == intake.seats == intake.seats_taken == 2_292
    assert enrolments.filter(status="completed").count() == 1_152
    assert enrolments.filter(status="withdrawn").count() == 749
    assert not intake.program.is_listed


@pytest.mark.django_db
def test_carpentries_people_trainers_workshops_and_reach_are_those_of_the_files(loaded: None) -> None:
    badged, workshops = rows("carpentries-instructors"), rows("carpentries-workshops")
    onward = [row for row in workshops if "TTT" not in row["tag_name"]]
    program = Program.objects.get(slug="instructor-training")

    assert Trainer.objects.filter(program=program, generation=2).count() == len(badged) == 1_925
    assert Trainer.objects.filter(program=program, generation=1).count() == len(rows("carpentries-trainers"))
    assert Application.objects.filter(intake__program=program).count() == len(
        rows("carpentries-applications")
    )
    assert Enrolment.objects.filter(intake__program=program, status="completed").count() == 1_925
    held = OnwardTraining.objects.filter(program=program)
    assert held.count() == len(onward)
    assert held.aggregate(n=Sum("people_reached"))["n"] == sum(int(row["attendance"] or 0) for row in onward)
    assert held.filter(people_reached=None).count() == sum(not row["attendance"] for row in onward)
    cohorts = Intake.objects.filter(
        program=program, slug__in=[r["slug"] for r in rows("carpentries-cohorts")]
    )
    assert cohorts.count() == 191
    assert cohorts.aggregate(n=Sum("seats"))["n"] == 3_836


@pytest.mark.django_db
def test_people_keep_the_country_the_source_gives_them(loaded: None) -> None:
    badged = Counter(row["country"].replace("W3", "") or None for row in rows("carpentries-instructors"))
    people = Person.objects.filter(source__startswith="carpentries@", source_key__startswith="person-")

    counted = people.values_list("country").annotate(n=Count("pk")).order_by()

    assert dict(counted) == badged


@pytest.mark.django_db
def test_only_scholarship_holders_are_imported(loaded: None) -> None:
    holders = [row for row in rows("scholarship-students") if row["Scholarship holder"] == "1"]
    named = {"Graduate": "completed", "Dropout": "withdrawn", "Enrolled": "active"}

    counted = (
        Enrolment.objects.filter(source__startswith="uci-").values_list("status").annotate(n=Count("pk"))
    )

    assert dict(counted.order_by()) == Counter(named[row["Target"]] for row in holders)


@pytest.mark.django_db
def test_imported_history_tells_one_event_a_file_and_sends_nothing(loaded: None) -> None:
    told = ["RecordsImported", "OrganisationAdded", "ProfilesRead"]  # the last: opened to count, by intake
    about_people = EventRecord.objects.exclude(name__in=told)

    assert EventRecord.objects.filter(name="RecordsImported").count() == ImportRun.objects.count() == 7
    assert not about_people.exists()
    assert not Delivery.objects.exclude(event__name__in=["RecordsImported", "OrganisationAdded"]).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("mapping", ["open-university", "carpentries-instructors", "carpentries-workshops"])
def test_importing_a_set_again_changes_nothing(loaded: None, mapping: str) -> None:
    before = (Person.objects.count(), Enrolment.objects.count(), Trainer.objects.count())

    assert " 0 new," in _run(mapping)
    assert (Person.objects.count(), Enrolment.objects.count(), Trainer.objects.count()) == before


@pytest.mark.django_db
def test_open_university_counts_equal_an_independent_count(loaded: None) -> None:
    registered = rows("open-university-registrations")
    assert len(registered) == 32_593
    assert len({row["id_student"] for row in registered}) == 28_785
    course = [row for row in registered if (row["code_module"], row["code_presentation"]) == ("BBB", "2014J")]
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


@pytest.mark.django_db
def test_history_tells_nobody_anything_and_its_release_has_no_small_figure(loaded: None) -> None:
    assert not Message.objects.exists()
    assert not Delivery.objects.exists()

    release_figures(actor=SYSTEM)

    assert ReleasedFigure.objects.filter(scope="program", is_hidden=False).exists()
    assert not ReleasedFigure.objects.filter(value__gt=0, value__lt=5).exists()
    sensitive = ReleasedFigure.objects.filter(dimension__contains="disability")
    assert not sensitive.filter(value__gt=0, value__lt=10).exists()
