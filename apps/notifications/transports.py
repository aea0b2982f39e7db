"""How a message leaves the house. One connection for a batch, one answer for each message."""

import logging
import smtplib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formataddr
from typing import Protocol

from anymail.exceptions import AnymailAPIError, AnymailError
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from apps.notifications.models import DemoMail, Message

logger = logging.getLogger(__name__)


class TryLater(Exception):
    """Refused for now: the message certainly did not leave."""


class Refused(Exception):
    """Refused for good: a bad address or a rejected message."""


class InDoubt(Exception):
    """The connection broke after the message was handed over: it may have left."""


class Unreachable(Exception):
    """No connection at all: nothing was handed over."""


class Transport(Protocol):
    """`may_repeat` says that handing over one message twice delivers it once: then nothing is ever in doubt."""

    @property
    def name(self) -> str: ...

    @property
    def may_repeat(self) -> bool: ...

    def open(self) -> None: ...

    def send(self, message: Message) -> str:
        """Hand one message over; return the provider's reference. Raises the errors above."""
        ...

    def close(self) -> None: ...


def message_id_of(message: Message) -> str:
    """The same for every attempt, so that a receiver can fold a repeat."""
    return f"<{message.public_id}@{settings.MAIL_DOMAIN}>"


def _api_refusal(error: AnymailAPIError) -> Exception:
    """What a provider's answer means. Its words may quote the recipient, so only the number is kept."""
    code = error.status_code or 0
    if code in (425, 429, 503):
        return TryLater(f"HTTP {code}")
    if 400 <= code < 500 and code != 408:
        return Refused(f"HTTP {code}")
    return InDoubt(f"HTTP {code}" if code else type(error).__name__)


class EmailTransport:
    """Any Django mail backend: SMTP, or a provider's API through anymail."""

    may_repeat = False

    def __init__(self, backend: str) -> None:
        self.name = "email"
        self.connection: BaseEmailBackend = get_connection(backend, timeout=10)

    def open(self) -> None:
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(type(error).__name__) from error

    def send(self, message: Message) -> str:
        reference = message_id_of(message)
        mail = EmailMessage(
            subject=" ".join(message.subject.split()),
            body=message.body,
            from_email=formataddr((settings.MAIL_SENDER_NAME, settings.DEFAULT_FROM_EMAIL)),
            to=[message.address],
            headers={"Message-ID": reference},
            connection=self.connection,
        )
        self._reopen()
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            code = max((code for code, _words in error.recipients.values()), default=500)
            raise (TryLater if 400 <= code < 500 else Refused)(f"SMTP {code}") from error
        except smtplib.SMTPResponseException as error:
            raise (TryLater if 400 <= error.smtp_code < 500 else Refused)(
                f"SMTP {error.smtp_code}"
            ) from error
        except AnymailAPIError as error:
            raise _api_refusal(error) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise InDoubt(type(error).__name__) from error
        except (AnymailError, ValueError) as error:  # an address or header that no mail may carry
            raise Refused(type(error).__name__) from error
        return reference

    def _reopen(self) -> None:
        """After a break the rest of a batch goes over a new connection; without one it waits."""
        try:
            self.open()
        except Unreachable as error:
            raise TryLater(str(error)) from error

    def close(self) -> None:
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException):
            logger.info("the mail connection broke while closing")


class MailboxTransport:
    """The demo's mailbox page."""

    name = "mailbox"
    may_repeat = True

    def open(self) -> None:
        """A table needs no connection of its own."""

    def send(self, message: Message) -> str:
        reference = message_id_of(message)
        DemoMail.objects.bulk_create(
            [
                DemoMail(
                    message_id=reference,
                    address=message.address,
                    subject=message.subject,
                    body=message.body,
                )
            ],
            ignore_conflicts=True,
        )
        return reference

    def close(self) -> None:
        """Nothing is open."""


class ConsoleTransport:
    """One line for each message on standard error: for development, and for text messages in the demo."""

    may_repeat = True

    def __init__(self, name: str = "console") -> None:
        self.name = name

    def open(self) -> None:
        """Standard error is always open."""

    def send(self, message: Message) -> str:
        sys.stderr.write(f"{self.name} to {message.address}: {message.subject or message.body[:60]}\n")
        return message_id_of(message)

    def close(self) -> None:
        sys.stderr.flush()


@dataclass(frozen=True, slots=True)
class NullSink:
    """Accepts everything at once: what the drain itself costs, for the benchmark."""

    name: str = "null"
    may_repeat: bool = True

    def open(self) -> None:
        """Nothing to open."""

    def send(self, message: Message) -> str:
        return message_id_of(message)

    def close(self) -> None:
        """Nothing is open."""


EMAIL_TRANSPORTS: dict[str, Callable[[], Transport]] = {
    "mailbox": MailboxTransport,
    "console": ConsoleTransport,
    "null": NullSink,
    "smtp": lambda: EmailTransport("django.core.mail.backends.smtp.EmailBackend"),
}
SMS_TRANSPORTS: dict[str, Callable[[], Transport]] = {
    "console": lambda: ConsoleTransport("sms"),
    "null": NullSink,
}


def email_transport() -> Transport:
    """The transport that MAIL_TRANSPORT names; a dotted path is a Django mail backend, such as anymail's."""
    name = settings.MAIL_TRANSPORT
    return EMAIL_TRANSPORTS[name]() if name in EMAIL_TRANSPORTS else EmailTransport(name)


def sms_transport() -> Transport:
    return SMS_TRANSPORTS[settings.SMS_TRANSPORT]()
