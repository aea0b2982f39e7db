"""What staff do to an application before reviewers read it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from apps.applications.models import Application
from apps.core.actors import Actor
from apps.core.errors import Conflict
from apps.events.services import publish
from apps.reviews.events import ReviewCopyPrepared
from apps.reviews.models import AnswerTranslation, Redaction
from apps.reviews.rules.redaction import bare
from apps.reviews.selectors import state_of_copy


@transaction.atomic
def prepare_copy(
    *,
    application: Application,
    marks: Mapping[str, Sequence[str]],
    translations: Mapping[str, tuple[str, bool]],
    language: str,
    seen: str,
    actor: Actor,
) -> None:
    """Replace the marks of the questions in `marks` and their translations into `language`.

    A translation is a text and whether a machine made it; an empty text takes it away. `seen` is
    state_of_copy() as the coordinator saw it: raises Conflict when somebody saved in between, so that
    no mark is ever lost. The application's row is locked. The same twice is once.
    """
    Application.objects.select_for_update().get(pk=application.pk)
    wanted = {key: _each_once(words) for key, words in marks.items()}
    texts = {key: each for key, each in translations.items() if each[0].strip()}
    before = state_of_copy(application)
    if before != seen and not _is_kept(application, wanted, texts, set(translations), language):
        raise Conflict
    Redaction.objects.filter(application=application, question__in=wanted).delete()
    Redaction.objects.bulk_create(
        Redaction(application=application, question=key, words=words, marked_by_id=actor.person_id)
        for key, found in wanted.items()
        for words in found
    )
    _write_translations(application, texts, set(translations), language, actor)
    if state_of_copy(application) != before:
        _tell(application, actor)


def _each_once(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(found for each in words if (found := bare(each))))


def _is_kept(
    application: Application,
    wanted: Mapping[str, list[str]],
    texts: Mapping[str, tuple[str, bool]],
    asked: set[str],
    language: str,
) -> bool:
    """Whether this very thing was saved already: a second click is no conflict."""
    marks = set(
        Redaction.objects.filter(application=application, question__in=wanted).values_list(
            "question", "words"
        )
    )
    kept = {
        row.question: (row.text, row.is_machine)
        for row in AnswerTranslation.objects.filter(
            application=application, language=language, question__in=asked
        )
    }
    return marks == {(key, words) for key, found in wanted.items() for words in found} and kept == dict(texts)


def _write_translations(
    application: Application,
    texts: Mapping[str, tuple[str, bool]],
    asked: set[str],
    language: str,
    actor: Actor,
) -> None:
    """What is as it was keeps its moment, by which an outdated translation is known."""
    rows = AnswerTranslation.objects.filter(application=application, language=language, question__in=asked)
    rows.exclude(question__in=texts).delete()
    kept = {row.question: row for row in rows}
    for key, (text, is_machine) in texts.items():
        row = kept.get(key) or AnswerTranslation(application=application, question=key, language=language)
        if row.pk is None or (row.text, row.is_machine) != (text, is_machine):
            row.text, row.is_machine, row.made_by_id = text, is_machine, actor.person_id
            row.save()


def _tell(application: Application, actor: Actor) -> None:
    publish(
        ReviewCopyPrepared(
            application_id=application.pk,
            marks=Redaction.objects.filter(application=application).count(),
            translations=AnswerTranslation.objects.filter(application=application).count(),
        ),
        actor=actor,
    )
