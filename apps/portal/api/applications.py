"""Coordinators: one application with all that several stages know of it."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language
from rest_framework import serializers

from apps.accounts.api.rows import DeedView, ShowView
from apps.applications.answers import read_answers
from apps.applications.api.views import RunApplicationSerializer
from apps.applications.models import Application
from apps.applications.selectors import form_of, with_answers
from apps.applications.services import reverse_eligibility
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.core.texts import say
from apps.portal.forms import ReverseForm
from apps.portal.selectors.history import history
from apps.portal.selectors.staff import with_people
from apps.reviews.models import ReviewAssignment, Score
from apps.selection.api.deciding import DecisionSerializer
from apps.selection.api.releasing import StaffOfferSerializer
from apps.selection.models import Offer
from apps.selection.selectors import in_force


class AnswerSerializer(serializers.Serializer):
    """An answer in words, as the page shows it; `documents` are the names of its files."""

    key = serializers.CharField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    text = serializers.CharField(allow_blank=True)
    documents = serializers.ListField(child=serializers.CharField())


class AnsweredSectionSerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    answers = AnswerSerializer(many=True)


class GivenScoreSerializer(serializers.ModelSerializer):
    criterion = serializers.SerializerMethodField()

    class Meta:
        model = Score
        fields = ["criterion", "points", "comment"]

    def get_criterion(self, score: Score) -> str:
        return say(score.criterion.title, get_language() or "en")


class GivenReviewSerializer(serializers.ModelSerializer):
    """One reader's review; no score and an empty comment until there is a draft."""

    reviewer = serializers.CharField()
    weighted_score = serializers.DecimalField(max_digits=6, decimal_places=3, allow_null=True)
    comment = serializers.CharField(allow_blank=True)
    scores = GivenScoreSerializer(many=True)

    class Meta:
        model = ReviewAssignment
        fields = [
            *("public_id", "reviewer", "status", "due_on", "submitted_at"),
            *("weighted_score", "comment", "scores"),
        ]

    def to_representation(self, instance: ReviewAssignment) -> dict[str, Any]:
        review = getattr(instance, "review", None)
        instance.weighted_score = review.weighted_score if review else None
        instance.comment = review.comment if review else ""
        instance.scores = review.scores.all() if review else []
        return super().to_representation(instance)


class HappeningSerializer(serializers.Serializer):
    """`by` is empty for the platform itself."""

    at = serializers.DateTimeField()
    words = serializers.CharField()
    by = serializers.CharField(allow_blank=True)
    about = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)


class StaffApplicationSerializer(serializers.Serializer):
    application = RunApplicationSerializer()
    sections = AnsweredSectionSerializer(many=True)
    reviews = GivenReviewSerializer(many=True)
    decision = DecisionSerializer(allow_null=True)
    offer = StaffOfferSerializer(allow_null=True)
    history = HappeningSerializer(many=True)


class StaffApplicationRows:
    access = Access.COORDINATOR
    answer_class: Any = StaffApplicationSerializer

    def rows(self) -> QuerySet[Application]:
        run = Application.objects.run_by(self.viewer)  # type: ignore[attr-defined]
        return with_people(with_answers(run))

    def answer(self, shown: Application, status: int = 200) -> Any:
        found = {
            "application": shown,
            "sections": sections_of(shown),
            "reviews": reviews_of(shown),
            "decision": in_force([shown.pk]).select_related("application", "batch").first(),
            "offer": Offer.objects.filter(application=shown)
            .select_related("application__person__user", "intake")
            .first(),
            "history": history(shown),
        }
        return super().answer(found, status)  # type: ignore[misc]


def sections_of(application: Application) -> list[dict[str, Any]]:
    language = get_language() or "en"
    read = read_answers(application, form_of(application), application.documents.all())
    return [
        {
            "key": section.key,
            "title": say(section.title, language),
            "answers": [
                {
                    "key": each.key,
                    "label": say(each.label, language),
                    "text": each.text,
                    "documents": [document.name for document in each.documents],
                }
                for each in section.answers
            ],
        }
        for section in read
    ]


def reviews_of(application: Application) -> QuerySet[ReviewAssignment]:
    scores = Prefetch("review__scores", queryset=Score.objects.select_related("criterion").order_by("pk"))
    ours = ReviewAssignment.objects.filter(application=application)
    return ours.select_related("reviewer", "review").prefetch_related(scores).order_by("id")


class StaffApplicationView(StaffApplicationRows, ShowView):
    """Answers, reviews, decision, offer and history of one application."""


class ReversalSerializer(FormSerializer):
    form_class = ReverseForm


class ReverseView(StaffApplicationRows, DeedView):
    """Overrule the eligibility rules, either way, with a reason."""

    serializer_class = ReversalSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        reverse_eligibility(application=self.row, **wanted, actor=self.actor)
