"""Real worker processes, for tests of what happens while they send."""

import os
from collections.abc import Iterator

import pytest

from tests.notifications.house import House
from tests.notifications.smtp_sink import SmtpSink


@pytest.fixture
def house() -> Iterator[House]:
    with SmtpSink() as sink:
        found = House(sink, f"faults-{os.getpid()}")
        yield found
        found.close()
