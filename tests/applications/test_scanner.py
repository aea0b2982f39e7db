"""ClamAV by INSTREAM, with a clamd of our own that is honest, slow, away, full or finds something."""

import socket
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.applications.clamav import ScannerAway, find_harm
from apps.applications.models import Application, Document
from apps.applications.services import add_document, checking, submit_application
from apps.applications.services.checking import check_waiting_documents
from apps.core.actors import VISITOR
from apps.core.errors import Invalid
from apps.events.models import EventRecord
from tests.applications.conftest import fill_in_answers
from tests.applications.test_inspection import a_pdf
from tests.applications.uploading import send_whole
from tests.factories.applications import SectionAnswersFactory
from tests.racing import race

FOUND = b"stream: Eicar-Signature FOUND\0"
CLEAN = b"stream: OK\0"
FULL = b"INSTREAM size limit exceeded. ERROR\0"


class Clamd(socketserver.ThreadingTCPServer):
    """Speaks INSTREAM. `answer` is what it says, after `seconds`; `most` bytes are its limit."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answer, self.seconds, self.most = CLEAN, 0.0, 10**9
        self.scanned: list[bytes] = []
        self.address = f"127.0.0.1:{self.server_address[1]}"


class Conversation(socketserver.StreamRequestHandler):
    server: Clamd

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > self.server.most:
                self.wfile.write(FULL)
                return
        self.server.scanned.append(content)
        time.sleep(self.server.seconds)
        self.wfile.write(self.server.answer)


@pytest.fixture
def clamd(settings: Any) -> Iterator[Clamd]:
    with Clamd() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.CLAMAV_ADDRESS = server.address
        yield server
        server.shutdown()


@pytest.fixture
def nowhere(settings: Any) -> str:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.CLAMAV_ADDRESS = f"127.0.0.1:{closed.getsockname()[1]}"
    return settings.CLAMAV_ADDRESS


def ask(clamd: Clamd, content: bytes = b"x" * 200_000, patience: float = 5.0) -> str:
    return find_harm(content, address=clamd.address, patience=patience)


def test_what_is_clean_is_clean_and_every_byte_was_scanned(clamd: Clamd) -> None:
    assert ask(clamd, b"abc" * 100_000) == ""
    assert clamd.scanned == [b"abc" * 100_000]


def test_harm_has_a_name(clamd: Clamd) -> None:
    clamd.answer = FOUND

    assert ask(clamd) == "Eicar-Signature"


@pytest.mark.parametrize("answer", [b"", b"UNKNOWN COMMAND\0", b"stream: Can't allocate memory ERROR\0"])
def test_anything_else_is_no_verdict(clamd: Clamd, answer: bytes) -> None:
    clamd.answer = answer

    with pytest.raises(ScannerAway):
        ask(clamd)


def test_a_limit_below_ours_is_no_verdict(clamd: Clamd) -> None:
    clamd.most = 1000

    with pytest.raises(ScannerAway):
        ask(clamd, b"x" * 3_000_000)


def test_a_slow_scanner_is_given_up_in_time(clamd: Clamd) -> None:
    clamd.seconds = 3
    began = time.monotonic()

    with pytest.raises(ScannerAway):
        ask(clamd, patience=0.2)
    assert time.monotonic() - began < 1


def test_a_scanner_that_is_not_there_is_no_verdict(nowhere: str) -> None:
    with pytest.raises(ScannerAway):
        find_harm(b"x", address=nowhere, patience=1)


def test_a_unix_socket_will_do(tmp_path: Path) -> None:
    class Local(socketserver.ThreadingUnixStreamServer):
        daemon_threads = True
        answer, seconds, most, scanned = CLEAN, 0.0, 10**9, []

    path = str(tmp_path / "clamd.sock")
    with Local(path, Conversation) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        assert find_harm(b"x", address=f"unix:{path}", patience=2) == ""
        server.shutdown()


def keep(draft: Application) -> Document:
    upload = SimpleUploadedFile("school.pdf", a_pdf())
    return add_document(application=draft, question="certificate", upload=upload, actor=VISITOR)


pytestmark = pytest.mark.django_db


def test_without_a_scanner_what_passed_the_inspection_is_clean(draft: Application) -> None:
    assert keep(draft).status == "clean"


def test_a_scanner_that_answers_decides_at_once(draft: Application, clamd: Clamd) -> None:
    assert keep(draft).status == "clean"
    assert clamd.scanned == [a_pdf()]


def test_what_the_scanner_finds_is_refused_at_the_field(draft: Application, clamd: Clamd) -> None:
    clamd.answer = FOUND

    with pytest.raises(Invalid) as refused:
        keep(draft)

    assert "harmful" in str(refused.value.fields["certificate"][0])
    assert not draft.documents.exists()


def test_what_the_scanner_finds_is_refused_in_pieces_too(
    as_applicant: Client, draft: Application, clamd: Clamd
) -> None:
    clamd.answer = FOUND

    place, answer = send_whole(as_applicant, draft, a_pdf())

    assert answer.status_code == 422
    assert "harmful code" in as_applicant.get(place).json()["text"]


def test_while_the_scanner_is_away_the_file_is_received_and_the_application_sent(
    as_applicant: Client, draft: Application, nowhere: str
) -> None:
    place, answer = send_whole(as_applicant, draft, a_pdf())
    fill_in_answers(draft)
    submit_application(application=draft, submission_key=uuid4(), actor=VISITOR)

    draft.refresh_from_db()
    assert answer.status_code == 204
    assert "still checking" in as_applicant.get(place).json()["text"]
    assert draft.documents.get().status == "received"
    assert draft.submitted_at is not None


def test_nobody_waits_again_for_a_scanner_that_was_away_just_now(
    draft: Application, nowhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(draft)

    def never(*args: object, **kwargs: object) -> str:
        raise AssertionError("asked again")

    monkeypatch.setattr(checking, "find_harm", never)
    upload = SimpleUploadedFile("other.pdf", a_pdf(Lang="th"))
    other = add_document(application=draft, question="certificate", upload=upload, actor=VISITOR)
    assert other.status == "received"


def test_a_file_that_waits_is_served_to_nobody(
    as_applicant: Client, as_coordinator: Client, coordinator: User, draft: Application, nowhere: str
) -> None:
    document = keep(draft)
    Application.objects.update(status="eligible", submitted_at=timezone.now())
    draft.intake.program.organisation.memberships.create(user=coordinator, role="coordinator")
    mine = reverse("applications:document", args=[draft.public_id, document.public_id])
    staff = reverse("portal:staff-document", args=[draft.public_id, document.public_id])

    for client, address in ((as_applicant, mine), (as_coordinator, staff)):
        answer = client.get(address)
        assert answer.status_code == 409
        assert "still checking this file" in answer.content.decode()
    page = as_coordinator.get(reverse("portal:staff-application", args=[draft.public_id])).content.decode()
    assert "Being checked" in page
    assert staff not in page


def test_it_is_scanned_when_the_scanner_is_back(draft: Application, nowhere: str, settings: Any) -> None:
    document = keep(draft)
    assert check_waiting_documents() == 0
    with Clamd() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.CLAMAV_ADDRESS = server.address
        assert check_waiting_documents() == 1
        assert check_waiting_documents() == 0
        server.shutdown()

    document.refresh_from_db()
    assert document.status == "clean"
    assert EventRecord.objects.filter(name="DocumentChecked").count() == 1


def test_harm_found_later_opens_the_section_again(
    as_applicant: Client, draft: Application, clamd: Clamd
) -> None:
    document = keep(draft)
    Document.objects.update(status="received")
    section = SectionAnswersFactory(application=draft, section="plans", is_complete=True)
    clamd.answer = FOUND

    assert check_waiting_documents() == 1

    document.refresh_from_db()
    section.refresh_from_db()
    assert (document.status, section.is_complete) == ("rejected", False)
    assert EventRecord.objects.get(name="DocumentRefused").payload["document_id"] == document.pk
    address = reverse("applications:document", args=[draft.public_id, document.public_id])
    assert as_applicant.get(address).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_give_one_verdict(draft: Application, clamd: Clamd) -> None:
    keep(draft)
    Document.objects.update(status="received")
    clamd.seconds = 0.2

    assert sum(race(*[check_waiting_documents] * 3)) == 1
    assert EventRecord.objects.filter(name="DocumentChecked").count() == 1
