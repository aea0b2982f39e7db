"""Taking answers along: to a newer version of the form, from an earlier application, from one's profile."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus
from apps.applications.events import AnswersCarriedOver, FormVersionChanged
from apps.applications.models import Application, Document, SectionAnswers
from apps.applications.rules.conditions import is_answered
from apps.applications.rules.counting import carry_over, together
from apps.applications.rules.definition import Form, form_from_definition
from apps.applications.rules.person import PERSON_FIELDS
from apps.applications.selectors import ACTIVE_DOCUMENTS, current_form, form_of, newest_number
from apps.applications.services.opening import require_open_to
from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.events.services import publish
from apps.people.models import Person


@dataclass(frozen=True, slots=True)
class Carried:
    """`lost` are the questions of the other form whose answers had no place in this one."""

    lost: tuple[str, ...]


@transaction.atomic
def use_newest_form(*, application: Application, number: int, actor: Actor) -> Carried:
    """Go on with the newest version of the form; `number` is the version that was offered.

    A section whose questions are the same stays complete, any other is looked at again. An answer
    that does not fit is set aside where the applicant can still read it. Idempotent. Raises Conflict
    when the draft was sent, or when there is a newer version still.
    """
    draft = _locked_draft(application)
    require_open_to(draft, actor)
    newest = current_form(draft.intake)
    if newest is None or newest.number != number:
        raise Conflict(_("The form has changed again. Look at it once more."))
    if newest.pk == draft.form_version_id:
        return Carried(lost=())
    old, new = form_of(draft), form_from_definition(newest.definition)
    answers = _answers(draft)
    carried = carry_over(old, new, answers)
    _replace(draft, old, new, carried.answers, actor)
    before = draft.form_version.number if draft.form_version else 0
    Application.objects.filter(pk=draft.pk).update(
        form_version=newest,
        set_aside={**draft.set_aside, **_set_aside(old, carried.lost, answers)},
        saved_at=Now(),
    )
    publish(
        FormVersionChanged(application_id=draft.pk, before=before, after=newest.number, lost=[*carried.lost]),
        actor=actor,
    )
    return Carried(lost=carried.lost)


@transaction.atomic
def copy_answers(*, application: Application, earlier: Application, actor: Actor) -> Carried:
    """Fill a draft with what fits from an earlier application of the same person.

    Answers already in the draft stay. Every section copied is to be looked at before sending. Files
    are copied too, so that each application keeps its own. Raises Conflict for another person's.
    """
    draft = _locked_draft(application)
    if draft.person_id is None or draft.person_id != earlier.person_id:
        raise Conflict(_("These answers belong to somebody else."))
    form = form_of(draft)
    carried = carry_over(form_of(earlier), form, _answers(earlier))
    for section, answers in carried.answers.items():
        _fill(draft, section, answers, actor)
    _copy_documents(draft, form, earlier)
    Application.objects.filter(pk=draft.pk).update(saved_at=Now())
    publish(AnswersCarriedOver(application_id=draft.pk, from_application_id=earlier.pk), actor=actor)
    return Carried(lost=carried.lost)


@transaction.atomic
def fill_from_profile(*, application: Application, person: Person, actor: Actor) -> None:
    """What a person told us for another program need not be typed again; it is shown to be checked."""
    known = {key: _known(person, field) for key, field in PERSON_FIELDS.items()}
    for section in form_of(application).sections:
        answers = {
            question.key: known[question.key]
            for question in section.questions
            if known.get(question.key) and question.kind in ("text", "date", "country")
        }
        _fill(application, section.key, answers, actor)


def _known(person: Person, field: str) -> str:
    value = getattr(person, field)
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


def _locked_draft(application: Application) -> Application:
    draft = (
        Application.objects.select_for_update(of=("self",))
        .select_related("intake", "form_version")
        .get(pk=application.pk)
    )
    if draft.status != ApplicationStatus.DRAFT:
        raise Conflict(_("This application has been sent. Its answers can no longer change."))
    return draft


def _answers(application: Application) -> dict[str, Any]:
    return together({row.section: row.answers for row in application.sections.all()})


def _set_aside(old: Form, lost: tuple[str, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    labels = {question.key: dict(question.label) for _section, question in old.questions()}
    return {key: {"label": labels[key], "value": answers[key]} for key in lost}


def _replace(
    draft: Application, old: Form, new: Form, answers: Mapping[str, Mapping[str, Any]], actor: Actor
) -> None:
    """One row for each section of the new form that has answers; typed-by goes along with them."""
    rows = {row.section: row for row in draft.sections.all()}
    typed = {key: each for row in rows.values() for key, each in row.typed_by.items()}
    unchanged = {part.key for part in new.sections if old.section(part.key) == part}
    draft.sections.exclude(section__in=unchanged).delete()
    SectionAnswers.objects.bulk_create(
        SectionAnswers(
            application=draft,
            section=section,
            answers=kept,
            version=(rows[section].version if section in rows else 0) + 1,
            saved_by_id=actor.user_id,
            typed_by={key: typed[key] for key in kept if key in typed},
        )
        for section, kept in answers.items()
        if section not in unchanged and (kept or section in rows)
    )


def _fill(draft: Application, section: str, answers: Mapping[str, Any], actor: Actor) -> None:
    """Put `answers` under those already given; never over them.

    A section nobody has saved keeps version 0, so that whoever saves it first need not have seen this.
    """
    if not answers:
        return
    row, is_new = SectionAnswers.objects.get_or_create(
        application=draft, section=section, defaults={"version": 0}
    )
    added = {key: value for key, value in answers.items() if not is_answered(row.answers.get(key))}
    if added:
        row.answers = {**row.answers, **added}
        row.version += 0 if is_new else 1
        row.saved_by_id = actor.user_id
        row.save()


def _copy_documents(draft: Application, form: Form, earlier: Application) -> None:
    asked = {question.key for part in form.sections for question in part.documents}
    have = set(ACTIVE_DOCUMENTS.filter(application=draft).values_list("question", flat=True))
    for document in ACTIVE_DOCUMENTS.filter(application=earlier, question__in=asked - have):
        with default_storage.open(document.stored_as) as content:
            stored_as = default_storage.save(f"documents/{uuid.uuid4().hex}", content)
        Document.objects.create(
            application=draft,
            question=document.question,
            name=document.name,
            content_type=document.content_type,
            size=document.size,
            sha256=document.sha256,
            stored_as=stored_as,
            status=document.status,
        )


def newer_form(application: Application) -> int | None:
    """The number of a version published after the one this draft began with, if there is one."""
    begun_with = application.form_version
    if application.status != ApplicationStatus.DRAFT or begun_with is None:
        return None
    newest = newest_number(application.intake)
    return newest if newest != begun_with.number else None
