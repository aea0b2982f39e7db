"""What happens to text people type before anything else looks at it. Pure."""

import re
import unicodedata

#: Invisible marks that only mislead: zero-width space, BOM, bidi embeddings and overrides.
#: Zero-width joiners stay: Khmer, Burmese and emoji need them.
_MISLEADING = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_JOINERS = {"\u200c", "\u200d"}


def has_control_characters(text: str) -> bool:
    """True for characters no keyboard sends and no database should keep (tab and line end are fine)."""
    return any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\t\n\r" for each in text)


def tidy(text: str) -> str:
    """One spelling for one text: NFC, no misleading marks, line ends as \\n, trimmed."""
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _MISLEADING.sub("", unified).strip()


def length_as_seen(text: str) -> int:
    """How many characters a reader counts: marks that sit on another letter do not count.

    An approximation of grapheme clusters (UAX #29): combining marks and joined emoji add nothing.
    """
    count, joined = 0, False
    for each in text:
        if each in _JOINERS:
            joined = each == "\u200d"
            continue
        if not unicodedata.category(each).startswith("M") and not joined:
            count += 1
        joined = False
    return count
