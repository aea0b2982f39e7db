"""What referees are asked, and when they may be reminded. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

REMIND_EVERY = timedelta(days=3)
MOST_REMINDERS = 3
#: So long before the day the clock reminds a referee who has not answered.
CLOCK_REMINDS = timedelta(days=3)
LONGEST_ANSWER = 4000


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a referee: free text, or one of a few options."""

    key: str
    label: Mapping[str, str]
    required: bool
    options: tuple[Option, ...] = ()

    @property
    def is_choice(self) -> bool:
        return bool(self.options)

    def in_words(self, answer: str) -> Mapping[str, str]:
        """An answer as texts by language; free text is in whatever language it was written."""
        chosen = [option.label for option in self.options if option.value == answer]
        return chosen[0] if chosen else {"": answer}


def read_asked(definition: Iterable[Mapping[str, Any]]) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            key=each["key"],
            label=each["label"],
            required=bool(each.get("required")),
            options=tuple(Option(option["value"], option["label"]) for option in each.get("options", ())),
        )
        for each in definition
    )


def unanswered(questions: Iterable[Asked], answers: Mapping[str, str]) -> list[str]:
    """Keys that stop a reference from being sent: nothing where something is required, or no option."""
    wrong = []
    for question in questions:
        answer = answers.get(question.key, "")
        known = not question.is_choice or answer in {option.value for option in question.options}
        if (question.required and not answer) or (answer and not known):
            wrong.append(question.key)
    return wrong


def due_moment(asked: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The end of the day, on the wall of the intake's zone: nobody is late at noon."""
    day = asked.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone)


def next_reminder(asked: datetime | None, reminded: datetime | None, count: int) -> datetime | None:
    """From when the applicant may remind (again); None when the last reminder was used."""
    last = reminded or asked
    if last is None or count >= MOST_REMINDERS:
        return None
    return last + REMIND_EVERY


def looks_like_a_link(text: str) -> bool:
    """Names go into mail that we send to strangers: an address in them would be an advertisement."""
    small = text.lower()
    return "://" in small or "www." in small or "@" in small
