"""What an operator sees on the command line."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import Organisation
from apps.enrolments.models import Enrolment
from apps.records.models import ImportRun
from tests.racing import race
from tests.records.conftest import line, text


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_bytes(text(line("p1"), line("p2")))
    return path


def _import(*args: object, **options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_records", *map(str, args), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_an_operators_own_mapping_imports_files_for_the_named_organisation(
    real_places: None, file: Path, tmp_path: Path
) -> None:
    mapping = Path(__file__).parents[2] / "apps" / "records" / "mappings" / "participants.toml"
    own = tmp_path / "our-own.toml"
    own.write_text(mapping.read_text(encoding="utf-8"), encoding="utf-8")

    out, _err = _import(own, file, organisation="Our school")

    assert out == "our-own people.csv: 2 rows read, 2 new, 0 unchanged, 0 skipped, 0 problems\n"
    assert Enrolment.objects.filter(intake__program__organisation__name="Our school").count() == 2


def test_a_dry_run_keeps_nothing_but_its_report(real_places: None, file: Path) -> None:
    out, _err = _import("participants", file, organisation="Our school", dry_run=True)

    assert "2 new" in out
    assert not Enrolment.objects.exists()
    assert ImportRun.objects.get().status == "checked"


def test_bad_rows_are_told_with_their_numbers_and_fail_the_command(real_places: None, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(text(line("p1"), line("p2", outcome="=1+1")))
    err = StringIO()

    with pytest.raises(CommandError, match=r"bad\.csv was refused"):
        call_command(
            "import_records", "participants", str(bad), "--organisation=X", stdout=StringIO(), stderr=err
        )

    assert err.getvalue().startswith("row 3 outcome")
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nothing-like-it"], "no mapping"),
        (["missing.toml"], "missing.toml"),
        (["participants"], "name the files"),
        (["participants", "/nowhere/x.csv", "--organisation=X"], "no file"),
        (["participants", __file__], "whose records"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong(db: None, args: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        _import(*args)
    assert not Organisation.objects.filter(name="").exists()


@pytest.mark.django_db(transaction=True)
def test_two_operators_with_the_same_file_import_it_once(file: Path) -> None:
    call_command("load_places", stdout=StringIO())
    Organisation.objects.create(name="Our school", kind="runs_programs")

    def run() -> str:
        return _import("participants", file, organisation="Our school")[0]

    told = race(run, run)

    assert sorted("2 new" in str(each) for each in told) == [False, True]
    assert Enrolment.objects.count() == 2
