"""The one column of ours in a workbook: what the standard has no word for."""

import json
from collections.abc import Mapping
from typing import Any

#: The one column of ours: what the standard has no word for, as JSON.
OURS = "platform"
#: Stands at the end of each of our cells, so that a space at the end of a part is not trimmed away.
END = "."


def is_ours(column: str) -> bool:
    return column == OURS or column.startswith(f"{OURS}_")


def ours_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """What our own columns say of a row; {} when they are not ours or not readable."""
    columns = sorted((column for column in cells if is_ours(column)), key=lambda each: (len(each), each))
    text = "".join(cells[column].removesuffix(END) for column in columns)
    if not text.startswith("{"):
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
