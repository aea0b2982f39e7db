"""Ties by lot that anybody can check: the seed is promised before closing and shown afterwards.

1. Before applications close, `commit(seed)` is published.
2. Afterwards the seed is published. SHA-256 of it is what was promised, so nobody chose it by its outcome.
3. Of equal merit the lower ticket stands first: `ticket` is SHA-256 over the seed, "|" and the public number
   of the application.

To try one's own tool: the seed of 32 bytes 00 01 02 … 1f has the commitment
630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd, and with it the number
"11111111-1111-4111-8111-111111111111" has the ticket
d8468dd439cd9375aecc883b7bd4d75406e45218993a8fd742a2bc868a8fe737.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

LOTTERY, SENT_FIRST = "lottery", "sent_first"
#: A shorter seed could be found from its published hash by trying.
SEED_BYTES = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """`sent_at` in one form for all (ISO 8601, UTC), so that text order is the order in time."""

    id: int
    public_id: str
    merit: int
    sent_at: str = ""


def commit(seed: bytes) -> str:
    """What is published beforehand. Raises ValueError for a seed that could be guessed."""
    if len(seed) < SEED_BYTES:
        raise ValueError(f"A seed has at least {SEED_BYTES} bytes.")
    return hashlib.sha256(seed).hexdigest()


def ticket(seed: bytes, public_id: str) -> str:
    """64 hexadecimal digits; the lower one wins."""
    return hashlib.sha256(seed + b"|" + public_id.encode()).hexdigest()


def order(entries: Sequence[Entry], *, rule: str, seed: bytes = b"") -> list[Entry]:
    """The published ranking, first place first: merit, then the rule for ties, then the number.

    Raises ValueError for an unknown rule, and for a lottery without a proper seed.
    """
    if rule == LOTTERY:
        commit(seed)
        return sorted(entries, key=lambda each: (-each.merit, ticket(seed, each.public_id), each.id))
    if rule == SENT_FIRST:
        return sorted(entries, key=lambda each: (-each.merit, each.sent_at, each.id))
    raise ValueError(f"There is no rule {rule!r} for ties.")
