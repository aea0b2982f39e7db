"""The reviewer's copy: original and translation together, and what staff do to prepare it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.actors import user_actor
from apps.core.errors import Conflict
from apps.events.models import EventRecord
from apps.reviews.models import AnswerTranslation, Redaction, ReviewAssignment
from apps.reviews.rules.redaction import BAR
from apps.reviews.selectors import copy_for, state_of_copy
from apps.reviews.services import prepare_copy
from tests.factories.applications import FormVersionFactory, SectionAnswersFactory

pytestmark = pytest.mark.django_db
QUESTIONS: list[dict[str, Any]] = [
    {"key": "why", "kind": "long_text", "label": {"en": "Why?"}},
    {"key": "secret", "kind": "text", "label": {"en": "Secret"}, "hidden_from_reviewers": True},
    {"key": "full-name", "kind": "text", "label": {"en": "Name"}},
    {"key": "years", "kind": "number", "label": {"en": "Years"}},
    {"key": "plan", "kind": "text", "label": {"en": "Plan"}},
]
ANSWERS = {"why": "ผมชื่อ Noy", "secret": "x", "full-name": "Noy", "years": "3", "plan": "Noy teaches"}


@pytest.fixture
def application(assignment: ReviewAssignment) -> Application:
    definition = {"sections": [{"key": "you", "title": {"en": "You"}, "questions": QUESTIONS}]}
    found = assignment.application
    found.form_version = FormVersionFactory(intake=found.intake, definition=definition)
    found.language, found.submitted_at = "th", timezone.now()
    found.save()
    SectionAnswersFactory(application=found, section="you", answers=ANSWERS)
    return found


@pytest.fixture
def coordinator(staff: Callable[..., User]) -> User:
    return staff(Role.COORDINATOR)


def translated(application: Application, by: User, **values: Any) -> AnswerTranslation:
    given = {"question": "why", "language": "en", "text": "My name is Noy", **values}
    return AnswerTranslation.objects.create(application=application, made_by=by, **given)


def answer(application: Application, language: str, key: str = "why") -> Any:
    copy = copy_for(application, language)
    return next(each for section in copy.sections for each in section.answers if each.key == key)


def prepare(application: Application, by: User, **values: Any) -> None:
    given: dict[str, Any] = {
        "marks": {"why": ["Noy"]},
        "translations": {},
        "language": "en",
        "seen": state_of_copy(application),
        **values,
    }
    prepare_copy(application=application, **given, actor=user_actor(by))


def test_a_mark_at_one_answer_hides_in_all(application: Application, coordinator: User) -> None:
    prepare(application, coordinator)

    assert answer(application, "en").text == f"ผมชื่อ {BAR}"
    assert answer(application, "en", "plan").text == f"{BAR} teaches"


def test_the_translation_is_into_the_readers_language_else_into_english(
    application: Application, coordinator: User
) -> None:
    translated(application, coordinator)
    translated(application, coordinator, language="vi", text="Tên tôi là Noy", is_machine=True)

    assert answer(application, "vi").translation.text == "Tên tôi là Noy"
    assert answer(application, "lo").translation.text == "My name is Noy"
    assert answer(application, "vi", "plan").translation is None


def test_a_translation_of_what_was_saved_again_says_so(application: Application, coordinator: User) -> None:
    row = translated(application, coordinator)
    assert not answer(application, "en").translation.is_old

    AnswerTranslation.objects.filter(pk=row.pk).update(updated_at=timezone.now() - timedelta(days=1))

    assert answer(Application.objects.get(pk=application.pk), "en").translation.is_old


def test_reviewers_see_original_and_translation_together_each_in_its_language(
    application: Application,
    assignment: ReviewAssignment,
    coordinator: User,
    signed_in: Callable[[User], Client],
) -> None:
    translated(application, coordinator, is_machine=True)
    prepare(application, coordinator)
    page = signed_in(assignment.reviewer).get(reverse("reviews:review", args=[assignment.public_id]))

    text = page.content.decode()
    bar = f'<span aria-hidden="true">{BAR}</span><span class="govuk-visually-hidden">hidden words</span>'
    assert f'<div lang="th">ผมชื่อ {bar}</div>' in text
    assert f'<div lang="en">My name is {bar}</div>' in text
    for words in ("Original · Thai", "Translation · English", "machine translation"):
        assert words in text


def test_saving_replaces_the_marks_and_tells_of_no_word(application: Application, coordinator: User) -> None:
    prepare(application, coordinator, marks={"why": ["Noy", " NOY  P ", "Noy", "", BAR]})
    prepare(application, coordinator, marks={"why": ["ผม"]}, translations={"why": ("I am Noy", True)})

    assert list(Redaction.objects.values_list("words", "marked_by")) == [("ผม", coordinator.pk)]
    assert AnswerTranslation.objects.get().is_machine
    told = EventRecord.objects.filter(name="ReviewCopyPrepared")
    assert [(each.payload["marks"], each.payload["translations"]) for each in told] == [(2, 0), (1, 1)]
    assert not any("Noy" in str(each.payload) for each in told)


def test_the_same_twice_is_once_and_an_empty_translation_goes(
    application: Application, coordinator: User
) -> None:
    seen = state_of_copy(application)
    for _click in range(2):
        prepare(application, coordinator, translations={"why": ("I am Noy", False)}, seen=seen)

    assert EventRecord.objects.filter(name="ReviewCopyPrepared").count() == 1
    prepare(application, coordinator, translations={"why": (" ", False)})
    assert not AnswerTranslation.objects.exists()


def test_who_saw_older_marks_takes_none_away(application: Application, coordinator: User) -> None:
    seen = state_of_copy(application)
    prepare(application, coordinator, seen=seen)

    with pytest.raises(Conflict):
        prepare(application, coordinator, marks={"why": []}, seen=seen)

    assert Redaction.objects.get().words == "Noy"


def typed(page: Any, **values: str) -> dict[str, str]:
    return {
        "seen": page.context["seen"],
        **{name.replace("__", "-"): value for name, value in values.items()},
    }


def test_coordinators_mark_words_and_translate_on_a_page(
    application: Application, coordinator: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(coordinator)
    address = reverse("reviews:prepare", args=[application.public_id]) + "?language=vi"
    page = client.get(address)

    told = client.post(
        address,
        typed(page, words__why="Noy\n\nผม", translation__why="Tôi là Noy", machine__why="on"),
    )

    assert [written.key for written, _fields in page.context["lines"]] == ["why", "plan"]
    assert told.headers["Location"] == address
    assert set(Redaction.objects.values_list("question", "words")) == {("why", "Noy"), ("why", "ผม")}
    row = AnswerTranslation.objects.get()
    assert (row.language, row.text, row.is_machine) == ("vi", "Tôi là Noy", True)
    again = client.get(address).content.decode()
    assert "As reviewers read it now" in again
    assert f"{BAR}</span>" in again


def test_two_coordinators_at_once_are_told_and_lose_nothing_they_typed(
    application: Application, coordinator: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(coordinator)
    address = reverse("reviews:prepare", args=[application.public_id])
    page = client.get(address)
    prepare(application, coordinator)

    told = client.post(address, typed(page, words__plan="teaches"))

    assert told.status_code == 409
    assert "teaches</textarea>" in told.content.decode()
    assert "Noy" in told.content.decode()
    assert Redaction.objects.get().words == "Noy"
    assert client.post(address, typed(told, words__plan="teaches")).status_code == 302


@pytest.mark.parametrize("nonsense", ["x" * 301, "a\x00b", "x" * 7000])
def test_words_that_cannot_be_kept_are_refused_at_their_field(
    nonsense: str, application: Application, coordinator: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(coordinator)
    address = reverse("reviews:prepare", args=[application.public_id])

    answer = client.post(address, typed(client.get(address), words__why=nonsense))

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"words-why"}
    assert not Redaction.objects.exists()


def test_a_stranger_prepares_nothing(
    application: Application, assignment: ReviewAssignment, signed_in: Callable[[User], Client]
) -> None:
    address = reverse("reviews:prepare", args=[application.public_id])

    assert signed_in(assignment.reviewer).get(address).status_code == 403
