"""The coordinator's way through an import, and what bad files and strangers get."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.enrolments.models import Enrolment
from apps.records.enums import ImportStatus
from apps.records.models import ImportRun
from apps.records.selectors import shipped_mappings
from tests.factories.accounts import OrganisationFactory
from tests.records.conftest import line, text, upload

NEW = "records:import-new"


@pytest.fixture
def send(as_coordinator: Client, organisation: Organisation, real_places: None, own_media: Path) -> Callable:
    def post(file: object, mapping: str = "participants", **extra: object) -> object:
        values = {"mapping": mapping, "file": file, "organisation": organisation.pk} | extra
        return as_coordinator.post(reverse(NEW), values)

    return post


@pytest.fixture
def checked(send: Callable) -> ImportRun:
    assert send(upload(line("p1"), line("p2"))).status_code == 302
    return ImportRun.objects.get()


def _address(name: str, run: ImportRun) -> str:
    return reverse(f"records:{name}", args=[run.public_id])


def test_a_good_file_is_checked_reported_and_imported(as_coordinator: Client, checked: ImportRun) -> None:
    report = as_coordinator.get(_address("import-detail", checked))
    assert "Import 2 records" in report.content.decode()
    assert not Enrolment.objects.exists()

    after = as_coordinator.post(_address("import-confirm", checked), follow=True)

    assert "2 records imported." in after.content.decode()
    assert Enrolment.objects.count() == 2


def test_a_second_click_imports_nothing_more(as_coordinator: Client, checked: ImportRun) -> None:
    as_coordinator.post(_address("import-confirm", checked))

    again = as_coordinator.post(_address("import-confirm", checked), follow=True)

    assert again.status_code == 200
    assert "imported or discarded already" in again.content.decode()
    assert Enrolment.objects.count() == 2


def test_a_bad_row_is_reported_with_its_number_and_cannot_be_imported(
    as_coordinator: Client, send: Callable
) -> None:
    send(upload(line("p1"), line("p2", outcome="<b>gone</b>")))
    run = ImportRun.objects.get()

    page = as_coordinator.get(_address("import-detail", run)).content.decode()

    assert run.status == ImportStatus.REFUSED
    assert "&lt;b&gt;gone&lt;/b&gt;" in page
    assert reverse("records:import-confirm", args=[run.public_id]) not in page
    as_coordinator.post(_address("import-confirm", run))
    assert not Enrolment.objects.exists()


def test_a_discarded_file_leaves_the_list_with_its_status(as_coordinator: Client, checked: ImportRun) -> None:
    page = as_coordinator.post(_address("import-discard", checked), follow=True)

    assert "Discarded" in page.content.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04workbook",
        b"\xff\xfea\x00",
        b"\x1f\x8bcut",
        b"\xfd7zXZ\x00cut",
        b"\x28\xb5\x2f\xfdcut",
        b"\x00" * 100,
        b"kind,program\n",
        b"\xef\xbb\xbf",
        gzip.compress(b"0" * 3_000_000),
        text(line()).replace(b",", b";"),
        text(line() + '"'),
        text(line("p\x00")),
    ],
    ids=range(12),
)
def test_a_file_that_is_no_table_gets_a_reason_and_never_an_error_page(
    as_coordinator: Client, send: Callable, content: bytes
) -> None:
    response = send(SimpleUploadedFile("x.csv", content))
    run = ImportRun.objects.get()

    assert response.status_code == 302
    assert run.status == ImportStatus.REFUSED
    assert run.fault_in_words
    assert as_coordinator.get(_address("import-detail", run)).status_code == 200


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"file": SimpleUploadedFile("x.csv", b"")}, "id_file"),
        ({"file": ""}, "id_file"),
        ({"mapping": "../../etc/passwd"}, "id_mapping"),
        ({"mapping": "\x00"}, "id_mapping"),
        ({"organisation": "9" * 30}, "id_organisation"),
    ],
)
def test_a_bad_field_is_told_at_the_field(send: Callable, values: dict, field: str) -> None:
    response = send(**({"file": upload(line())} | values))

    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert field in response.content.decode() or field == "id_organisation"
    assert not ImportRun.objects.exists()


def test_a_name_cannot_lead_out_of_the_folder_or_break_the_page(
    as_coordinator: Client, send: Callable
) -> None:
    send(upload(line(), name="../../\u202egnp.<script>.csv" + "x" * 300))

    run = ImportRun.objects.get()

    assert "/" not in run.file_name
    assert "\u202e" not in run.file_name
    assert len(run.file_name) <= 150
    assert "<script>." not in as_coordinator.get(reverse("records:import-list")).content.decode()


def test_records_can_only_be_sent_for_an_organisation_of_ones_own(send: Callable) -> None:
    assert send(upload(line()), organisation=OrganisationFactory().pk).status_code == 422
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("name", ["import-detail", "import-confirm", "import-discard"])
def test_runs_of_another_organisation_are_not_found(
    checked: ImportRun, staff: Callable[..., User], signed_in: Callable[[User], Client], name: str
) -> None:
    stranger = signed_in(staff(Role.COORDINATOR, at=OrganisationFactory()))
    method = stranger.get if name == "import-detail" else stranger.post

    assert method(_address(name, checked)).status_code == 404
    assert ImportRun.objects.get().status == ImportStatus.CHECKED


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRAINER, Role.FUNDER, Role.ADMINISTRATOR])
def test_other_roles_cannot_import(
    staff: Callable[..., User], signed_in: Callable[[User], Client], role: Role
) -> None:
    assert signed_in(staff(role)).get(reverse(NEW)).status_code == 403


@pytest.mark.parametrize("name", sorted(shipped_mappings()))
def test_the_empty_file_of_every_kind_holds_its_columns(as_coordinator: Client, name: str) -> None:
    response = as_coordinator.get(reverse("records:empty-file", args=[name]))

    assert response["content-disposition"] == f'attachment; filename="{name}.csv"'
    assert all(column in response.content.decode("utf-8-sig") for column in shipped_mappings()[name].columns)


def test_the_empty_file_of_an_unknown_kind_is_not_found(as_coordinator: Client) -> None:
    assert as_coordinator.get(reverse("records:empty-file", args=["other"])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_questions_for_every_number_of_imports(
    as_coordinator: Client,
    organisation: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    for _ in range(rows):
        ImportRun.objects.create(
            organisation=organisation, mapping="participants", file_name="x.csv", status=ImportStatus.CHECKED
        )

    with django_assert_num_queries(4):
        assert as_coordinator.get(reverse("records:import-list")).status_code == 200
