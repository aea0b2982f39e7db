"""A file comes in whole or not at all, once, and only where it belongs."""

import csv
import dataclasses
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from apps.accounts.models import Organisation
from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.enrolments.models import Enrolment
from apps.events.models import EventRecord
from apps.people.models import Person
from apps.programs.models import Intake, Program
from apps.records.enums import ImportStatus
from apps.records.models import ImportRun
from apps.records.rules.reading import Limits
from apps.records.selectors import shipped_mappings
from apps.records.services.checking import (
    KEPT_FOR,
    check_records,
    discard_check,
    forget_stale_checks,
    import_checked,
)
from tests.bad_input import DATES, HARMLESS_TEXTS, NUMBERS, TEXTS
from tests.factories.accounts import OrganisationFactory
from tests.factories.programs import ProgramFactory
from tests.records.conftest import COLUMNS, line, text, upload

Run = Callable[..., ImportRun]


def codes(run: ImportRun) -> list[tuple[int, str]]:
    return [(problem["row"], problem["code"]) for problem in run.problems]


def test_a_row_makes_its_program_intake_person_and_enrolment(
    run_import: Run, organisation: Organisation
) -> None:
    run = run_import(line())

    enrolment = Enrolment.objects.select_related("intake__program", "person").get()
    program = enrolment.intake.program
    assert (run.status, run.rows_new) == (ImportStatus.IMPORTED, 1)
    assert (program.slug, program.title, program.is_listed) == ("welding", {"en": "Welding"}, False)
    assert program.organisation == organisation
    assert (enrolment.intake.name, enrolment.intake.seats_taken) == ({"en": "Year 2020"}, 1)
    assert (enrolment.status, str(enrolment.ended_on)) == ("completed", "2020-06-30")
    assert (enrolment.person.country_id, enrolment.person.full_name) == ("TH", "")


def test_the_same_file_again_adds_nothing(run_import: Run) -> None:
    lines = [line("p1"), line("p2", outcome="withdrawn", withdrawn_on="2020-02-01")]
    run_import(*lines)

    again = run_import(*lines)

    assert (again.rows_new, again.rows_unchanged) == (0, 2)
    assert (Enrolment.objects.count(), Person.objects.count(), Intake.objects.count()) == (2, 2, 1)


def test_one_bad_row_keeps_the_whole_file_out(run_import: Run) -> None:
    run = run_import(line("p1"), line("p2", outcome="finished"), line("p3", country="=TH"))

    assert run.status == ImportStatus.REFUSED
    assert codes(run) == [(3, "value_unknown"), (4, "formula")]
    assert (run.rows_new, Person.objects.count(), Program.objects.count()) == (0, 0, 0)
    assert not EventRecord.objects.filter(name="RecordsImported").exists()


def test_a_mapping_may_allow_a_few_bad_rows(run_import: Run) -> None:
    lenient = dataclasses.replace(shipped_mappings()["participants"], bad_rows_allowed=1)

    run = run_import(line("p1"), line("p2", outcome="finished"), mapping=lenient)

    assert (run.status, run.rows_new, run.problems_found) == (ImportStatus.IMPORTED, 1, 1)


def test_an_unreadable_file_is_refused_and_its_reason_kept(run_import: Run) -> None:
    run = run_import(content=b"a;b\n1;2\n")

    assert run.status == ImportStatus.REFUSED
    assert "“program” is missing" in run.fault_in_words


def test_a_file_that_turns_unreadable_half_way_leaves_nothing(run_import: Run) -> None:
    people = [line(f"p{n}") for n in range(3)]

    run = run_import(content=text(*people) + b'"never closed', limits=Limits())

    assert run.status == ImportStatus.REFUSED
    assert run.fault["code"] == "bad_quotes"
    assert not Person.objects.exists()


def test_the_same_person_twice_in_one_intake_is_told_with_the_row(run_import: Run) -> None:
    assert codes(run_import(line("p1"), line("p1"))) == [(3, "row_twice")]


def test_a_record_that_differs_from_the_imported_one_is_told_and_not_changed(run_import: Run) -> None:
    run_import(line("p1"))

    run = run_import(line("p1", outcome="not_completed"))

    assert codes(run) == [(2, "already_different")]
    assert Enrolment.objects.get().status == "completed"


def test_rows_that_contradict_each_other_about_an_intake_are_told(run_import: Run) -> None:
    run = run_import(line("p1"), line("p2", intake_starts_on="2020-01-16"), line("p3", kind="cohort"))

    assert codes(run) == [(3, "intake_contradicts"), (4, "other_kind")]


def test_people_of_two_organisations_with_the_same_key_stay_two(run_import: Run) -> None:
    other = OrganisationFactory()
    run_import(line("p1"))

    run = run_import(line("p1"), at=other)

    assert run.rows_new == 1
    assert Person.objects.count() == 2
    assert set(Program.objects.values_list("slug", flat=True)) == {"welding", f"welding-{other.pk}"}


def test_an_import_never_writes_into_a_program_that_was_not_imported(
    run_import: Run, organisation: Organisation
) -> None:
    running = ProgramFactory(organisation=organisation, slug="welding")

    run_import(line("p1"))

    assert Enrolment.objects.get().intake.program_id != running.pk
    assert not Intake.objects.filter(program=running).exists()


def test_a_person_may_take_part_in_several_intakes(run_import: Run) -> None:
    second = {"intake": "2021", "intake_title": "Year 2021", "intake_starts_on": "2021-01-15"}

    run_import(line("p1"), line("p1", **second, intake_ends_on="2021-06-30", completed_on=""))

    assert (Person.objects.count(), Enrolment.objects.count()) == (1, 2)


def test_keys_in_other_scripts_and_very_long_keys_are_kept_apart(run_import: Run) -> None:
    lines = [line("p" * 80, program=f"เชื่อม{'ก' * 40}{n}", intake="รุ่น " + "๑" * 40) for n in range(2)]

    run = run_import(*lines)

    assert (run.status, run.rows_new, Program.objects.count()) == (ImportStatus.IMPORTED, 2, 2)
    assert run_import(*lines).rows_new == 0


def test_checking_leaves_a_report_and_a_sealed_copy_and_nothing_else(
    organisation: Organisation, actor: Actor, real_places: None, own_media: Path
) -> None:
    run = check_records(
        mapping_name="participants", upload=upload(line("secret-key")), organisation=organisation, actor=actor
    )

    kept = (own_media / run.kept_as).read_bytes()
    assert (run.status, run.rows_new) == (ImportStatus.CHECKED, 1)
    assert not Person.objects.exists()
    assert b"secret-key" not in kept


def test_a_checked_file_is_imported_once_and_its_copy_deleted(
    organisation: Organisation,
    actor: Actor,
    real_places: None,
    own_media: Path,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    run = check_records(
        mapping_name="participants", upload=upload(line()), organisation=organisation, actor=actor
    )
    kept = own_media / run.kept_as

    with django_capture_on_commit_callbacks(execute=True):
        imported = import_checked(run=ImportRun.objects.get(pk=run.pk), actor=actor)

    assert (imported.status, Enrolment.objects.count()) == (ImportStatus.IMPORTED, 1)
    assert not kept.exists()
    with pytest.raises(Conflict):
        import_checked(run=run, actor=actor)
    assert EventRecord.objects.filter(name="RecordsImported", subject_id=run.pk).count() == 1


def test_a_discarded_check_cannot_be_imported(
    organisation: Organisation, actor: Actor, real_places: None, own_media: Path
) -> None:
    run = check_records(
        mapping_name="participants", upload=upload(line()), organisation=organisation, actor=actor
    )
    discard_check(run=ImportRun.objects.get(pk=run.pk), actor=actor)

    with pytest.raises(Conflict):
        import_checked(run=run, actor=actor)
    assert not Enrolment.objects.exists()


def test_a_check_of_yesterday_is_dropped_with_its_copy(
    organisation: Organisation, actor: Actor, real_places: None, own_media: Path
) -> None:
    run = check_records(
        mapping_name="participants", upload=upload(line()), organisation=organisation, actor=actor
    )
    ImportRun.objects.update(created_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))

    assert forget_stale_checks() == 1
    assert ImportRun.objects.filter(status=ImportStatus.DISCARDED, finished_at__lte=Now()).exists()
    assert not (own_media / run.kept_as).exists()


def test_an_empty_upload_is_refused_at_its_field(organisation: Organisation, actor: Actor) -> None:
    empty = upload()
    empty.size = 0

    with pytest.raises(Invalid) as caught:
        check_records(mapping_name="participants", upload=empty, organisation=organisation, actor=actor)
    assert "file" in caught.value.fields


def test_no_value_in_any_column_breaks_an_import(run_import: Run) -> None:
    lenient = dataclasses.replace(shipped_mappings()["participants"], bad_rows_allowed=10**6)
    values = [
        value for value in (*NUMBERS, *DATES, *TEXTS, *HARMLESS_TEXTS, "ก" * 9_999) if len(value) < 10**5
    ]
    good = dict(zip(COLUMNS.split(","), line().split(","), strict=True))
    sheet = io.StringIO()
    rows = csv.DictWriter(sheet, list(good))
    rows.writeheader()
    for column in good:
        for number, value in enumerate(values):
            rows.writerow({**good, "person": f"{column} {number}", column: value})

    run = run_import(content=sheet.getvalue().encode(), mapping=lenient)

    assert run.status == ImportStatus.IMPORTED
    assert run.rows_read == len(good) * len(values)
    assert Enrolment.objects.count() == run.rows_new > 0
