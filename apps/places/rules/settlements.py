"""Which settlement of a list somebody means by what they typed.

A wrong match would class a person wrongly, so only one clear name counts. A name that is not found tells
nothing: lists miss large places too, and people write "Sai Gon" or "I do not know".
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

ACCENTS = frozenset(map(chr, range(0x300, 0x370)))
#: Letters that do not come apart into a letter and an accent.
LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One settlement of the list, in plain names; `areas` are what it lies in, by plain code and name."""

    geonames_id: int
    names: tuple[str, ...]
    areas: frozenset[str] = frozenset()


def plain(name: str) -> str:
    """A name as it is compared: no case, no accents on Latin letters, no punctuation."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if sign not in ACCENTS)
    bare = unicodedata.normalize("NFC", bare).casefold().translate(LETTERS)
    return " ".join("".join(" " if _separates(sign) else sign for sign in bare).split())


def settlement_meant(
    typed: str, settlements: Iterable[Listed], near: frozenset[str] = frozenset()
) -> int | None:
    """The settlement of "Mae Rim" or "Mae Rim, Chiang Mai"; one `near` goes before its namesakes.

    None when there is none of that name, or several.
    """
    head, _comma, rest = typed.partition(",")
    wanted = plain(head)
    named = [each for each in settlements if wanted and wanted in each.names]
    for areas in (frozenset({plain(rest)}), near):
        named = [each for each in named if areas & each.areas] or named
    return named[0].geonames_id if len(named) == 1 else None


def _separates(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PSZC"
