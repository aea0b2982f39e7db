"""Tables that leave the platform as files people open in a spreadsheet."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

#: A cell that begins like this would run as a formula. Full-width twins fold to the same signs.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(value: Any) -> Any:
    """The value as text that a spreadsheet shows and never runs; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = str(value)
    first = unicodedata.normalize("NFKC", text[:1])
    spaces_only_before_a_sign = unicodedata.normalize("NFKC", text.lstrip()[:1])
    if first in FORMULA_SIGNS or spaces_only_before_a_sign in FORMULA_SIGNS:
        return f"'{text}"
    return text


class _Echo:
    """What csv.writer writes to: gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """UTF-8 with a mark at the front, so that spreadsheets read every script right."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([neutral(cell) for cell in header])
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])


def csv_response(name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download that is written row by row: the memory it takes does not grow with the rows."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response
