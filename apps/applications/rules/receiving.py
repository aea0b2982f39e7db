"""Writing bytes that arrive slowly, perhaps not all, so that what was written can be counted on."""

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import FileIO

#: Seconds: how often what arrived is made safe, and how long one request may take. Web servers end a
#: request that takes longer, and the sender goes on in the next one.
EVERY, LONGEST = 1.0, 20.0
ALGORITHMS = ("sha256", "sha1")


@dataclass(frozen=True, slots=True)
class Checksum:
    algorithm: str
    digest: bytes


class Writing:
    """One request's bytes. `safe_offset` is how far the file may be counted on."""

    def __init__(self, file: FileIO, *, offset: int, length: int, checksum: Checksum | None) -> None:
        self._file = file
        self._at = offset
        self._length = length
        self._checksum = checksum
        self._digest = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
        self.safe_offset = offset

    def write(self, pieces: Iterable[bytes]) -> Iterator[None]:
        """Yields each time the caller should record `safe_offset`, always before more is written.

        Never writes behind the length that was announced.
        """
        began = recorded = time.monotonic()
        for piece in pieces:
            now = time.monotonic()
            if now - recorded > EVERY:
                self._make_safe()
                yield
                recorded = now
            piece = piece[: self._length - self._at]
            self._put(piece)
            if self._digest:
                self._digest.update(piece)
            if now - began > LONGEST:
                break

    def _put(self, piece: bytes) -> None:
        """Unbuffered: nothing may reach the file later, when another sender may have taken over."""
        left = memoryview(piece)
        while left:
            left = left[self._file.write(left) :]
        self._at += len(piece)

    def finish(self) -> bool:
        """False when the checksum says otherwise: then nothing of this request counts."""
        intact = self._digest is None or self._digest.digest() == self._checksum.digest  # type: ignore[union-attr]
        if intact:
            self._digest = None
            self._make_safe()
        return intact

    def _make_safe(self) -> None:
        if self._digest is not None:
            return
        os.fsync(self._file.fileno())
        self.safe_offset = self._at
