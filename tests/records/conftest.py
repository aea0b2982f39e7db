"""Small files of records in our own columns."""

import io
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from apps.accounts.models import Organisation
from apps.core.actors import IMPORTER
from apps.records.models import ImportRun
from apps.records.selectors import shipped_mappings
from apps.records.services.importing import import_file

COLUMNS = (
    "kind,program,program title,intake,intake title,intake starts on,intake ends on,person,country,"
    "gender,residence,disability,outcome,started on,completed on,withdrawn on"
)


def line(person: str = "p1", **cells: str) -> str:
    values = {
        "kind": "course",
        "program": "welding",
        "program title": "Welding",
        "intake": "2020",
        "intake title": "Year 2020",
        "intake starts on": "2020-01-15",
        "intake ends on": "2020-06-30",
        "person": person,
        "country": "TH",
        "gender": "woman",
        "residence": "rural",
        "disability": "no",
        "outcome": "completed",
        "started on": "2020-01-20",
        "completed on": "2020-06-30",
        "withdrawn on": "",
    } | {name.replace("_", " "): value for name, value in cells.items()}
    return ",".join(values[column] for column in COLUMNS.split(","))


def text(*lines: str) -> bytes:
    return "\n".join([COLUMNS, *lines, ""]).encode()


def upload(*lines: str, name: str = "people.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text(*lines), content_type="text/csv")


@pytest.fixture
def own_media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def run_import(organisation: Organisation, real_places: None) -> Callable[..., ImportRun]:
    """Import lines of our own columns as an operator would."""

    def run(
        *lines: str, content: bytes | None = None, at: Organisation | None = None, **options: object
    ) -> ImportRun:
        mapping = options.pop("mapping", shipped_mappings()["participants"])
        return import_file(
            mapping=mapping,  # type: ignore[arg-type]
            packed=io.BytesIO(content if content is not None else text(*lines)),
            file_name="people.csv",
            organisation=at or organisation,
            actor=IMPORTER,
            **options,  # type: ignore[arg-type]
        )

    return run


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """All sets, loaded once for this module and taken away after it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("load_places", stdout=StringIO())
        call_command("load_real_sets", stdout=StringIO())
        yield
        call_command("flush", interactive=False, verbosity=0)
