"""Setting up what reviewers judge by."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.programs.events import IntakeChanged
from apps.programs.models import Intake
from apps.reviews.extension import review_policies
from apps.reviews.models import Criterion, Rubric
from apps.reviews.selectors import scoring_has_begun


@transaction.atomic
def rubric_of(*, intake: Intake, actor: Actor) -> Rubric:
    """The rubric of an intake; made from the kind's usual criteria when first asked for."""
    rubric, is_new = Rubric.objects.get_or_create(intake=intake)
    if is_new:
        usual = review_policies[intake.program.kind].default_criteria()
        _write(rubric, usual)
    return rubric


@transaction.atomic
def set_rubric(
    *,
    intake: Intake,
    criteria: Sequence[dict[str, Any]],
    version: int,
    topic_question: str | None = None,
    actor: Actor,
) -> Rubric:
    """Replace the criteria. Refused once someone has begun to score: the rule is fixed before that.

    `version` is the one the coordinator saw. Each criterion: title, question, anchors, weight,
    highest, comment_required, comment_below, is_independent. `topic_question` is the key of a choice
    question of the form, "" for none; None leaves it as it is.
    """
    rubric = Rubric.objects.select_for_update().get(pk=rubric_of(intake=intake, actor=actor).pk)
    if rubric.version != version:
        raise Conflict
    if scoring_has_begun(intake):
        raise Conflict(_("Reviewing has begun, so the rubric can no longer change."))
    if not criteria:
        raise Invalid(_("A rubric needs at least one criterion."))
    if all(each.get("is_independent") for each in criteria):
        raise Invalid(_("At least one criterion has to count: not all can be independent."))
    rubric.criteria.all().delete()
    _write(rubric, criteria)
    topics = rubric.topic_question if topic_question is None else topic_question
    Rubric.objects.filter(pk=rubric.pk).update(version=version + 1, topic_question=topics)
    publish(IntakeChanged(intake_id=intake.pk, fields=["rubric"]), actor=actor)
    return rubric


def _write(rubric: Rubric, criteria: Sequence[dict[str, Any]]) -> None:
    Criterion.objects.bulk_create(
        [Criterion(rubric=rubric, number=number, **values) for number, values in enumerate(criteria, start=1)]
    )
