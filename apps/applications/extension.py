"""What applying asks of a program kind."""

from typing import Any, Protocol

from apps.core.registries import KindRegistry


class ApplicationPolicy(Protocol):
    def default_form(self) -> dict[str, Any]:
        """The form definition a new intake of this kind starts with."""
        ...


application_policies: KindRegistry[ApplicationPolicy] = KindRegistry("application")
