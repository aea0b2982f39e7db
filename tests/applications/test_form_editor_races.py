"""Coordinators at the same moment: every edit of another part is kept, of one part the first."""

from functools import partial

import pytest

from apps.applications.models import FormVersion
from apps.applications.rules import editing
from apps.applications.selectors import current_draft
from apps.applications.services.form_drafts import change_draft, open_draft, publish_draft
from apps.core.actors import SYSTEM
from apps.core.errors import Conflict
from apps.programs.models import Intake
from tests.applications.conftest import DEFINITION
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def save(intake: Intake, key: str, label: str) -> FormVersion:
    seen = editing.mark(editing.find_question(DEFINITION, "plans", key))
    question = {"kind": "text", "label": {"en": label}}
    edit = partial(editing.save_question, section="plans", key=key, seen=seen, question=question)
    return change_draft(intake=intake, edit=edit, actor=SYSTEM)


def test_edits_of_different_questions_at_once_are_all_kept(intake: Intake, form_version: FormVersion) -> None:
    results = race(*[partial(save, intake, key, f"New {key}") for key in ("why", "hours", "certificate")])

    assert all(isinstance(result, FormVersion) for result in results)
    assert FormVersion.objects.filter(intake=intake, published_at=None).count() == 1
    labels = [each["label"]["en"] for each in current_draft(intake).definition["sections"][1]["questions"]]
    assert labels == ["New why", "New hours", "New certificate"]


def test_of_two_edits_of_one_question_one_is_told(intake: Intake, form_version: FormVersion) -> None:
    results = race(*[partial(save, intake, "why", label) for label in ("One", "Two")])

    assert sorted(isinstance(result, Conflict) for result in results) == [False, True]
    kept = next(
        label for label, result in zip(("One", "Two"), results, strict=True) if result.__class__ != Conflict
    )
    assert editing.find_question(current_draft(intake).definition, "plans", "why")["label"] == {"en": kept}


def test_two_clicks_on_publish_are_one_version(intake: Intake, form_version: FormVersion) -> None:
    seen = editing.mark(open_draft(intake=intake, actor=SYSTEM).definition)

    results = race(*[lambda: publish_draft(intake=intake, seen=seen, actor=SYSTEM)] * 2)

    assert sorted(isinstance(result, Conflict) for result in results) == [False, True]
    assert FormVersion.objects.filter(intake=intake).count() == 2
