"""Why an application is not eligible, as its applicant reads it, and the request for a human look at it."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.accounts.api.rows import DeedView, ShowView
from apps.core.access import Access
from apps.core.texts import say
from apps.programs.selectors.eligibility import UnmetRule
from apps.selection.api.looking import AskLookSerializer
from apps.selection.enums import LookStatus
from apps.selection.models import HumanLook
from apps.selection.selectors.findings import ToldFinding, own_finding
from apps.selection.services import ask_eligibility_look, withdraw_look


class UnmetRuleSerializer(serializers.Serializer):
    """In the caller's language. `answer` is what was answered, in words."""

    key = serializers.CharField()
    question = serializers.SerializerMethodField()
    unmet = serializers.SerializerMethodField()
    answer = serializers.CharField(allow_blank=True)

    def get_question(self, rule: UnmetRule) -> str:
        return say(rule.question, get_language() or "en")

    def get_unmet(self, rule: UnmetRule) -> str:
        return say(rule.unmet, get_language() or "en")


class OwnFindingLookSerializer(serializers.ModelSerializer):
    class Meta:
        model = HumanLook
        fields = ["words", "status", "asked_at", "due_at", "answer", "answered_at"]


class OwnFindingSerializer(serializers.Serializer):
    """`rules` are those that are not met; where a person found it there are none, and `reason` says why.
    `in_force` ends when a person finds the application eligible.
    """

    found_at = serializers.DateTimeField(source="finding.record.at")
    by_a_person = serializers.BooleanField(source="finding.by_a_person")
    reason = serializers.CharField(source="finding.reason", allow_blank=True)
    in_force = serializers.BooleanField(source="finding.in_force")
    rules = UnmetRuleSerializer(many=True)
    ask_until = serializers.DateTimeField(source="finding.ask_until")
    looks = serializers.SerializerMethodField()

    @extend_schema_field(OwnFindingLookSerializer(many=True))
    def get_looks(self, told: ToldFinding) -> list[dict[str, Any]]:
        return list(OwnFindingLookSerializer(told.looks, many=True).data)


class OwnFindingRow:
    access = Access.SIGNED_IN
    answer_class: Any = OwnFindingSerializer

    @cached_property
    def row(self) -> ToldFinding:
        return self.found()

    def found(self) -> ToldFinding:
        told = own_finding(self.viewer, self.kwargs["public_id"])  # type: ignore[attr-defined]  # of a view
        if told is None:
            raise Http404
        return told


class OwnFindingView(OwnFindingRow, ShowView):
    """404 for who was never found ineligible."""


class AskFindingLookView(OwnFindingRow, DeedView):
    """Ask that a person looks again, within 14 days. The same words twice are one request."""

    serializer_class = AskLookSerializer

    def deed(self, wanted: dict[str, Any]) -> ToldFinding:
        application = self.row.finding.application
        ask_eligibility_look(application=application, words=wanted["words"], actor=self.actor)
        return self.found()


class WithdrawFindingLookView(OwnFindingRow, DeedView):
    """Take the request back while nobody has answered."""

    def deed(self, wanted: dict[str, Any]) -> ToldFinding:
        for look in self.row.looks:
            if look.status == LookStatus.WAITING:
                withdraw_look(look=look, actor=self.actor)
        return self.found()
