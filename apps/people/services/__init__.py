"""Every write about people."""

from apps.people.services.consents import answer_consent, withdraw_consent
from apps.people.services.persons import person_for, take_over_answers
from apps.people.services.support import read_needs, save_needs
from apps.people.services.texts import publish_text

__all__ = [
    "answer_consent",
    "person_for",
    "publish_text",
    "read_needs",
    "save_needs",
    "take_over_answers",
    "withdraw_consent",
]
