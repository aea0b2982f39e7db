"""Which events exist and who hears them. Filled by each app's `subscriptions.py` at start-up."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, dataclass_transform

from apps.core.actors import Actor

EVENTS: dict[str, type] = {}
HANDLERS: dict[str, Callable[..., None]] = {}
SUBSCRIPTIONS: dict[str, list[str]] = {}

EventType = TypeVar("EventType")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(*, subject: str) -> Callable[[type[EventType]], type[EventType]]:
    """Declare a domain event: a frozen dataclass of ids, in the past tense.

    `subject` names the id field the event is about, for example "application_id": the audit trail
    files the event under that row.
    """

    def declare(cls: type[EventType]) -> type[EventType]:
        frozen = dataclasses.dataclass(frozen=True, kw_only=True, slots=True)(cls)
        if subject not in {field.name for field in dataclasses.fields(frozen)}:  # type: ignore[arg-type]
            raise ValueError(f"{cls.__name__} has no field {subject}")
        EVENTS[cls.__name__] = frozen
        SUBJECTS[cls.__name__] = subject
        return frozen

    return declare


SUBJECTS: dict[str, str] = {}


@dataclasses.dataclass(frozen=True, slots=True)
class Heard:
    """What a handler receives beside the event: when it happened, who did it, and its number."""

    event_id: int
    at: Any
    actor: Actor


def handler_name(handler: Callable[..., None]) -> str:
    return f"{handler.__module__.removeprefix('apps.')}.{handler.__qualname__}"


def subscribe(table: Mapping[type, Sequence[Callable[..., None]]]) -> None:
    """Register `handler(event, heard)` for each event type; called once from `AppConfig.ready`."""
    for event_type, handlers in table.items():
        for handler in handlers:
            name = handler_name(handler)
            HANDLERS[name] = handler
            names = SUBSCRIPTIONS.setdefault(event_type.__name__, [])
            if name not in names:
                names.append(name)
