"""Speaking tus to the test client, as a sender does."""

import base64
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.applications.models import Application

BODY = "application/offset+octet-stream"
SPOKEN = {"Tus-Resumable": "1.0.0"}


def metadata(**told: str | bytes) -> str:
    raw = {key: value.encode() if isinstance(value, str) else value for key, value in told.items()}
    return ",".join(f"{key} {base64.b64encode(value).decode()}" for key, value in raw.items())


def announce(client: Client, application: Application, length: int, **told: str | bytes) -> HttpResponse:
    told = {"question": "certificate", "filename": "school.pdf", **told}
    headers = {**SPOKEN, "Upload-Length": str(length), "Upload-Metadata": metadata(**told)}
    return client.post(reverse("applications:uploads", args=[application.public_id]), headers=headers)


def send(client: Client, place: str, offset: int, content: bytes, **headers: str) -> HttpResponse:
    headers = {**SPOKEN, "Upload-Offset": str(offset), **headers}
    return client.patch(place, content, content_type=BODY, headers=headers)


def ask(client: Client, place: str, **headers: Any) -> HttpResponse:
    return client.head(place, headers={**SPOKEN, **headers})


def send_whole(
    client: Client, application: Application, content: bytes, **told: str
) -> tuple[str, HttpResponse]:
    place = announce(client, application, len(content), **told)["Location"]
    return place, send(client, place, 0, content)
