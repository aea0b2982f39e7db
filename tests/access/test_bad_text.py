"""Every text that staff and participants type after an offer, tried with what no text may be."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from apps.events.models import EventRecord
from tests.access.world import build
from tests.bad_input import TEXTS

pytestmark = pytest.mark.django_db

DAY = "2026-01-01"
#: URL name → (who types, the row in the address, the text field, what else the form needs)
FORMS: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "applications:deadline-extend": (
        "coordinator",
        "intake",
        "reason",
        {"who": "AP-1", "until": "2099-01-01T10:00"},
    ),
    "inclusion:restate": ("administrator", "release.number", "reason", {}),
    "programs:enquiry": ("coordinator", "enquiry", "answer", {}),
    "enrolments:enrolment-end": ("coordinator", "enrolment", "reason", {"status": "no_show"}),
    "enrolments:enrolment-reopen": ("coordinator", "enrolment", "reason", {}),
    "enrolments:leave-start": ("trainer", "enrolment", "reason", {}),
    "scholarships:payment-return": ("coordinator", "payment", "reason", {}),
    "scholarships:payment-cancel": ("coordinator", "payment", "reason", {}),
    "scholarships:payment-reschedule": ("coordinator", "payment", "reason", {"due_on": DAY}),
    "scholarships:payment-send": ("coordinator", "payment", "payment_reference", {}),
    "scholarships:award-suspend": ("coordinator", "award", "reason", {}),
    "scholarships:award-resume": ("coordinator", "award", "reason", {}),
    "scholarships:award-terminate": ("coordinator", "award", "reason", {}),
    "courses:unit-add": ("coordinator", "intake", "title", {"code": "U9"}),
    "courses:unit-edit": ("coordinator", "unit", "code", {"title": "Data"}),
    "cohorts:step-add": ("coordinator", "cohort", "title", {}),
    "cohorts:trainer-suspend": ("coordinator", "trainer", "reason", {}),
    "cohorts:trainer-reinstate": ("coordinator", "trainer", "reason", {}),
}
#: Texts that may stay empty refuse only what cannot be kept.
OPTIONAL: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "enrolments:enrolment-withdraw": ("applicant", "enrolment", "reason", {}),
    "cohorts:step-add": ("coordinator", "cohort", "instructions", {"title": "Teach"}),
    "cohorts:step-mark": ("trainer", "task", "note", {"done_on": DAY}),
    "courses:session-add": (
        "coordinator",
        "intake",
        "place",
        {"title": "Welcome", "day": DAY, "begins": "09:00", "minutes": "60"},
    ),
}
EMPTY = [text for text in TEXTS if not text.strip("\u200b ")]
CASES = [(name, *form, TEXTS) for name, form in FORMS.items()] + [
    (name, *form, [text for text in TEXTS if text not in EMPTY]) for name, form in OPTIONAL.items()
]


@pytest.mark.parametrize(
    ("name", "who", "thing", "field", "others", "texts"),
    CASES,
    ids=[f"{case[0]}.{case[3]}" for case in CASES],
)
def test_a_bad_text_is_refused_at_its_field_and_changes_nothing(
    name: str,
    who: str,
    thing: str,
    field: str,
    others: dict[str, str],
    texts: list[str],
    settings: object,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    world = build()
    client = Client()
    client.force_login(world.people[who], backend="apps.accounts.backends.EmailBackend")
    address = reverse(name, args=[world.value(thing)])
    told = EventRecord.objects.count()

    for text in texts:
        page = client.post(address, {**others, field: text})

        assert page.status_code == 422
        assert page.context["form"].errors.keys() == {field}
    assert EventRecord.objects.count() == told
