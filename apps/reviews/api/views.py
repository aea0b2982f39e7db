"""A reviewer's assignments, blind, and their scores."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.views import ApiView, RepeatableView
from apps.applications.models import Application
from apps.applications.selectors import with_answers
from apps.core.access import Access
from apps.core.api.serializers import NothingSerializer, StrictSerializer
from apps.core.errors import Conflict
from apps.reviews.models import Criterion, Review, ReviewAssignment, Score
from apps.reviews.selectors import copy_for, is_locked, queue_of
from apps.reviews.selectors.copies import CopiedAnswer
from apps.reviews.services import (
    declare_conflict,
    declare_no_conflict,
    recuse,
    save_review,
    save_score,
    submit_review,
)


class AssignmentSerializer(serializers.ModelSerializer):
    reference = serializers.CharField(source="application.reference", read_only=True)

    class Meta:
        model = ReviewAssignment
        fields = ["public_id", "reference", "status", "purpose", "due_on", "submitted_at"]


class AssignmentListView(ListAPIView, ApiView):
    access = Access.REVIEWER
    serializer_class = AssignmentSerializer
    ordering = ("-id",)

    def get_queryset(self) -> Any:
        return queue_of(self.viewer)


class OneScoreSerializer(StrictSerializer):
    """`version` is the one you saw; 0 for none yet. No points: only the comment is kept."""

    points = serializers.IntegerField(
        min_value=1, max_value=10, required=False, default=None, allow_null=True
    )
    comment = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    version = serializers.IntegerField(min_value=0, max_value=10**8, required=False, default=0)


class ScoreSerializer(OneScoreSerializer):
    criterion = serializers.IntegerField(min_value=1, max_value=2**31)


class SaveReviewSerializer(StrictSerializer):
    """Criteria that are not named stay as they are. `version` is that of the comment."""

    scores = ScoreSerializer(many=True)
    comment = serializers.CharField(max_length=3000, required=False, default="", allow_blank=True)
    version = serializers.IntegerField(min_value=0, max_value=10**8)


class ConflictSerializer(StrictSerializer):
    has_conflict = serializers.BooleanField()
    explanation = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class ReviewSerializer(serializers.Serializer):
    """`versions` are those of the criteria, by id."""

    version = serializers.IntegerField()
    weighted_score = serializers.DecimalField(max_digits=6, decimal_places=3, allow_null=True)
    versions = serializers.SerializerMethodField()

    def get_versions(self, review: Review) -> dict[str, int]:
        return {str(pk): version for pk, version in review.scores.values_list("criterion_id", "version")}


class SavedScoreSerializer(serializers.Serializer):
    version = serializers.IntegerField()


class MineMixin:
    def mine(self, public_id: UUID) -> ReviewAssignment:
        return get_object_or_404(queue_of(self.viewer), public_id=public_id)  # type: ignore[attr-defined]


class BlindApplicationSerializer(serializers.Serializer):
    """Hidden words are bars, in translations too. `criteria` hold what you saved, with its version."""

    reference = serializers.CharField()
    language = serializers.CharField()
    sections = serializers.ListField(child=serializers.DictField())
    criteria = serializers.ListField(child=serializers.DictField())
    comment = serializers.CharField()
    version = serializers.IntegerField()


def _answer(answer: CopiedAnswer) -> dict[str, Any]:
    told = answer.translation
    translation = (
        {"language": told.language, "text": told.text, "is_machine": told.is_machine} if told else None
    )
    return {"label": answer.label, "text": answer.text, "translation": translation}


def _criterion(criterion: Criterion, score: Score | None) -> dict[str, Any]:
    return {
        "id": criterion.pk,
        "title": criterion.title,
        "weight": str(criterion.weight),
        "highest": criterion.highest,
        "is_independent": criterion.is_independent,
        "comment_required": criterion.comment_required,
        "comment_below": criterion.comment_below,
        "points": score.points if score else None,
        "comment": score.comment if score else "",
        "version": score.version if score else 0,
    }


class AssignmentView(MineMixin, ApiView):
    """The application without the person, once the reviewer has said that there is no tie.

    409 while calibration readings of the intake are to be finished first.
    """

    access = Access.REVIEWER
    serializer_class = BlindApplicationSerializer

    def get(self, request: Request, public_id: UUID) -> Response:
        assignment = self.mine(public_id)
        if is_locked(assignment):
            raise Conflict(_("This one opens when your calibration readings are submitted."))
        if assignment.no_conflict_declared_at is None:
            nothing: dict[str, Any] = {"sections": [], "criteria": [], "comment": "", "version": 0}
            return Response({"reference": assignment.application.reference, "language": "", **nothing})
        application = with_answers(Application.objects.filter(pk=assignment.application_id)).get()
        copy = copy_for(application, get_language() or "en")
        review = Review.objects.filter(assignment=assignment).first()
        scores = {row.criterion_id: row for row in review.scores.all()} if review is not None else {}
        criteria = Criterion.objects.filter(rubric__intake=application.intake_id)
        return Response(
            {
                "reference": application.reference,
                "language": copy.language,
                "sections": [
                    {"key": section.key, "answers": [_answer(each) for each in section.answers]}
                    for section in copy.sections
                ],
                "criteria": [_criterion(each, scores.get(each.pk)) for each in criteria],
                "comment": review.comment if review is not None else "",
                "version": review.version if review is not None else 0,
            }
        )


class ConflictView(MineMixin, RepeatableView):
    access = Access.REVIEWER
    serializer_class = ConflictSerializer

    @extend_schema(responses={204: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        assignment = self.mine(kwargs["public_id"])
        wanted = self.checked(request)
        if wanted["has_conflict"]:
            declare_conflict(assignment=assignment, explanation=wanted["explanation"], actor=self.actor)
        else:
            declare_no_conflict(assignment=assignment, actor=self.actor)
        return Response(status=204)


class RecuseView(MineMixin, RepeatableView):
    """Give one back: somebody else reads it."""

    access = Access.REVIEWER
    serializer_class = NothingSerializer

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        assignment = self.mine(kwargs["public_id"])
        self.checked(request)
        recuse(assignment=assignment, actor=self.actor)
        return Response(status=204)


class ReviewSaveView(MineMixin, ApiView):
    """409 names the criteria that somebody saved in between ("criterion-ID"); the others are kept."""

    access = Access.REVIEWER
    serializer_class = SaveReviewSerializer

    @extend_schema(responses=ReviewSerializer)
    def put(self, request: Request, public_id: UUID) -> Response:
        assignment = self.mine(public_id)
        wanted = self.checked(request)
        given = {score["criterion"]: score for score in wanted["scores"]}
        points = {pk: score["points"] for pk, score in given.items() if score["points"]}
        must_fit(assignment, given, points)
        review = save_review(
            assignment=assignment,
            points=points,
            comments={pk: score["comment"] for pk, score in given.items()},
            comment=wanted["comment"],
            version=wanted["version"],
            versions={pk: score["version"] for pk, score in given.items()},
            actor=self.actor,
        )
        return Response(ReviewSerializer(review).data)


def must_fit(assignment: ReviewAssignment, criteria: Iterable[int], points: Mapping[int, int]) -> None:
    """Name the criteria that are not in the rubric, or whose points are more than their highest."""
    highest = dict(
        Criterion.objects.filter(rubric__intake=assignment.application.intake_id).values_list("pk", "highest")
    )
    wrong = [pk for pk in criteria if pk not in highest or points.get(pk, 1) > highest[pk]]
    if wrong:
        raise serializers.ValidationError({"scores": [f"criterion {pk}" for pk in wrong]})


class ScoreView(MineMixin, ApiView):
    """One criterion, with its own version. 409 when somebody saved something else in between."""

    access = Access.REVIEWER
    serializer_class = OneScoreSerializer

    @extend_schema(operation_id="reviews_score_update", responses=SavedScoreSerializer)
    def put(self, request: Request, public_id: UUID, criterion: int) -> Response:
        assignment = self.mine(public_id)
        wanted = self.checked(request)
        must_fit(assignment, [criterion], {criterion: wanted["points"]} if wanted["points"] else {})
        score = save_score(assignment=assignment, criterion=criterion, **wanted, actor=self.actor)
        return Response({"version": score.version if score is not None else 0})


class ReviewSubmitView(MineMixin, RepeatableView):
    access = Access.REVIEWER
    serializer_class = NothingSerializer

    @extend_schema(request=None, responses=ReviewSerializer)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        self.checked(request)
        review = submit_review(assignment=self.mine(kwargs["public_id"]), actor=self.actor)
        return Response(ReviewSerializer(review).data)
