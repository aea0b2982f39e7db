"""A reviewer's assignments, blind, and their scores."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.views import ApiView, RepeatableView
from apps.applications.answers import read_answers
from apps.applications.models import Application
from apps.applications.selectors import documents_of, form_of, with_answers
from apps.core.access import Access
from apps.core.api.serializers import NothingSerializer, StrictSerializer
from apps.reviews.models import Criterion, ReviewAssignment
from apps.reviews.selectors import queue_of
from apps.reviews.services import declare_conflict, declare_no_conflict, save_review, submit_review


class AssignmentSerializer(serializers.ModelSerializer):
    reference = serializers.CharField(source="application.reference", read_only=True)

    class Meta:
        model = ReviewAssignment
        fields = ["public_id", "reference", "status", "due_on", "submitted_at"]


class AssignmentListView(ListAPIView, ApiView):
    access = Access.REVIEWER
    serializer_class = AssignmentSerializer
    ordering = ("-id",)

    def get_queryset(self) -> Any:
        return queue_of(self.viewer)


class ScoreSerializer(StrictSerializer):
    criterion = serializers.IntegerField(min_value=1, max_value=2**31)
    points = serializers.IntegerField(min_value=1, max_value=10)
    comment = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class SaveReviewSerializer(StrictSerializer):
    scores = ScoreSerializer(many=True)
    comment = serializers.CharField(max_length=3000, required=False, default="", allow_blank=True)
    version = serializers.IntegerField(min_value=0, max_value=10**8)


class ConflictSerializer(StrictSerializer):
    has_conflict = serializers.BooleanField()
    explanation = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class ReviewSerializer(serializers.Serializer):
    version = serializers.IntegerField()
    weighted_score = serializers.DecimalField(max_digits=6, decimal_places=3, allow_null=True)


class MineMixin:
    def mine(self, public_id: UUID) -> ReviewAssignment:
        return get_object_or_404(queue_of(self.viewer), public_id=public_id)  # type: ignore[attr-defined]


class BlindApplicationSerializer(serializers.Serializer):
    reference = serializers.CharField()
    sections = serializers.ListField(child=serializers.DictField())
    criteria = serializers.ListField(child=serializers.DictField())


class AssignmentView(MineMixin, ApiView):
    """The application without the person, once the reviewer has said that there is no tie."""

    access = Access.REVIEWER
    serializer_class = BlindApplicationSerializer

    def get(self, request: Request, public_id: UUID) -> Response:
        assignment = self.mine(public_id)
        if assignment.no_conflict_declared_at is None:
            return Response({"reference": assignment.application.reference, "sections": [], "criteria": []})
        application = with_answers(Application.objects.filter(pk=assignment.application_id)).get()
        sections = read_answers(application, form_of(application), documents_of(application), blind=True)
        criteria = Criterion.objects.filter(rubric__intake=application.intake_id)
        return Response(
            {
                "reference": application.reference,
                "sections": [
                    {
                        "key": section.key,
                        "answers": [{"label": each.label, "text": each.text} for each in section.answers],
                    }
                    for section in sections
                ],
                "criteria": [
                    {"id": each.pk, "title": each.title, "weight": str(each.weight), "highest": each.highest}
                    for each in criteria
                ],
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


class ReviewSaveView(MineMixin, ApiView):
    access = Access.REVIEWER
    serializer_class = SaveReviewSerializer

    @extend_schema(responses=ReviewSerializer)
    def put(self, request: Request, public_id: UUID) -> Response:
        assignment = self.mine(public_id)
        wanted = self.checked(request)
        allowed = {
            each.pk: each.highest
            for each in Criterion.objects.filter(rubric__intake=assignment.application.intake_id)
        }
        points = {score["criterion"]: score["points"] for score in wanted["scores"]}
        wrong = [pk for pk, given in points.items() if pk not in allowed or given > allowed[pk]]
        if wrong:
            raise serializers.ValidationError({"scores": [f"criterion {pk}" for pk in wrong]})
        review = save_review(
            assignment=assignment,
            points=points,
            comments={score["criterion"]: score["comment"] for score in wanted["scores"]},
            comment=wanted["comment"],
            version=wanted["version"],
            actor=self.actor,
        )
        return Response(ReviewSerializer(review).data)


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
