"""Rows for the API; callers bring a token, a visitor gets 401."""

from tests.access.matrix import rules
from tests.access.matrix.pages import GET, ONE, POST, PUT

_DRAFT, _ASSIGNMENT, _OFFER = {"public_id": "draft"}, {"public_id": "assignment"}, {"public_id": "offer"}

PAGES: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "api:docs": (GET, rules.ANYONE, {}),
    "api:intake-list": (GET, rules.ANYONE, {}),
    "api:intake": (GET, rules.ANYONE, ONE),
    "api:eligibility": (POST, rules.ANYONE, ONE),
    "api:application-list": (GET, rules.SIGNED_IN, {}),
    "api:run-application-list": (GET, rules.COORDINATORS, {}),
    "api:application": (GET, rules.OWN, _DRAFT),
    "api:section": (PUT, rules.OWN, {**_DRAFT, "section": "section"}),
    "api:document-upload": (POST, rules.OWN, _DRAFT),
    "api:reference-list": (GET, rules.OWN, _DRAFT),
    "api:submit": (POST, rules.OWN, _DRAFT),
    "api:withdraw": (POST, rules.OWN, _DRAFT),
    "api:assignment-list": (GET, rules.REVIEWERS, {}),
    "api:assignment": (GET, rules.REVIEWERS, _ASSIGNMENT),
    "api:review-conflict": (POST, rules.REVIEWERS, _ASSIGNMENT),
    "api:review-save": (PUT, rules.REVIEWERS, _ASSIGNMENT),
    "api:review-submit": (POST, rules.REVIEWERS, _ASSIGNMENT),
    "api:offer-list": (GET, rules.SIGNED_IN, {}),
    "api:offer-accept": (POST, rules.OWN, _OFFER),
    "api:offer-decline": (POST, rules.OWN, _OFFER),
    "api:enrolment-list": (GET, rules.SIGNED_IN, {}),
    "api:roster": (GET, rules.STAFF_OF_ANY, {}),
    "api:message-list": (GET, rules.SIGNED_IN, {}),
}
