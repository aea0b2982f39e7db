"""Two windows at the same moment: one application is sent, one answer is kept, the other is told."""

from uuid import uuid4

import pytest

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application, FormVersion, SectionAnswers
from apps.applications.services import save_section, submit_application
from apps.core.actors import SYSTEM
from apps.core.errors import Conflict
from apps.events.models import EventRecord
from apps.programs.models import Intake
from tests.factories.applications import ApplicationFactory, DocumentFactory
from tests.factories.people import PersonFactory
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(intake: Intake, form_version: FormVersion) -> Application:
    return ApplicationFactory(
        intake=intake, form_version=form_version, person=PersonFactory(), status=ApplicationStatus.DRAFT
    )


def save(draft: Application, section: str, answers: dict[str, str]) -> SectionAnswers:
    return save_section(
        application=draft, section=section, answers=answers, is_complete=True, version=0, actor=SYSTEM
    )


def test_two_clicks_on_send_are_one_submission(draft: Application, form_version: FormVersion) -> None:
    save(draft, "about-you", {"full-name": "Suda", "date-of-birth": "2001-03-27", "country": "TH"})
    save(draft, "plans", {"why": "To teach my village."})
    DocumentFactory(application=draft, question="certificate")

    results = race(*[lambda: submit_application(application=draft, submission_key=uuid4(), actor=SYSTEM)] * 2)

    assert [type(result) for result in results] == [Application, Application]
    assert len({result.submitted_at for result in results}) == 1
    assert EventRecord.objects.filter(name__endswith="ApplicationSubmitted").count() == 1


def test_two_windows_saving_one_section_keep_one_and_tell_the_other(draft: Application) -> None:
    results = race(
        lambda: save(draft, "plans", {"why": "One."}), lambda: save(draft, "plans", {"why": "Two."})
    )

    kept = SectionAnswers.objects.get(application=draft, section="plans")
    assert sorted(type(result).__name__ for result in results) == [Conflict.__name__, "SectionAnswers"]
    assert kept.version == 1
