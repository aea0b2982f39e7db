"""The order of merit, and what the stored rule suggests. People decide; this only proposes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score` is the mean weighted score from 0 to 100, or None without a submitted review.

    `sent_at` breaks ties: of two equal scores the application sent first stands first.
    """

    id: int
    score: Decimal | None
    reviews: int
    sent_at: str


@dataclass(frozen=True, slots=True)
class Place:
    candidate: Candidate
    rank: int | None
    suggestion: str


def rank(candidates: Sequence[Candidate], *, floor: Decimal, seats: int, waitlist: int) -> list[Place]:
    """Highest score first, ties by the time of sending and then by number.

    The first `seats` at or above the floor are suggested "offer", the next `waitlist` "waitlist",
    everyone else "not_selected"; without a review nothing is suggested ("").
    """
    scored = [each for each in candidates if each.score is not None]
    unscored = [each for each in candidates if each.score is None]
    scored.sort(key=lambda each: (-(each.score or 0), each.sent_at, each.id))
    places = []
    for number, candidate in enumerate(scored, start=1):
        good = candidate.score is not None and candidate.score >= floor
        suggestion = "not_selected"
        if good and number <= seats:
            suggestion = "offer"
        elif good and number <= seats + waitlist:
            suggestion = "waitlist"
        places.append(Place(candidate, number, suggestion))
    places.extend(Place(each, None, "") for each in sorted(unscored, key=lambda each: each.id))
    return places


def fingerprint(rule: Mapping[str, Any]) -> str:
    """SHA-256 of the rule in one canonical spelling: keys sorted, no spaces, numbers as text."""
    text = json.dumps(rule, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
