"""Whatever a reviewer gets never says who applied: every page they can reach, the API, names of files."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from rest_framework.authtoken.models import Token

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.enums import DocumentStatus
from apps.applications.models import Application, Document
from apps.reviews.enums import AssignmentStatus, Purpose
from apps.reviews.models import AnswerTranslation, Criterion, Redaction, Review, ReviewAssignment, Score
from tests.factories.accounts import UserFactory
from tests.factories.applications import FormVersionFactory, ReferenceFactory, SectionAnswersFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ReviewAssignmentFactory

pytestmark = pytest.mark.django_db
CANARIES = {"name": "Kanarinya Vogel", "email": "kanarinya@canary.example", "phone": "+66 81 555 0199"}
#: Typed in an answer that reviewers see, and marked by staff.
MARKED = ["Tante Amsel", "ป้าสมหญิง ใจดี"]
#: What another reader of the same application gave and wrote.
FOREIGN = ["Another reader wrote this", "43.217"]
KEYS = ("full-name", "latin-name", "phone", "email", "town", "secret", "why")
QUESTIONS: list[dict[str, Any]] = [
    *(
        {"key": key, "kind": "text", "label": {"en": key}, "hidden_from_reviewers": key == "secret"}
        for key in KEYS
    ),
    {
        "key": "work",
        "kind": "rows",
        "label": {"en": "Work"},
        "columns": [{"key": "place", "kind": "text", "label": {"en": "Place"}}],
    },
    {"key": "plan", "kind": "document", "label": {"en": "Plan"}},
]


@pytest.fixture
def watched(assignment: ReviewAssignment, settings: Any, tmp_path: Any) -> ReviewAssignment:
    """An application full of canaries, in every place where one could be typed."""
    settings.MEDIA_ROOT = tmp_path
    definition = {"sections": [{"key": "you", "title": {"en": "You"}, "questions": QUESTIONS}]}
    version = FormVersionFactory(intake=assignment.application.intake, definition=definition)
    user = UserFactory(email=CANARIES["email"], full_name=CANARIES["name"])
    person = PersonFactory(user=user, full_name=CANARIES["name"], phone=CANARIES["phone"])
    Application.objects.update(form_version=version, person=person, language="th")
    named = "TANTE\n  amsel and ป้าสมหญิงใจดี"
    answers = dict.fromkeys(KEYS[:-1], " ".join(CANARIES.values()))
    answers |= {"why": f"Rice terraces with {named}", "work": [{"place": f"School of {named}"}]}
    application = assignment.application
    SectionAnswersFactory(application=application, section="you", answers=answers)
    by = {"application": application, "marked_by": assignment.reviewer}
    for words in MARKED:
        Redaction.objects.create(question="why", words=words, **by)
    AnswerTranslation.objects.create(
        application=application,
        question="why",
        language="en",
        text=f"Translated terraces with {named}",
        is_machine=True,
        made_by=assignment.reviewer,
    )
    ReferenceFactory(
        application=application,
        status="given",
        reviewers_may_read=True,
        relation=f"Neighbour of {named}",
        questions=[{"key": "q", "kind": "long_text", "label": {"en": "How?"}}],
        answers={"q": f"Well known to {named}"},
        given_at=datetime.now(UTC),
    )
    Document.objects.create(
        application=application,
        question="plan",
        name="kanarinya-vogel",
        content_type="application/pdf",
        size=4,
        sha256="0" * 64,
        stored_as=default_storage.save("plan", ContentFile(b"%PDF")),
        status=DocumentStatus.CLEAN,
    )
    return assignment


@pytest.fixture
def other_reader(watched: ReviewAssignment, criteria: list[Criterion], staff: Callable[..., User]) -> None:
    row = ReviewAssignmentFactory(
        application=watched.application,
        reviewer=staff(Role.REVIEWER),
        status=AssignmentStatus.SUBMITTED,
        submitted_at=datetime.now(UTC),
    )
    review = Review.objects.create(assignment=row, comment=FOREIGN[0], weighted_score=FOREIGN[1])
    Score.objects.create(review=review, criterion=criteria[0], points=5, comment=FOREIGN[0])


def tells(seen: str) -> list[str]:
    """Which canaries are in it, however spaces and letters are written."""
    plain = "".join(unescape(seen).split()).casefold()
    hunted = [*CANARIES.values(), *MARKED, *FOREIGN]
    return [canary for canary in hunted if "".join(canary.split()).casefold() in plain]


@pytest.mark.usefixtures("other_reader")
@pytest.mark.parametrize("purpose", [Purpose.SELECTION, Purpose.CALIBRATION, Purpose.THIRD])
def test_through_all_states_of_a_review_no_page_and_no_answer_of_the_api_tells(
    purpose: str,
    watched: ReviewAssignment,
    criteria: list[Criterion],
    signed_in: Callable[[User], Client],
) -> None:
    ReviewAssignment.objects.filter(pk=watched.pk).update(purpose=purpose)
    client = signed_in(watched.reviewer)
    page = reverse("reviews:review", args=[watched.public_id])
    points = {f"criterion-{each.pk}": "4" for each in criteria}
    seen = crawl(client) + by_api(watched)

    seen += client.post(page, points | {"comment": "x" * 4000}).content.decode()
    client.post(page, points)
    seen += client.post(page, dict.fromkeys(points, "2")).content.decode()
    seen += crawl(client) + by_api(watched)
    client.post(page, points | {"submit": "1"})
    seen += crawl(client) + by_api(watched)

    assert ReviewAssignment.objects.get(pk=watched.pk).status == AssignmentStatus.SUBMITTED
    assert min(seen.count(words) for words in ("Rice terraces", "Translated terraces", "Well known")) >= 4
    assert "hidden words" in seen
    assert tells(seen) == []


def by_api(assignment: ReviewAssignment) -> str:
    token, _is_new = Token.objects.get_or_create(user=assignment.reviewer)
    seen = ""
    for address in ("/api/reviews/", f"/api/reviews/{assignment.public_id}/"):
        answer = Client().get(address, headers={"Authorization": f"Token {token.key}"})
        assert answer.status_code == 200
        seen += str(answer.json())
    return seen


def crawl(client: Client) -> str:
    """Every page and file that can be reached by links from the queue, headers too, without signing out."""
    waiting, opened, seen = [reverse("reviews:queue")], set(), ""
    while waiting:
        address = waiting.pop()
        if address in opened or not address.startswith("/en/") or "logout" in address:
            continue
        opened.add(address)
        answer = client.get(address, follow=True)
        seen += str(answer.headers) + b"".join(answer).decode(errors="replace")
        waiting += [unescape(link).partition("#")[0] for link in re.findall(r'href="([^"]+)"', seen)]
    return seen


def test_the_control_finds_what_is_not_hidden(
    watched: ReviewAssignment, signed_in: Callable[[User], Client]
) -> None:
    """Without marks the words do show: the crawl would have seen them."""
    Redaction.objects.all().delete()

    assert tells(crawl(signed_in(watched.reviewer))) == MARKED
