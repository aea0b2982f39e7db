"""Rows for what people allow, their guardians, and support."""

from tests.access.matrix import rules
from tests.access.matrix.pages import GET, ONE, POST

_DRAFT, _PURPOSE = {"public_id": "draft"}, {"purpose": "purpose"}

PAGES: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "people:permissions": (GET, rules.SIGNED_IN, {}),
    "people:permission-give": (POST, rules.SIGNED_IN, _PURPOSE),
    "people:permission-withdraw": (POST, rules.SIGNED_IN, _PURPOSE),
    "people:consent-texts": (GET, rules.ADMINISTRATORS, {}),
    "applications:asked-consents": (GET, rules.ITS_COORDINATOR, ONE),
    "applications:guardian": (GET, rules.ANYONE, {"token": "guardian_token"}),
    "applications:guardian-papers": (GET, rules.COORDINATORS, {}),
    "applications:guardian-paper": (GET, rules.ITS_COORDINATOR, {"public_id": "guardian_paper"}),
    "applications:permissions": (GET, rules.OWN, _DRAFT),
    "applications:guardian-ask": (POST, rules.OWN, _DRAFT),
    "applications:support": (GET, rules.OWN, _DRAFT),
    "enrolments:support-list": (GET, rules.LOGISTICS, {}),
    "enrolments:support-end": (GET, rules.LOGISTICS, {"public_id": "support_task"}),
    "enrolments:my-support": (GET, rules.OWN, {"public_id": "enrolment"}),
}
