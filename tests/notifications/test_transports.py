"""What a provider answers becomes one of four ends, whichever way the letter leaves."""

import pytest
import time_machine
from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused
from anymail.exceptions import AnymailRequestsAPIError as RequestsError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from requests import Response

from apps.notifications.enums import Channel, MessageStatus
from apps.notifications.models import Message
from apps.notifications.services.drain import drain
from apps.notifications.transports import (
    SMS_TRANSPORTS,
    EmailTransport,
    InDoubt,
    Refused,
    Transport,
    TryLater,
    email_transport,
)
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db


class Provider(BaseEmailBackend):
    """Raises what a test puts into `answer`."""

    answer: Exception | None = None

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        if self.answer is not None:
            raise self.answer
        return len(email_messages)


def provider() -> EmailTransport:
    return EmailTransport(f"{__name__}.Provider")


def answered(code: int) -> RequestsError:
    response = Response()
    response.status_code = code
    return RequestsError("no", response=response)


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        (answered(400), Refused),
        (answered(401), Refused),
        (answered(429), TryLater),
        (answered(500), InDoubt),
        (answered(504), InDoubt),
        (answered(503), TryLater),
        (AnymailAPIError("the line broke"), InDoubt),
        (AnymailRecipientsRefused(), Refused),
        (AnymailInvalidAddress("no address"), Refused),
    ],
)
def test_an_answer_of_a_providers_api_has_its_end(
    answer: Exception, end: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Provider, "answer", answer)

    with pytest.raises(end):
        provider().send(MessageFactory())


def test_one_refused_address_does_not_hold_up_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    MessageFactory.create_batch(3)
    monkeypatch.setattr(Provider, "answer", AnymailRecipientsRefused())

    drain(channel=Channel.EMAIL, transport=provider())

    assert set(Message.objects.values_list("status", flat=True)) == {MessageStatus.FAILED}


def test_a_setting_names_the_providers_backend(settings: object) -> None:
    settings.MAIL_TRANSPORT = f"{__name__}.Provider"  # type: ignore[attr-defined]

    assert isinstance(email_transport(), EmailTransport)


def test_text_messages_leave_over_a_provider_of_the_same_protocol(capsys: pytest.CaptureFixture) -> None:
    transport: Transport = SMS_TRANSPORTS["console"]()
    MessageFactory(channel=Channel.SMS, address="+6621234567", subject="", body="Your session has moved.")

    with time_machine.travel("2026-11-26T05:00:00Z"):
        assert drain(channel=Channel.SMS, transport=transport) == 1

    assert "sms to +6621234567: Your session has moved." in capsys.readouterr().err
