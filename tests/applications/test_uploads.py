"""Files in pieces: the protocol's rules, and that nothing is lost, doubled or taken from a stranger."""

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.applications.models import Application, Document, Upload
from apps.applications.rules import receiving
from apps.applications.services import finish_upload, receive
from apps.applications.services.uploads import (
    KEPT_FOR,
    MOST_UNFINISHED,
    WrongOffset,
    begin_upload,
    sweep_uploads,
)
from apps.core.actors import VISITOR
from apps.programs.models import Intake
from tests.applications.test_inspection import a_pdf
from tests.applications.uploading import SPOKEN, announce, ask, send, send_whole
from tests.factories.applications import ApplicationFactory
from tests.racing import race

pytestmark = pytest.mark.django_db
FILE = a_pdf()
SHA256 = hashlib.sha256(FILE).hexdigest()


@pytest.fixture
def upload(draft: Application) -> Upload:
    return begin(draft)


def begin(draft: Application, **changes: Any) -> Upload:
    values = {"question": "certificate", "name": "school.pdf", "length": len(FILE), "actor": VISITOR}
    return begin_upload(application=draft, **{**values, **changes})


def on_disk(upload: Upload) -> bytes:
    return Path(storages["quarantine"].path(upload.stored_as)).read_bytes()


def test_a_file_in_three_pieces_becomes_the_document_with_the_same_checksum(
    as_applicant: Client, draft: Application
) -> None:
    place = announce(as_applicant, draft, len(FILE), sha256=SHA256)["Location"]
    third = len(FILE) // 3
    for start, end in ((0, third), (third, 2 * third), (2 * third, len(FILE))):
        answer = send(as_applicant, place, start, FILE[start:end])
        assert (answer.status_code, answer["Upload-Offset"]) == (204, str(end))

    document = draft.documents.get()
    assert (document.sha256, document.name, document.question) == (SHA256, "school.pdf", "certificate")
    told = as_applicant.get(place).json()
    assert told["state"] == "kept"
    assert told["text"] == f"We have school.pdf, {len(FILE)}\xa0bytes, checked."


def test_the_quarantine_is_empty_when_the_file_has_arrived(
    as_applicant: Client, draft: Application, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send_whole(as_applicant, draft, FILE)

    assert list(Path(storages["quarantine"].path("quarantine")).iterdir()) == []


def test_what_the_server_can_do_is_told(as_applicant: Client, draft: Application) -> None:
    answer = as_applicant.options(reverse("applications:uploads", args=[draft.public_id]))

    assert answer.status_code == 204
    assert answer["Tus-Resumable"] == answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,expiration,checksum,termination"
    assert answer["Tus-Max-Size"] == "10485760"


@pytest.mark.parametrize("version", ["", "0.2.2", "2.0.0"])
def test_another_version_is_refused_before_anything_happens(
    as_applicant: Client, draft: Application, version: str
) -> None:
    answer = as_applicant.post(
        reverse("applications:uploads", args=[draft.public_id]), headers={"Tus-Resumable": version}
    )

    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


def test_a_wrong_offset_is_refused_and_the_right_one_is_told(
    as_applicant: Client, draft: Application
) -> None:
    place = announce(as_applicant, draft, len(FILE))["Location"]
    send(as_applicant, place, 0, FILE[:100])

    assert send(as_applicant, place, 0, FILE).status_code == 409
    assert send(as_applicant, place, 101, FILE[101:]).status_code == 409
    answer = ask(as_applicant, place)
    assert (answer["Upload-Offset"], answer["Upload-Length"]) == ("100", str(len(FILE)))
    assert answer["Cache-Control"] == "no-store"


def test_a_sender_that_was_killed_loses_a_second_of_bytes_and_nothing_is_mixed(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "EVERY", -1.0)

    class Killed(BaseException):
        pass

    def killed() -> Iterator[bytes]:
        yield FILE[:64]
        yield FILE[64:128]
        raise Killed

    with pytest.raises(Killed):
        receive(upload=upload, offset=0, pieces=killed(), actor=VISITOR)
    upload.refresh_from_db()
    assert upload.offset == 64
    receive(upload=upload, offset=64, pieces=[FILE[64:]], actor=VISITOR)

    assert upload.application.documents.get().sha256 == SHA256


def test_bytes_behind_the_last_record_are_cut_off(upload: Upload) -> None:
    receive(upload=upload, offset=0, pieces=[FILE[:50]], actor=VISITOR)
    with open(storages["quarantine"].path(upload.stored_as), "ab") as file:
        file.write(b"written, but never recorded")

    receive(upload=upload, offset=50, pieces=[FILE[50:]], actor=VISITOR)

    assert upload.application.documents.get().sha256 == SHA256


def test_a_slow_request_ends_in_time_and_what_came_counts(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "LONGEST", -1.0)

    after = receive(upload=upload, offset=0, pieces=[FILE[:70], FILE[70:]], actor=VISITOR)

    assert after.offset == 70


def test_a_file_that_vanished_from_the_disk_is_gone_and_said_so(
    as_applicant: Client, draft: Application
) -> None:
    place = announce(as_applicant, draft, len(FILE))["Location"]
    send(as_applicant, place, 0, FILE[:50])
    storages["quarantine"].delete(Upload.objects.get().stored_as)

    answer = send(as_applicant, place, 50, FILE[50:])

    assert answer.status_code == 410
    assert "We lost a part of this file" in answer.content.decode()
    assert ask(as_applicant, place).status_code == 410


@pytest.mark.parametrize("algorithm", ["sha256", "sha1"])
def test_a_damaged_piece_does_not_count(as_applicant: Client, draft: Application, algorithm: str) -> None:
    place = announce(as_applicant, draft, len(FILE))["Location"]
    digest = base64.b64encode(hashlib.new(algorithm, FILE[:100]).digest()).decode()
    checksum = {"Upload-Checksum": f"{algorithm} {digest}"}

    assert send(as_applicant, place, 0, b"x" + FILE[1:100], **checksum).status_code == 460
    assert ask(as_applicant, place)["Upload-Offset"] == "0"
    assert send(as_applicant, place, 0, FILE[:100], **checksum)["Upload-Offset"] == "100"


@pytest.mark.parametrize("checksum", ["md5 abcd", "sha256", "sha256 ***"])
def test_a_checksum_we_cannot_read_is_refused(
    as_applicant: Client, draft: Application, checksum: str
) -> None:
    place = announce(as_applicant, draft, len(FILE))["Location"]

    answer = send(as_applicant, place, 0, FILE, **{"Upload-Checksum": checksum})

    assert answer.status_code in (400, 460)
    assert ask(as_applicant, place)["Upload-Offset"] == "0"


def test_a_whole_file_with_another_checksum_is_refused(as_applicant: Client, draft: Application) -> None:
    _place, answer = send_whole(as_applicant, draft, FILE, sha256="0" * 64)

    assert answer.status_code == 422
    assert "changed while it was sent" in answer.content.decode()
    assert not draft.documents.exists()


def test_a_given_up_upload_is_gone(as_applicant: Client, draft: Application) -> None:
    place = announce(as_applicant, draft, len(FILE))["Location"]
    for _twice in range(2):
        assert as_applicant.delete(place, headers=SPOKEN).status_code == 204

    assert ask(as_applicant, place).status_code == 410
    assert send(as_applicant, place, 0, FILE).status_code == 410


def test_methods_can_be_told_in_a_header_where_a_proxy_knows_only_post(
    as_applicant: Client, draft: Application
) -> None:
    place = announce(as_applicant, draft, len(FILE))["Location"]

    answer = as_applicant.post(
        place,
        FILE,
        content_type="application/offset+octet-stream",
        headers={**SPOKEN, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"},
    )

    assert answer["Upload-Offset"] == str(len(FILE))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "٣"}, 400),
        ({"Upload-Length": "9" * 30}, 400),
        ({"Upload-Length": "5368709120"}, 413),
        ({"Upload-Length": "10485761"}, 413),
        ({"Upload-Length": "5", "Upload-Metadata": "filename ***"}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "filename /w=="}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "a " + "A" * 9000}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "sha256 AAAA"}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": "fingerprint AAAA"}, 400),
        ({"Upload-Length": "5"}, 422),
    ],
)
def test_an_announcement_that_makes_no_sense_is_refused(
    as_applicant: Client, draft: Application, headers: dict[str, str], status: int
) -> None:
    answer = as_applicant.post(
        reverse("applications:uploads", args=[draft.public_id]), headers={**SPOKEN, **headers}
    )

    assert answer.status_code == status
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("length", "told", "words"),
    [
        (0, {}, "This file is empty"),
        (5, {"filename": "a.exe"}, "We take PDF"),
        (5, {"filename": "a.pdf."}, "We take PDF"),
        (5, {"filename": "IMG_1.HEIC"}, "Most Compatible"),
        (5, {"filetype": "text/html"}, "We take PDF"),
        (5, {"question": "why"}, "There is no such question"),
    ],
)
def test_what_name_and_size_tell_is_refused_before_a_byte_is_sent(
    as_applicant: Client, draft: Application, length: int, told: dict[str, str], words: str
) -> None:
    answer = announce(as_applicant, draft, length, **told)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_more_than_announced_is_refused_and_nothing_of_it_counts(
    as_applicant: Client, draft: Application
) -> None:
    place = announce(as_applicant, draft, 10)["Location"]

    assert send(as_applicant, place, 0, b"x" * 11).status_code == 413
    assert ask(as_applicant, place)["Upload-Offset"] == "0"


def test_other_bodies_are_refused(as_applicant: Client, draft: Application) -> None:
    place = announce(as_applicant, draft, 10)["Location"]

    answer = as_applicant.patch(
        place, b"x", content_type="text/plain", headers={**SPOKEN, "Upload-Offset": "0"}
    )

    assert answer.status_code == 415


def test_a_stranger_finds_nothing(
    as_applicant: Client, draft: Application, signed_in: Callable[[User], Client], coordinator: User
) -> None:
    place = announce(as_applicant, draft, len(FILE))["Location"]
    for stranger in (Client(), signed_in(coordinator)):
        assert announce(stranger, draft, 5).status_code == 404
        assert ask(stranger, place).status_code == 404
        assert send(stranger, place, 0, FILE).status_code == 404
        assert stranger.get(place).status_code == 404
        assert stranger.delete(place, headers=SPOKEN).status_code == 404
        assert stranger.options(place).status_code == 404


def test_an_upload_is_found_only_under_its_own_application(
    as_applicant: Client, draft: Application, upload: Upload
) -> None:
    other = ApplicationFactory(person=draft.person, form_version=draft.form_version, status="draft")
    place = reverse("applications:upload", args=[other.public_id, upload.public_id])

    assert ask(as_applicant, place).status_code == 404


def test_the_browser_that_began_a_draft_may_send(client: Client, draft: Application) -> None:
    Application.objects.update(person=None)
    session = client.session
    session["drafts"] = [str(draft.public_id)]
    session.save()

    _place, answer = send_whole(client, draft, FILE)

    assert answer.status_code == 204
    assert draft.documents.exists()


def test_a_page_of_another_site_cannot_send(draft: Application, applicant: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(applicant, backend="apps.accounts.backends.EmailBackend")

    assert announce(client, draft, 5).status_code == 403
    assert not Upload.objects.exists()


def test_the_same_file_from_two_tabs_is_one_upload(as_applicant: Client, draft: Application) -> None:
    first = announce(as_applicant, draft, len(FILE), fingerprint=bytes.fromhex(SHA256))["Location"]
    send(as_applicant, first, 0, FILE[:60])

    second = announce(as_applicant, draft, len(FILE), fingerprint=bytes.fromhex(SHA256))

    assert (second["Location"], second["Upload-Offset"]) == (first, "60")


def test_a_sender_that_cannot_join_gets_an_upload_of_its_own(
    as_applicant: Client, draft: Application
) -> None:
    first = announce(as_applicant, draft, len(FILE), sha256=SHA256)["Location"]

    assert announce(as_applicant, draft, len(FILE), sha256=SHA256)["Location"] != first


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_announce_at_the_same_moment_get_one_upload(draft: Application) -> None:
    found = race(*[lambda: begin(draft, sha256=SHA256, can_join=True)] * 4)

    assert len({upload.pk for upload in found}) == 1
    assert Upload.objects.count() == 1
    assert len(list(Path(storages["quarantine"].path("quarantine")).iterdir())) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_of_two_senders_at_one_offset_one_writes(draft: Application, _round: int) -> None:
    upload = begin(draft)

    results = race(*[lambda: receive(upload=upload, offset=0, pieces=[FILE[:100]], actor=VISITOR)] * 4)

    assert sum(isinstance(result, Upload) for result in results) == 1
    assert sum(isinstance(result, WrongOffset) for result in results) == 3
    assert on_disk(upload) == FILE[:100]


@pytest.mark.django_db(transaction=True)
def test_while_one_sends_another_is_refused_and_takes_over_when_it_falls_silent(
    draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "EVERY", -1.0)
    upload = begin(draft)
    go_on, begun = threading.Event(), threading.Event()
    results: list[Any] = []

    def slow() -> Iterator[bytes]:
        yield FILE[:30]
        begun.set()
        go_on.wait(10)
        yield b"too late" * 3

    def first() -> None:
        try:
            results.append(receive(upload=upload, offset=0, pieces=slow(), actor=VISITOR))
        except WrongOffset as error:
            results.append(error)
        close_old_connections()

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait(10)
    with pytest.raises(WrongOffset):
        receive(upload=upload, offset=0, pieces=[FILE], actor=VISITOR)
    Upload.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    receive(upload=upload, offset=0, pieces=[FILE[:90]], actor=VISITOR)
    go_on.set()
    thread.join(10)

    assert isinstance(results[0], WrongOffset)
    receive(upload=upload, offset=90, pieces=[FILE[90:]], actor=VISITOR)
    assert draft.documents.get().sha256 == SHA256


@pytest.mark.django_db(transaction=True)
def test_finishing_many_times_at_once_is_one_document(draft: Application) -> None:
    upload = begin(draft)
    Path(storages["quarantine"].path(upload.stored_as)).write_bytes(FILE)
    Upload.objects.update(offset=len(FILE))

    results = race(*[lambda: finish_upload(upload=upload, actor=VISITOR)] * 4)

    assert {(each.status, each.document_id) for each in results} == {("kept", Document.objects.get().pk)}


def test_the_last_piece_sent_twice_is_one_document(as_applicant: Client, draft: Application) -> None:
    place, _answer = send_whole(as_applicant, draft, FILE)

    again = send(as_applicant, place, len(FILE), b"")

    assert again.status_code == 204
    assert ask(as_applicant, place)["Upload-Offset"] == str(len(FILE))
    assert Document.objects.count() == 1


def test_a_file_that_arrived_whole_while_nobody_was_there_is_finished(
    as_applicant: Client, draft: Application
) -> None:
    place = announce(as_applicant, draft, len(FILE))["Location"]
    upload = Upload.objects.get()
    Path(storages["quarantine"].path(upload.stored_as)).write_bytes(FILE)
    Upload.objects.update(offset=len(FILE))

    assert send(as_applicant, place, len(FILE), b"").status_code == 204
    assert as_applicant.get(place).json()["state"] == "kept"


def test_the_sweep_finishes_what_is_whole_and_ends_what_is_silent(draft: Application) -> None:
    whole, silent, young = begin(draft), begin(draft), begin(draft)
    Path(storages["quarantine"].path(whole.stored_as)).write_bytes(FILE)
    now = timezone.now()
    Upload.objects.filter(pk=whole.pk).update(offset=len(FILE), heard_at=now - timedelta(minutes=5))
    Upload.objects.filter(pk=silent.pk).update(heard_at=now - KEPT_FOR - timedelta(minutes=1))

    ended = sweep_uploads(now=now)

    statuses = {each.pk: each.status for each in Upload.objects.all()}
    assert ended == 1
    assert statuses == {whole.pk: "kept", silent.pk: "ended", young.pk: "receiving"}


def test_finishing_after_the_deadline_is_refused_by_our_clock(
    as_applicant: Client, draft: Application, intake: Intake
) -> None:
    place = announce(as_applicant, draft, len(FILE))["Location"]
    send(as_applicant, place, 0, FILE[:10])
    past = timezone.now() - timedelta(days=2)
    Intake.objects.update(opens_at=past - timedelta(days=9), closes_at=past, grace_minutes=1)

    answer = send(as_applicant, place, 10, FILE[10:])

    assert answer.status_code == 422
    assert "its time is over" in answer.content.decode()
    assert announce(as_applicant, draft, len(FILE)).status_code == 403
    assert not draft.documents.exists()


def test_a_sent_application_takes_no_file(as_applicant: Client, draft: Application) -> None:
    place = announce(as_applicant, draft, len(FILE))["Location"]
    Application.objects.update(status="submitted", submitted_at=timezone.now())

    assert send(as_applicant, place, 0, FILE).status_code == 422
    assert announce(as_applicant, draft, 5).status_code == 403


def test_five_hundred_files_at_once_are_stopped(as_applicant: Client, draft: Application) -> None:
    answers = [announce(as_applicant, draft, 5) for _file in range(MOST_UNFINISHED + 2)]

    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"]
    assert Upload.objects.count() == MOST_UNFINISHED


def test_an_application_has_room_for_so_many_bytes(
    as_applicant: Client, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.applications.services.uploads.MOST_BYTES", 100)
    assert announce(as_applicant, draft, 60).status_code == 201

    answer = announce(as_applicant, draft, 60)

    assert answer.status_code == 422
    assert "the most files" in answer.content.decode()


def test_the_name_shown_is_clean_and_the_place_is_ours(as_applicant: Client, draft: Application) -> None:
    announce(as_applicant, draft, 5, filename="../../etc/pass\u202ewd\r\n.pdf")

    upload = Upload.objects.get()
    assert upload.name == "passwd.pdf"
    assert upload.stored_as.startswith("quarantine/")
    assert "passwd" not in upload.stored_as
