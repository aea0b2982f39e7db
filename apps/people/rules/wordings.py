"""The words people consent to. English on purpose: a translation comes in by a person, never by machine.

In a title the person speaks, in a text we do. These are version 1 of each purpose; a new wording is
published as a ConsentText and takes their place.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

FALLBACK = "en"
FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Wording:
    """One text as somebody reads it. `country` is "" for the text of every country without its own."""

    purpose: str
    country: str
    language: str
    version: int
    title: str
    text: str
    is_machine_draft: bool = False
    pk: int | None = None

    @property
    def mark(self) -> str:
        """Changes with every word, so that nobody agrees to another text than the one they saw."""
        parts = (self.purpose, self.country, self.language, str(self.version), self.title, self.text)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def first(purpose: str) -> Wording:
    title, text = SHIPPED[purpose]
    return Wording(purpose, "", FALLBACK, FIRST_VERSION, title, text)


def in_force(wordings: Iterable[Wording], *, purpose: str, country: str, language: str) -> Wording:
    """The text somebody of `country` reads in `language`: the country's own before the common one.

    The newest version with an English text is in force; of that version the reader's language, else
    English. A draft by machine is as if it were not there. Without any the shipped text is in force.
    """
    usable = [each for each in wordings if each.purpose == purpose and not each.is_machine_draft]
    for place in dict.fromkeys((country, "")):
        chain = [each for each in usable if each.country == place]
        versions = [each.version for each in chain if each.language == FALLBACK]
        if versions:
            current = [each for each in chain if each.version == max(versions)]
            return min(current, key=lambda each: _distance(each.language, language))
    return first(purpose)


def _distance(found: str, wanted: str) -> int:
    order = [wanted, wanted.split("-")[0], FALLBACK]
    return order.index(found) if found in order else len(order)


SHIPPED: dict[str, tuple[str, str]] = {
    "application": (
        "Handling your application",
        "We use what you write in your application, and your files, to answer you, to check who can take part, to "
        "let people read and score the application without your name, and to decide. Without this there can be no "
        "application, so it is not a question. We keep it apart from anything you allow below. You can take the "
        "application back at any time.",
    ),
    "sharing": (
        "I agree that my name, contact and result are given to the partner of the program's funder",
        "The partner uses them to arrange your place and to check that the funded places were given. The partner may "
        "be in another country. If you do not tick this, your application is read in the same way.",
    ),
    "contact": (
        "I want to hear about other programs",
        "By e-mail or text message, a few times a year. It changes nothing for this application.",
    ),
    "reserve": (
        "I agree that my declaration for a reserved place is used",
        "Only the declaration in this application is used, and only for the reserved places. The optional questions "
        "about you are never used for this.",
    ),
    "story": (
        "I agree that a story or a photo of me is published",
        "We show it to you first. Once something is published, others may have copied it; when you take this back, "
        "we stop using it and remove it from our own pages.",
    ),
    "support": (
        "I agree that what I write here is used to arrange the support I need",
        "In many countries this counts as sensitive data, because it can tell something about health or disability. "
        "It is kept under lock, apart from the application. Only the people who arrange support read it, and only "
        "when you take up a place. Nobody who decides about the application sees it. When you take this back, it "
        "is deleted.",
    ),
    "monitoring": (
        "I agree that my answers about me are counted",
        "Every question is optional. Your answers are kept apart from your application, under lock. Nobody who "
        "decides about it can see them, and they change nothing for you. Funders see only rounded counts, never of "
        "fewer than 5 people. When you take this back, your answers are deleted.",
    ),
    "guardian": (
        "I agree that this young person applies",
        "I am the parent or legal guardian of the person named above. I have read what they apply to and what they "
        "allow, and I agree. I can write to the organisation at any time to take this back.",
    ),
}
