"""Definitions come from files; what they say never changes, a change is the next version."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.core.actors import IMPORTER
from apps.core.errors import Invalid
from apps.events.models import EventRecord
from apps.inclusion.models import IndicatorDefinition
from apps.inclusion.rules.definition_rows import COLUMNS
from apps.inclusion.services import DefinitionsLoaded, load_definitions

pytestmark = pytest.mark.django_db
ROW = {
    "code": "EG.6-14",
    "standard": "US F",
    "name": "Percent of individuals who complete",
    "formula": "completed ÷ started",
    "unit": "percent",
    "direction": "up",
    "level": "outcome",
    "confirmed": "no",
    "verified_note": "To be confirmed with the funder",
    "valid_from": "2026-01-01",
}


def write(folder: Path, *changes: dict[str, str]) -> Path:
    file = folder / "list.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS)
        writer.writeheader()
        writer.writerows({**ROW, **change} for change in changes)
    return file


def test_what_ships_loads_once_and_marks_the_us_list_as_unconfirmed() -> None:
    first, again = load_definitions(actor=IMPORTER), load_definitions(actor=IMPORTER)

    assert first.new == IndicatorDefinition.objects.count() == again.same
    assert (first.changed, again.new, again.changed) == (0, 0, 0)
    theirs = IndicatorDefinition.objects.filter(standard="US F")
    assert theirs.count() == 12
    assert not theirs.filter(is_confirmed=True).exists()
    assert all("confirmed with the funder" in each.verified_note for each in theirs)
    assert EventRecord.objects.filter(name="IndicatorDefined").count() == first.new


def test_a_changed_row_is_the_next_version_and_the_one_before_stays_as_it_was(tmp_path: Path) -> None:
    load_definitions(files=[write(tmp_path, {})], actor=IMPORTER)
    changed = write(
        tmp_path, {"name": "Percent who complete in time", "confirmed": "yes", "valid_from": "2027-01-01"}
    )

    done = load_definitions(files=[changed], actor=IMPORTER)

    before, after = IndicatorDefinition.objects.order_by("version")
    assert done == DefinitionsLoaded(changed=1)
    assert (before.name, before.valid_to) == (ROW["name"], date(2026, 12, 31))
    assert (after.version, after.name, after.is_confirmed) == (2, "Percent who complete in time", True)
    assert list(IndicatorDefinition.objects.in_force()) == [after]
    assert load_definitions(files=[write(tmp_path, {})], actor=IMPORTER) == DefinitionsLoaded(same=1)


def test_other_words_from_the_same_day_are_refused_and_nothing_is_loaded(tmp_path: Path) -> None:
    load_definitions(files=[write(tmp_path, {})], actor=IMPORTER)
    mixed = write(tmp_path, {"code": "NEW-1"}, {"formula": "something else"})

    with pytest.raises(Invalid, match=r"EG\.6-14: a new wording needs a day after 2026-01-01"):
        load_definitions(files=[mixed], actor=IMPORTER)

    assert IndicatorDefinition.objects.get().formula == ROW["formula"]


def test_one_code_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"more than one row for EG\.6-14"):
        load_definitions(files=[write(tmp_path, {}, {"name": "Other"})], actor=IMPORTER)


def test_the_command_loads_a_list_and_says_what_is_wrong_with_one(tmp_path: Path) -> None:
    told = StringIO()
    call_command("load_indicators", str(write(tmp_path, {})), stdout=told)

    assert told.getvalue().strip() == "1 new indicators, 0 new versions, 0 as they were"
    with pytest.raises(CommandError, match=r"list\.csv: row 2: unit cannot be cows"):
        call_command("load_indicators", str(write(tmp_path, {"unit": "cows"})))
    with pytest.raises(CommandError, match="nowhere"):
        call_command("load_indicators", str(tmp_path / "nowhere.csv"))
