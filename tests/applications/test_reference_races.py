"""Two at the same moment about one reference: one does it, the other is told."""

import pytest

from apps.applications.enums import ReferenceStatus
from apps.applications.models import Application, FormVersion, Reference
from apps.applications.services.referees import give_reference, open_reference, save_reference
from apps.applications.services.references import name_referee, remind_referee
from apps.core.actors import SYSTEM, VISITOR
from apps.core.errors import Conflict
from apps.events.models import EventRecord
from apps.programs.models import Intake
from tests.factories.applications import ApplicationFactory, ReferenceFactory, ReferenceTermsFactory
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
GOOD = {"how-long": "Six years", "recommend": "yes"}


@pytest.fixture
def draft(intake: Intake, form_version: FormVersion) -> Application:
    ReferenceTermsFactory(intake=intake, wanted=5)
    return ApplicationFactory(intake=intake, form_version=form_version, status="draft")


def name(draft: Application, number: int, replaces: Reference | None = None) -> Reference:
    details = {
        "name": f"Teacher {number}",
        "relation": "x",
        "email": f"x{number}@example.org",
        "language": "en",
    }
    return name_referee(application=draft, details=details, ask_now=True, replaces=replaces, actor=SYSTEM)


def test_of_many_reminders_at_once_one_leaves(draft: Application) -> None:
    asked = ReferenceFactory(application=draft)

    results = race(*[lambda: remind_referee(reference=asked, actor=SYSTEM)] * 4)

    assert sorted(type(result).__name__ for result in results) == [*["Conflict"] * 3, "Reference"]
    assert Reference.objects.get().reminders == 1
    assert EventRecord.objects.filter(name="ReferenceReminded").count() == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_referee_who_answers_and_an_applicant_who_replaces_them_do_not_both_win(
    draft: Application, number: int
) -> None:
    asked = ReferenceFactory(application=draft)

    given, replaced = race(
        lambda: give_reference(reference=asked, answers=GOOD, version=0, actor=VISITOR),
        lambda: name(draft, 1, replaces=asked),
    )

    asked.refresh_from_db()
    if isinstance(replaced, Conflict):
        assert asked.status == ReferenceStatus.GIVEN
        assert Reference.objects.count() == 1
    else:
        assert isinstance(given, Conflict)
        assert (asked.status, asked.answers) == (ReferenceStatus.CANCELLED, {})
        assert replaced.status == ReferenceStatus.REQUESTED


def test_two_clicks_on_ask_are_one_letter(draft: Application) -> None:
    results = race(*[lambda: name(draft, 1)] * 3)

    assert len({result.pk for result in results}) == 1
    assert EventRecord.objects.filter(name="ReferenceAsked").count() == 1


def test_the_last_place_goes_to_one(draft: Application) -> None:
    ReferenceFactory.create_batch(4, application=draft)

    results = race(*[lambda number=number: name(draft, number) for number in range(4)])

    assert sum(isinstance(result, Conflict) for result in results) == 3
    assert Reference.objects.count() == 5


def test_two_windows_of_a_referee_keep_one_text_and_tell_the_other(draft: Application) -> None:
    asked = ReferenceFactory(application=draft)

    results = race(
        *[
            lambda text=text: save_reference(
                reference=asked, answers={"how-long": text}, version=0, actor=VISITOR
            )
            for text in ("one", "two")
        ]
    )

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Reference"]
    assert Reference.objects.get().version == 1


def test_two_looks_open_once(draft: Application) -> None:
    asked = ReferenceFactory(application=draft)

    race(*[lambda: open_reference(reference=asked, actor=VISITOR)] * 3)

    assert EventRecord.objects.filter(name="ReferenceOpened").count() == 1
