"""What reading a workbook makes, and from which row each part came."""

from dataclasses import dataclass
from typing import Any

from apps.applications.rules.xlsform.meaning import Meaning
from apps.applications.rules.xlsform.report import Notes
from apps.applications.rules.xlsform.workbook import Line


@dataclass(slots=True)
class Container:
    """A group, repeat or loop that is open. `meaning` is None when its condition is not held."""

    id: str
    kind: str
    line: Line
    meaning: Meaning | None
    held: dict[str, Any] | None = None


@dataclass(slots=True)
class Source:
    """A section, question or column, and the row it was read from; a column also has its rows."""

    kind: str
    part: dict[str, Any]
    line: Line
    rows: dict[str, Any] | None = None

    @property
    def where(self) -> tuple[str, ...]:
        """How writing names the part."""
        if self.rows is not None:
            return (self.kind, self.rows["key"], self.part["key"])
        return (self.kind, self.part["key"])


@dataclass(slots=True)
class Read:
    definition: dict[str, Any]
    sources: list[Source]
    notes: Notes
