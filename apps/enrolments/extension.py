"""What taking part asks of a program kind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise

from apps.accounts.roles import Viewer
from apps.core.actors import Actor
from apps.core.registries import KindRegistry
from apps.enrolments.models import Enrolment
from apps.programs.models import Intake, Program


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that waits for somebody: what it is in words, how much of it, and where to do it."""

    words: str
    number: int
    intake: Intake
    url: str


class EnrolmentPolicy(Protocol):
    #: URL name of the participant's own page of this kind, taking the enrolment's public id.
    participant_page: str
    #: URL name of the staff page of this kind, taking the intake's public id.
    staff_page: str
    #: URL name of the page where a coordinator sets the terms of this kind, taking the program's
    #: public id.
    terms_page: str

    def on_enrolled(self, *, enrolment: Enrolment, actor: Actor) -> None:
        """Lay out what the participant owes and is owed, in the transaction of the enrolment."""
        ...

    def is_complete(self, *, enrolment: Enrolment, on: date) -> bool:
        """Whether every obligation of this kind is met on that day."""
        ...

    def missing(self, *, enrolment: Enrolment, on: date) -> Sequence[str | Promise]:
        """What still stands between the participant and completion, one sentence each."""
        ...

    def waiting(self, *, viewer: Viewer) -> Sequence[Waiting]:
        """What waits for this coordinator or trainer in programs of this kind, by intake."""
        ...

    def on_ended(self, *, enrolment: Enrolment, actor: Actor) -> None:
        """Close what is still open; the enrolment already carries how it ended."""
        ...

    def on_reopened(self, *, enrolment: Enrolment, reason: str, actor: Actor) -> None:
        """Open again what `on_ended` closed."""
        ...


enrolment_policies: KindRegistry[EnrolmentPolicy] = KindRegistry("enrolment")


@dataclass(frozen=True, slots=True)
class Result:
    """What a whole program came to by the day asked about, without a word about anyone in particular.

    `code` is that of an indicator. With a `base`, `count` of so many; else `count` alone.
    """

    code: str
    count: int
    base: int | None = None


#: What kinds count beyond enrolments, filled from their policies. Each asks the database a fixed number of
#: times and gives nothing for a program it has nothing to say about.
program_results: list[Callable[[Program, date], Iterable[Result]]] = []


def results_of(program: Program, on: date) -> list[Result]:
    return [result for count in program_results for result in count(program, on)]
