"""One policy object per program kind, registered by the kind's own app."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Policy = TypeVar("Policy")


class KindRegistry(Generic[Policy]):
    """What one stage asks of each program kind. A system check fails while a kind has no answer."""

    every: list["KindRegistry"] = []

    def __init__(self, name: str) -> None:
        self.name = name
        self._policies: dict[str, Policy] = {}
        KindRegistry.every.append(self)

    def register(self, kind: str, policy: Policy) -> None:
        if str(kind) in self._policies:
            raise ValueError(f"{self.name}: two policies for kind {kind}")
        self._policies[str(kind)] = policy

    def __getitem__(self, kind: str) -> Policy:
        return self._policies[str(kind)]

    def __contains__(self, kind: object) -> bool:
        return str(kind) in self._policies

    def __iter__(self) -> Iterator[str]:
        return iter(self._policies)
