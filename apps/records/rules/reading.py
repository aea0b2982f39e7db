"""Rows of a CSV file, one at a time: packed or plain, within limits, with what is wrong per row."""

import csv
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import zstandard

from apps.records.rules.cells import fault_of, tidy
from apps.records.rules.problems import Problem, Unreadable

MIB = 1024 * 1024
LONGEST_LINE = 1 * MIB
MOST_COLUMNS = 500
#: What an honest table gains by packing stays far below this; a bomb is far above.
MOST_PACKED = 60
UNPACKER_MEMORY = 96 * MIB
MAGIC = {b"\x1f\x8b": "gz", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "zst"}
REFUSED_MAGIC = {
    b"PK": "is_spreadsheet",
    b"\xd0\xcf\x11\xe0": "is_spreadsheet",
    b"%PDF": "not_text",
    b"\xff\xfe": "utf16",
    b"\xfe\xff": "utf16",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold, once unpacked."""

    most_bytes: int = 1024 * MIB
    most_rows: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts as a spreadsheet does; `cells` is empty when the row cannot be used."""

    number: int
    cells: dict[str, str]
    problems: tuple[Problem, ...] = ()


class _Xz(io.RawIOBase):
    """xz with a memory limit: the file's own header asks for the dictionary it wants."""

    def __init__(self, packed: IO[bytes]) -> None:
        self.packed, self.unpacker = packed, lzma.LZMADecompressor(memlimit=UNPACKER_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self.unpacker.eof:
            fresh = self.packed.read(64 * 1024) if self.unpacker.needs_input else b""
            if self.unpacker.needs_input and not fresh:
                raise EOFError("the packed file ends too early")
            if data := self.unpacker.decompress(fresh, max_length=len(buffer)):
                buffer[: len(data)] = data
                return len(data)
        return 0


class _Measured(io.RawIOBase):
    """Counts what comes out and stops at the limit, so that a bomb costs no memory and no time."""

    def __init__(self, inner: Any, packed: IO[bytes], limits: Limits) -> None:
        self.inner, self.packed, self.limits, self.count = inner, packed, limits, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self.inner.read(len(buffer)) or b""
        except (OSError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError) as error:
            raise Unreadable("damaged") from error
        self.count += len(data)
        if self.count > self.limits.most_bytes:
            raise Unreadable("too_big", str(self.limits.most_bytes // MIB))
        if self.count > MIB and self.count > MOST_PACKED * max(self.packed.tell(), 1):
            raise Unreadable("bomb")
        buffer[: len(data)] = data
        return len(data)


def unpacked(packed: IO[bytes], limits: Limits) -> io.BufferedReader:
    """The bytes inside, known by the file's first bytes and not by its name."""
    start = packed.read(8)
    packed.seek(0)
    for magic, code in REFUSED_MAGIC.items():
        if start.startswith(magic):
            raise Unreadable(code)
    kind = next((kind for magic, kind in MAGIC.items() if start.startswith(magic)), "")
    inner: Any = packed
    if kind == "gz":
        inner = gzip.GzipFile(fileobj=packed, mode="rb")
    elif kind == "xz":
        inner = _Xz(packed)
    elif kind == "zst":
        opener = zstandard.ZstdDecompressor(max_window_size=UNPACKER_MEMORY)
        inner = opener.stream_reader(packed, closefd=False)
    return io.BufferedReader(_Measured(inner, packed, limits), buffer_size=256 * 1024)


class _Lines:
    """Decoded lines for the csv module; remembers that the row under way had bytes it cannot read."""

    def __init__(self, data: io.BufferedReader, encoding: str) -> None:
        self.data, self.encoding, self.is_broken, self.read_any = data, encoding, False, False

    def __iter__(self) -> Iterator[str]:
        while line := self.data.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise Unreadable("line_too_long")
            encoding = self.encoding if not self.read_any else self.encoding.removesuffix("-sig")
            self.read_any = True
            try:
                yield line.decode(encoding)
            except UnicodeDecodeError:
                self.is_broken = True
                yield line.decode(encoding, errors="replace")

    def was_broken(self) -> bool:
        broken, self.is_broken = self.is_broken, False
        return broken


def rows_of(
    packed: IO[bytes], *, columns: tuple[str, ...], encoding: str, delimiter: str, limits: Limits
) -> Iterator[Row]:
    """Every row below the header, blank lines left out. Raises Unreadable for the file as a whole."""
    lines = _Lines(unpacked(packed, limits), encoding)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header = _header(reader, lines, columns)
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable("bad_quotes", row=number) from None
        if number - 1 > limits.most_rows:
            raise Unreadable("too_many_rows", str(limits.most_rows))
        if any(cells):
            yield _row(number, header, cells, is_broken=lines.was_broken())


def _header(reader: Iterator[list[str]], lines: _Lines, columns: tuple[str, ...]) -> list[str]:
    try:
        header = [tidy(name) for name in next(reader)]
    except StopIteration:
        raise Unreadable("empty") from None
    except csv.Error:
        raise Unreadable("bad_quotes", row=1) from None
    if lines.was_broken():
        raise Unreadable("not_utf8", row=1)
    if len(header) > MOST_COLUMNS:
        raise Unreadable("too_many_columns", str(MOST_COLUMNS))
    for column in columns:
        if column not in header:
            raise Unreadable("column_missing", column)
        if header.count(column) > 1:
            raise Unreadable("column_twice", column)
    return header


def _row(number: int, header: list[str], cells: list[str], *, is_broken: bool) -> Row:
    if is_broken:
        return Row(number, {}, (Problem(number, "not_utf8"),))
    if len(cells) != len(header):
        return Row(number, {}, (Problem(number, "wrong_length", value=f"{len(cells)}/{len(header)}"),))
    problems = tuple(
        Problem(number, fault, column)
        for column, cell in zip(header, cells, strict=True)
        if (fault := fault_of(cell))
    )
    return Row(number, {} if problems else dict(zip(header, map(tidy, cells), strict=True)), problems)
