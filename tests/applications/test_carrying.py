"""Answers go along: to a newer form, from an earlier application, from what the person told us before."""

from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application, FormVersion
from apps.applications.services import copy_answers, save_section, start_draft, use_newest_form
from apps.applications.services.form_versions import change_form
from apps.core.actors import Actor, user_actor
from apps.core.errors import Conflict
from apps.programs.models import Intake
from tests.applications.conftest import DEFINITION
from tests.factories.applications import ApplicationFactory, DocumentFactory, FormVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.programs import IntakeFactory

pytestmark = pytest.mark.django_db
ABOUT = {"full-name": "Suda", "date-of-birth": "2001-03-27", "country": "TH"}


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def me(applicant: User) -> Actor:
    return user_actor(applicant)


@pytest.fixture
def draft(intake: Intake, form_version: FormVersion, applicant: User, me: Actor) -> Application:
    found = ApplicationFactory(
        intake=intake,
        form_version=form_version,
        person=PersonFactory(user=applicant),
        status=ApplicationStatus.DRAFT,
    )
    save_section(application=found, section="about-you", answers=ABOUT, is_complete=True, version=0, actor=me)
    save_section(
        application=found,
        section="plans",
        answers={"why": "To teach.", "hours": "6"},
        is_complete=True,
        version=0,
        actor=me,
    )
    return found


def changed() -> dict[str, Any]:
    """The same first section; the second has lost "hours" and asks something new."""
    about, plans = DEFINITION["sections"]
    fresh = {"key": "village", "kind": "text", "label": {"en": "Your village"}, "required": True}
    return {"sections": [about, {**plans, "questions": [plans["questions"][0], fresh]}]}


def new_version(intake: Intake, actor: Actor) -> FormVersion:
    return change_form(intake=intake, definition=changed(), number=1, actor=actor)


def test_a_newer_form_takes_along_what_fits_and_sets_the_rest_aside(
    draft: Application, intake: Intake, actor: Actor, me: Actor
) -> None:
    version = new_version(intake, actor)

    carried = use_newest_form(application=draft, number=version.number, actor=me)

    draft = Application.objects.get(pk=draft.pk)
    rows = {row.section: row for row in draft.sections.all()}
    assert carried.lost == ("hours",)
    assert draft.form_version == version
    assert draft.set_aside == {"hours": {"label": {"en": "Hours a week"}, "value": "6"}}
    assert (rows["about-you"].answers, rows["about-you"].is_complete) == (ABOUT, True)
    assert (rows["plans"].answers, rows["plans"].is_complete) == ({"why": "To teach."}, False)
    assert rows["plans"].typed_by["why"]["by"] == me.user_id


def test_going_on_twice_changes_nothing_more(
    draft: Application, intake: Intake, actor: Actor, me: Actor
) -> None:
    version = new_version(intake, actor)
    use_newest_form(application=draft, number=version.number, actor=me)

    assert use_newest_form(application=draft, number=version.number, actor=me).lost == ()
    assert Application.objects.get(pk=draft.pk).set_aside.keys() == {"hours"}


def test_a_version_nobody_was_offered_is_refused(draft: Application, intake: Intake, actor: Actor) -> None:
    new_version(intake, actor)

    with pytest.raises(Conflict):
        use_newest_form(application=draft, number=1, actor=actor)


def test_what_was_sent_stays_on_its_form(draft: Application, intake: Intake, actor: Actor, me: Actor) -> None:
    version = new_version(intake, actor)
    draft.status, draft.submitted_at = ApplicationStatus.SUBMITTED, draft.created_at
    draft.save()

    with pytest.raises(Conflict):
        use_newest_form(application=draft, number=version.number, actor=me)


def test_the_page_offers_the_newer_form_and_keeps_showing_what_was_set_aside(
    draft: Application, intake: Intake, actor: Actor, as_applicant: Client
) -> None:
    tasks = reverse("applications:task-list", args=[draft.public_id])
    assert "Use the new form" not in as_applicant.get(tasks).content.decode()
    version = new_version(intake, actor)
    assert "Use the new form" in as_applicant.get(tasks).content.decode()

    as_applicant.post(
        reverse("applications:newest-form", args=[draft.public_id]), {"number": str(version.number)}
    )

    page = as_applicant.get(tasks).content.decode()
    assert "Use the new form" not in page
    assert "Hours a week" in page
    assert (
        "Hours a week"
        in as_applicant.get(reverse("applications:print", args=[draft.public_id])).content.decode()
    )


def test_applying_again_fills_in_what_is_asked_again_and_copies_files(
    draft: Application, country: Any, as_applicant: Client
) -> None:
    stored = default_storage.save("documents/old", ContentFile(b"%PDF-1.4 school"))
    DocumentFactory(application=draft, question="certificate", stored_as=stored)
    other = IntakeFactory(program__country=country)
    FormVersionFactory(intake=other, definition=changed() | {"sections": [*DEFINITION["sections"]]})
    again = reverse("applications:apply-again", args=[draft.public_id])
    assert "Start with my answers" in as_applicant.get(again).content.decode()

    answer = as_applicant.post(again, {"intake": str(other.public_id)})

    fresh = Application.objects.get(intake=other)
    assert answer["Location"] == reverse("applications:task-list", args=[fresh.public_id])
    rows = {row.section: row for row in fresh.sections.all()}
    assert rows["plans"].answers == {"why": "To teach.", "hours": "6"}
    assert not any(row.is_complete for row in rows.values())
    copy = fresh.documents.get()
    assert copy.stored_as != stored
    with default_storage.open(copy.stored_as) as content:
        assert content.read() == b"%PDF-1.4 school"


def test_nobody_applies_with_the_answers_of_another(
    draft: Application, signed_in: Any, django_user_model: Any
) -> None:
    stranger = PersonFactory()
    theirs = ApplicationFactory(person=stranger, status=ApplicationStatus.DRAFT)

    with pytest.raises(Conflict):
        copy_answers(application=theirs, earlier=draft, actor=user_actor(stranger.user))
    page = signed_in(stranger.user).get(reverse("applications:apply-again", args=[draft.public_id]))
    assert page.status_code == 404


@pytest.mark.parametrize("intake_id", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_applying_again_to_nothing_is_not_found(
    draft: Application, as_applicant: Client, intake_id: str
) -> None:
    again = reverse("applications:apply-again", args=[draft.public_id])

    assert as_applicant.post(again, {"intake": intake_id}).status_code == 404


def test_one_profile_is_asked_once(
    intake: Intake, form_version: FormVersion, applicant: User, me: Actor
) -> None:
    PersonFactory(user=applicant, full_name="สุดารัตน์", born_on=date(2001, 3, 27), country_id="TH")

    draft = start_draft(intake=intake, user=applicant, language="th", actor=me)

    row = draft.sections.get()
    assert row.answers == {"full-name": "สุดารัตน์", "date-of-birth": "2001-03-27", "country": "TH"}
    assert not row.is_complete
