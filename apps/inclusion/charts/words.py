"""How much room words take, guessed without a font: the server does not know which one the reader has.

Widths are in em per cluster (what a reader sees as one letter). They err on the wide side, so that a
guess too large wraps early and never runs over the edge.
"""

import math
import re
import unicodedata
from functools import lru_cache

#: Latin letters by width, near to Noto Sans, one of the wider fonts of phones and desktops.
LETTERS = (
    (0.27, frozenset("ijl.,:;'|! ·")),
    (0.38, frozenset("frtI()[]-")),
    (0.51, frozenset("cksvxyzJ")),
    (0.61, frozenset("BEFKLPRSTXYZ")),
    (0.93, frozenset("mwMW%@–—…")),
)
LOWER, UPPER = 0.61, 0.74
#: The next consonant stands below the one before it: Khmer coeng, Burmese virama.
STACKERS = "\u17d2\u1039"
#: Thai and Lao vowels written before their consonant: a line must not end between the two.
LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")
#: First and last letter of a script written without spaces, width of a cluster, height of a line in em.
SCRIPTS = (
    ("\u0e00", "\u0eff", 0.62, 1.6),  # Thai, Lao
    ("\u1000", "\u109f", 0.85, 1.8),  # Burmese
    ("\u1780", "\u17ff", 0.8, 1.8),  # Khmer
    ("\u3000", "\u9fff", 1.0, 1.3),  # Chinese, Japanese
)
LATIN_LEADING = 1.3
ELLIPSIS = "…"
#: Labels return on every drawing and every page; measuring them anew was a fifth of a dashboard.
KEPT = 8192


def clusters(text: str) -> list[str]:
    """The text in pieces that must not be torn apart."""
    found: list[str] = []
    for letter in text:
        if letter == "\u200b":
            continue
        is_mark = unicodedata.category(letter).startswith("M") or letter == "\u200d"
        joins = found and (is_mark or found[-1][-1] in STACKERS or found[-1] in LEADING_VOWELS)
        if joins:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _script(cluster: str) -> tuple[float, float] | None:
    for first, last, width, height in SCRIPTS:
        if first <= cluster[0] <= last:
            return width, height
    return None


def _ems(cluster: str) -> float:
    if script := _script(cluster):
        marks = sum(0.4 for letter in cluster[1:] if unicodedata.category(letter) == "Mc")
        vowels = 0.5 if cluster[0] in LEADING_VOWELS else 0
        return script[0] + marks + vowels
    return next((width for width, letters in LETTERS if cluster[0] in letters), _other(cluster[0]))


def _other(letter: str) -> float:
    return UPPER if letter.isupper() else LOWER


@lru_cache(KEPT)
def width_of(text: str, size: int) -> int:
    return math.ceil(size * sum(_ems(cluster) for cluster in clusters(text)))


@lru_cache(KEPT)
def leading(text: str, size: int) -> int:
    """The height of a line: letters with marks above and below need more."""
    tallest = max((script[1] for each in clusters(text) if (script := _script(each))), default=LATIN_LEADING)
    return math.ceil(size * tallest)


@lru_cache(KEPT)
def wrap(text: str, room: int, size: int, *, lines: int = 2) -> tuple[str, ...]:
    """At most `lines` lines of at most `room`; what is left over becomes an ellipsis."""
    found = [""]
    for piece, gap in _pieces(text, room, size):
        longer = found[-1] + gap + piece if found[-1] else piece
        if width_of(longer, size) <= room or not found[-1]:
            found[-1] = longer
        else:
            found.append(piece)
    if len(found) <= lines:
        return tuple(found)
    return (*found[: lines - 1], _shortened(found[lines - 1], room, size))


def _pieces(text: str, room: int, size: int) -> list[tuple[str, str]]:
    """Words with the gap before them. Hyphens may end a line; a script without spaces, or a word longer
    than the room, may break between any two clusters.
    """
    found: list[tuple[str, str]] = []
    for word in text.split():
        gap = " "
        for part in re.findall("[^-]*-|[^-]+", word):
            is_whole = width_of(part, size) <= room and not any(_script(each) for each in clusters(part))
            for piece in [part] if is_whole else clusters(part):
                found.append((piece, gap))
                gap = ""
    return found


def _shortened(text: str, room: int, size: int) -> str:
    kept = clusters(text)
    while kept and width_of("".join(kept) + ELLIPSIS, size) > room:
        kept.pop()
    return "".join(kept).rstrip() + ELLIPSIS
