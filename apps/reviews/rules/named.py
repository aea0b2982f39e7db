"""Ties that can be read from words: mail addresses, and names of organisations inside an answer."""

import re
import unicodedata
from collections.abc import Iterable

#: A question says where somebody works or learns when its key has one of these as a word.
ORGANISATION_KEYS = frozenset(
    {
        *("employer", "organisation", "organization", "institution", "workplace", "company", "ngo"),
        *("school", "university", "college", "faculty", "department"),
    }
)
WORD = re.compile(r"\w+")
#: Two letters are found everywhere.
LEAST = 3


def names_an_organisation(key: str) -> bool:
    """Whether the answer to the question with this key is an organisation's name: "current-employer"."""
    return not ORGANISATION_KEYS.isdisjoint(re.split(r"[-_\d]+", key.lower()))


def plain(text: str) -> str:
    """One spelling for one text: compatibility forms, case and runs of blanks do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class NamedOrganisations:
    """Finds the organisations reviewers told of inside what applicants wrote.

    An organisation written in ASCII is found as whole words in their order ("MIT" is not in "Smith").
    Thai, Lao, Khmer and Burmese put no blanks between words, so any other name is found anywhere in
    the text. Costs a look-up for each word of an answer, whatever the number of ties.
    """

    def __init__(self, told: Iterable[tuple[int, str]]) -> None:
        self._words: dict[tuple[str, ...], set[int]] = {}
        self._anywhere: dict[str, set[int]] = {}
        for reviewer, value in told:
            name = plain(value)
            if len(name) < LEAST:
                continue
            if name.isascii():
                self._words.setdefault(tuple(WORD.findall(name)), set()).add(reviewer)
            else:
                self._anywhere.setdefault(name, set()).add(reviewer)
        self._words.pop((), None)
        self._lengths = sorted({len(words) for words in self._words})

    def __bool__(self) -> bool:
        return bool(self._words or self._anywhere)

    def told_by(self, text: str) -> set[int]:
        """Reviewers with a tie to an organisation that `text` names."""
        found: set[int] = set()
        text = plain(text)
        words = WORD.findall(text)
        for length in self._lengths:
            for start in range(len(words) - length + 1):
                found |= self._words.get(tuple(words[start : start + length]), set())
        for name, reviewers in self._anywhere.items():
            if name in text:
                found |= reviewers
        return found
