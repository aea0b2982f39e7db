"""A decision explained, feedback on it, and human looks at decisions: asked by applicants, answered by coordinators."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from apps.accounts.api.rows import ChangeView, DeedView, ShowView
from apps.accounts.api.views import ApiView
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.selection.enums import LookStatus
from apps.selection.looking_forms import AnswerLookForm, AskLookForm, FeedbackForm
from apps.selection.models import Decision, HumanLook
from apps.selection.rules.explaining import Kind
from apps.selection.selectors import explanation_of, own_decision
from apps.selection.selectors.looking import (
    ask_until,
    decisions_run_by,
    is_told,
    looks_run_by,
    own_looks,
    with_people,
)
from apps.selection.services import answer_look, ask_human_look, withdraw_look, write_feedback


class FactSerializer(serializers.Serializer):
    """One thing that is so about a decision; what its kind does not speak of is null or empty."""

    kind = serializers.ChoiceField([(kind.value, kind.value) for kind in Kind])
    points = serializers.DecimalField(max_digits=7, decimal_places=3, allow_null=True)
    number = serializers.IntegerField(allow_null=True)
    of = serializers.IntegerField(allow_null=True)
    seats = serializers.IntegerField(allow_null=True)
    weight = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    word = serializers.CharField(allow_blank=True)


class OwnLookSerializer(serializers.Serializer):
    """The applicant's own request. An answer that corrects is there once the correction is released."""

    version = serializers.IntegerField(source="decision.version")
    words = serializers.CharField()
    status = serializers.ChoiceField(LookStatus.choices)
    asked_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, look: HumanLook) -> dict[str, Any]:
        shown = super().to_representation(look)
        if is_told(look, self.context["decision"]):
            return shown
        return {**shown, "status": LookStatus.WAITING.value, "answer": "", "answered_at": None}


class OwnDecisionSerializer(serializers.ModelSerializer):
    """A released decision as its applicant reads it: held ones do not exist for them."""

    facts = serializers.SerializerMethodField()
    looks = serializers.SerializerMethodField()
    ask_until = serializers.SerializerMethodField()

    class Meta:
        model = Decision
        fields = [
            *("outcome", "version", "released_at", "reason", "feedback"),
            *("facts", "ask_until", "looks"),
        ]

    @extend_schema_field(FactSerializer(many=True))
    def get_facts(self, decision: Decision) -> list[dict[str, Any]]:
        return list(FactSerializer(explanation_of(decision).facts, many=True).data)

    def get_ask_until(self, decision: Decision) -> datetime | None:
        return ask_until(decision)

    @extend_schema_field(OwnLookSerializer(many=True))
    def get_looks(self, decision: Decision) -> list[dict[str, Any]]:
        context = {"decision": decision}
        return list(OwnLookSerializer(own_looks(decision), many=True, context=context).data)


class OwnDecisionRow:
    access = Access.SIGNED_IN
    answer_class: Any = OwnDecisionSerializer

    @cached_property
    def row(self) -> Decision:
        return self.found()

    def found(self) -> Decision:
        decision = own_decision(self.viewer, self.kwargs["public_id"])  # type: ignore[attr-defined]
        if decision is None:
            raise Http404
        return decision


class OwnDecisionView(OwnDecisionRow, ShowView):
    pass


class AskLookSerializer(FormSerializer):
    form_class = AskLookForm


class AskLookView(OwnDecisionRow, DeedView):
    """Ask that a person looks again. The same words twice are one request."""

    serializer_class = AskLookSerializer

    def deed(self, wanted: dict[str, Any]) -> Decision:
        ask_human_look(decision=self.row, words=wanted["words"], actor=self.actor)
        return self.found()


class WithdrawLookView(OwnDecisionRow, DeedView):
    """Take the request back while nobody has answered."""

    def deed(self, wanted: dict[str, Any]) -> Decision:
        for look in own_looks(self.row):
            if look.status == LookStatus.WAITING:
                withdraw_look(look=look, actor=self.actor)
        return self.found()


class LookSerializer(serializers.ModelSerializer):
    """`about` is a decision, with its version, outcome and who took it, or that somebody is not eligible:
    these are null then.
    """

    application = serializers.UUIDField(source="application.public_id")
    reference = serializers.CharField(source="application.reference")
    about = serializers.SerializerMethodField()
    version = serializers.IntegerField(source="decision.version", allow_null=True)
    outcome = serializers.CharField(source="decision.outcome", allow_null=True)
    decided_by = serializers.CharField(source="decision.decided_by.public_id", allow_null=True)

    class Meta:
        model = HumanLook
        fields = [
            *("public_id", "application", "reference", "about", "version", "outcome", "decided_by", "words"),
            *("status", "asked_at", "due_at", "answer", "answered_at"),
        ]

    @extend_schema_field(serializers.ChoiceField([("decision", "decision"), ("eligibility", "eligibility")]))
    def get_about(self, look: HumanLook) -> str:
        return "decision" if look.decision_id else "eligibility"


class LookRows:
    access = Access.COORDINATOR
    answer_class: Any = LookSerializer

    def rows(self) -> QuerySet[HumanLook]:
        return with_people(looks_run_by(self.viewer))  # type: ignore[attr-defined]


class LookListView(ListAPIView, ApiView):
    """Every request of the caller's organisations, the earliest clock first; `status` tells who waits."""

    access = Access.COORDINATOR
    serializer_class = LookSerializer
    ordering = ("due_at", "id")

    def get_queryset(self) -> Any:
        return with_people(looks_run_by(self.viewer))


class LookView(LookRows, ShowView):
    pass


class AnswerLookSerializer(FormSerializer):
    form_class = AnswerLookForm


class AnswerLookView(LookRows, DeedView):
    """By somebody who did not take the decision. A correction of a decision has an `outcome` and is held until
    a batch releases it; an application that was not eligible goes on at once, and has none.
    """

    serializer_class = AnswerLookSerializer

    def deed(self, wanted: dict[str, Any]) -> None:
        answer_look(look=self.row, **wanted, actor=self.actor)


class FeedbackSerializer(FormSerializer):
    form_class = FeedbackForm


class FeedbackAnswerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Decision
        fields = ["version", "outcome", "status", "feedback"]


class FeedbackView(ChangeView):
    """What the applicant reads with the decision, in a person's words, while it is held."""

    access = Access.COORDINATOR
    serializer_class = FeedbackSerializer
    answer_class = FeedbackAnswerSerializer

    @cached_property
    def row(self) -> Decision:
        ours = decisions_run_by(self.viewer).exclude(status="corrected")
        decision = ours.filter(application__public_id=self.kwargs["public_id"]).first()
        if decision is None:
            raise Http404
        return decision

    def change(self, wanted: dict[str, Any]) -> Decision:
        write_feedback(decision=self.row, text=wanted["text"], actor=self.actor)
        self.row.refresh_from_db()
        return self.row
