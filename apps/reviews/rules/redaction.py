"""Words a reviewer must not read become a bar.

Two texts are compared as people read them: composed (NFC), without upper and lower case, without
characters that have no width. Where the marked words have a space, the text may have any white space
or none, as Thai, Lao and Khmer write names; an occurrence inside a longer word is hidden with it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

#: What stands for hidden words, whatever their length.
BAR = "▇▇▇"
_BLOCK = BAR[0]


def bare(words: str) -> str:
    """Marked words as they are kept: composed, single spaces, never the bar itself."""
    return " ".join(unicodedata.normalize("NFC", words).replace(_BLOCK, " ").split())


def hide(text: str, marked: Iterable[str]) -> str:
    """`text` (composed) with a bar over every occurrence; bars that touch or overlap become one.

    The longest words are looked for first. Everything found is hidden whole, also where two overlap:
    hiding one of them alone would leave the other's rest to guess from.
    """
    patterns = [_pattern(words) for words in sorted(set(map(bare, marked)), key=len, reverse=True)]
    patterns = [pattern for pattern in patterns if pattern]
    if not patterns:
        return text
    text = unicodedata.normalize("NFC", text)
    letters, origins = _folded(text)
    spans = sorted(
        (origins[start], origins[end - 1] + 1) for each in patterns for start, end in _found(each, letters)
    )
    return _with_bars(text, spans)


def occurs(text: str, words: str) -> bool:
    """Whether `words` would hide anything in `text`."""
    return hide(text, [words]) != unicodedata.normalize("NFC", text)


def _is_seen(letter: str) -> bool:
    """Not a joiner, soft hyphen, direction mark or the variant of another letter."""
    return unicodedata.category(letter) != "Cf" and not "\ufe00" <= letter <= "\ufe0f"


def _folded(text: str) -> tuple[str, list[int]]:
    """The text to compare, and for each of its letters the place in `text` it comes from."""
    letters: list[str] = []
    origins: list[int] = []
    for place, letter in enumerate(text):
        if _is_seen(letter):
            folded = letter.casefold()
            letters.append(folded)
            origins += [place] * len(folded)
    return "".join(letters), origins


def _pattern(words: str) -> str:
    parts = [_folded(part)[0] for part in words.split()]
    return r"\s*".join(re.escape(part) for part in parts if part)


def _found(pattern: str, letters: str) -> Iterator[tuple[int, int]]:
    """Every occurrence, also those that overlap."""
    for match in re.finditer(f"(?=({pattern}))", letters):
        yield match.span(1)


def _with_bars(text: str, spans: Iterable[tuple[int, int]]) -> str:
    written, done = "", 0
    for start, end in spans:
        if start > done or not written:
            written += text[done:start] + BAR
        done = max(done, end)
    return written + text[done:]
