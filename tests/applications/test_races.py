"""Two windows at the same moment: one application is sent, one answer is kept, the other is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application, FormVersion, SectionAnswers
from apps.applications.services import (
    expire_drafts,
    extend_deadline,
    remind_of_deadlines,
    save_section,
    submit_application,
)
from apps.core.actors import SYSTEM
from apps.core.errors import Conflict
from apps.events.models import EventRecord
from apps.programs.models import Intake
from tests.applications.conftest import fill_in
from tests.factories.applications import ApplicationFactory
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
    fill_in(draft)

    results = race(*[lambda: submit_application(application=draft, submission_key=uuid4(), actor=SYSTEM)] * 2)

    assert [type(result) for result in results] == [Application, Application]
    assert len({result.submitted_at for result in results}) == 1
    assert EventRecord.objects.filter(name__endswith="ApplicationSubmitted").count() == 1


def test_more_time_given_while_the_clock_ends_drafts_is_never_lost(draft: Application) -> None:
    closes = timezone.now() - timedelta(minutes=1)
    Intake.objects.filter(pk=draft.intake_id).update(closes_at=closes, grace_minutes=0)
    until = timezone.now() + timedelta(days=1)

    def extend() -> bool:
        return extend_deadline(
            intake=draft.intake, who=draft.reference, until=until, reason="The bus broke.", actor=SYSTEM
        )

    given, _ended = race(extend, lambda: expire_drafts(now=timezone.now()))

    draft.refresh_from_db()
    assert given is True
    assert draft.status == ApplicationStatus.DRAFT


def test_two_sweeps_remind_once(draft: Application) -> None:
    soon = timezone.now() + timedelta(hours=20)
    Intake.objects.filter(pk=draft.intake_id).update(closes_at=soon)
    Application.objects.filter(pk=draft.pk).update(created_at=soon - timedelta(days=5))

    reminded = race(*[lambda: remind_of_deadlines(now=timezone.now())] * 4)

    assert sum(reminded) == 1


def test_two_windows_saving_one_section_keep_one_and_tell_the_other(draft: Application) -> None:
    results = race(
        lambda: save(draft, "plans", {"why": "One."}), lambda: save(draft, "plans", {"why": "Two."})
    )

    kept = SectionAnswers.objects.get(application=draft, section="plans")
    assert sorted(type(result).__name__ for result in results) == [Conflict.__name__, "SectionAnswers"]
    assert kept.version == 1
