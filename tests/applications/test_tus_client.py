"""A stock tus client is the judge: tuspy sends to a live server, over lines that hang up in mid-chunk."""

import hashlib
import io
import random
import socket
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.fingerprint.fingerprint import Fingerprint
from tusclient.storage.filestorage import FileStorage

from apps.accounts.models import User
from apps.applications.models import Application, Document, Upload
from tests.applications.bad_line import bad_line

pytestmark = pytest.mark.django_db(transaction=True)
CHUNK = 64 * 1024


def a_heavy_pdf(size: int) -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page()
    noise = random.Random(7).randbytes(size)
    page.obj.Contents = pikepdf.Stream(document, b"% " + noise.hex().encode()[:size])
    kept = io.BytesIO()
    document.save(kept, compress_streams=False)
    return kept.getvalue()


FILE = a_heavy_pdf(700_000)
SHA256 = hashlib.sha256(FILE).hexdigest()
TOKEN = "a" * 32


@pytest.fixture
def headers(applicant: User) -> dict[str, str]:
    client = Client()
    client.force_login(applicant, backend="apps.accounts.backends.EmailBackend")
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    cookies = f"{django_settings.SESSION_COOKIE_NAME}={session}; csrftoken={TOKEN}"
    return {"Cookie": cookies, "X-CSRFToken": TOKEN}


@pytest.fixture
def sent() -> dict[str, Any]:
    return {"file_stream": io.BytesIO(FILE), "chunk_size": CHUNK, "metadata": TOLD}


def client_at(address: str, draft: Application, headers: dict[str, str]) -> TusClient:
    return TusClient(f"{address}{reverse('applications:uploads', args=[draft.public_id])}", headers=headers)


def settled(sender: Any) -> int:
    """The server may still be busy with a line that it does not know to be dead."""
    until = time.monotonic() + 5
    while sender.get_offset() == 0 and time.monotonic() < until:
        time.sleep(0.02)
    return int(sender.get_offset())


TOLD = {"question": "certificate", "filename": "school.pdf", "filetype": "application/pdf"}


@pytest.mark.parametrize("checksum", [False, True])
def test_a_stock_client_sends_a_file(
    live_server: Any, draft: Application, headers: dict[str, str], checksum: bool
) -> None:
    sender = client_at(live_server.url, draft, headers).uploader(
        file_stream=io.BytesIO(FILE), chunk_size=CHUNK, metadata=TOLD, upload_checksum=checksum
    )

    sender.upload()

    assert Document.objects.get().sha256 == SHA256


def test_a_stock_client_resumes_over_a_line_that_hangs_up_in_mid_chunk(
    live_server: Any, draft: Application, headers: dict[str, str], sent: dict[str, Any]
) -> None:
    with bad_line(live_server.url, [20_000, 50_000, 1_500, 66_000]) as line:
        client = client_at(f"http://{line.address}", draft, headers)
        sender = client.uploader(**{**sent, "chunk_size": 2 * CHUNK}, retries=20, retry_delay=0.1)
        sender.upload()

        assert line.dropped == 4
    assert Document.objects.get().sha256 == SHA256
    assert Upload.objects.count() == 1


def test_bytes_of_a_chunk_that_was_cut_are_not_sent_again(
    live_server: Any, draft: Application, headers: dict[str, str]
) -> None:
    with bad_line(live_server.url, [60_000]) as line:
        sender = client_at(f"http://{line.address}", draft, headers).uploader(
            file_stream=io.BytesIO(FILE), chunk_size=CHUNK, metadata=TOLD
        )
        with pytest.raises(TusCommunicationError):
            sender.upload()

        came = settled(sender)

    assert 40_000 < came < 60_000


class Paper(io.BytesIO):
    """tuspy closes what it reads a fingerprint from, and then reads it again."""

    def close(self) -> None:
        self.seek(0)


def test_a_stock_client_goes_on_after_it_was_started_anew(
    live_server: Any, draft: Application, headers: dict[str, str], tmp_path: Path
) -> None:
    client = client_at(live_server.url, draft, headers)
    told = {"chunk_size": CHUNK, "metadata": TOLD, "store_url": True, "fingerprinter": Fingerprint()}
    places = FileStorage(str(tmp_path / "places.json"))
    client.uploader(file_stream=Paper(FILE), url_storage=places, **told).upload(stop_at=3 * CHUNK)

    again = client.uploader(file_stream=Paper(FILE), url_storage=places, **told)

    assert again.offset == 3 * CHUNK
    again.upload()
    places.close()
    assert Document.objects.get().sha256 == SHA256
    assert Upload.objects.count() == 1


def test_a_stock_client_is_told_no(live_server: Any, draft: Application) -> None:
    sender = client_at(live_server.url, draft, {}).uploader(
        file_stream=Paper(FILE), chunk_size=CHUNK, metadata=TOLD
    )

    with pytest.raises(TusCommunicationError) as refused:
        sender.upload()

    assert refused.value.status_code == 403


def test_bytes_that_came_before_the_line_died_count_to_the_last_one(
    live_server: Any, draft: Application, headers: dict[str, str]
) -> None:
    sender = client_at(live_server.url, draft, headers).uploader(
        file_stream=Paper(FILE), chunk_size=CHUNK, metadata=TOLD
    )
    sender.set_url(sender.create_url())
    place = sender.url.removeprefix(live_server.url)
    host, _colon, port = live_server.url.removeprefix("http://").partition(":")
    said = {
        "Host": f"{host}:{port}",
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": "65536",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    with socket.create_connection((host, int(port))) as line:
        line.sendall(f"PATCH {place} HTTP/1.1\r\n{head}\r\n".encode() + FILE[:12_345])
        line.shutdown(socket.SHUT_WR)
        while line.recv(1024):
            pass

    assert settled(sender) == 12_345
