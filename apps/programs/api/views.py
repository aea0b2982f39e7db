"""The catalogue for machines, and the eligibility check."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.views import ApiView
from apps.core.access import Access
from apps.core.api.serializers import StrictSerializer
from apps.core.errors import Invalid
from apps.programs.forms import EligibilityForm
from apps.programs.models import Intake
from apps.programs.selectors import catalogue, check_eligibility


class IntakeSerializer(serializers.ModelSerializer):
    kind = serializers.CharField(source="program.kind", read_only=True)
    title = serializers.DictField(source="program.title", read_only=True)
    summary = serializers.DictField(source="program.summary", read_only=True)
    organisation = serializers.CharField(source="program.organisation.name", read_only=True)

    class Meta:
        model = Intake
        fields = [
            *("public_id", "kind", "title", "summary", "organisation", "name", "status"),
            *("opens_at", "closes_at", "time_zone", "seats", "starts_on", "decisions_expected_on"),
        ]


class IntakeListView(ListAPIView):
    """Intakes that are open, or open later."""

    access = Access.PUBLIC
    serializer_class = IntakeSerializer
    ordering = ("closes_at", "id")

    def get_queryset(self) -> Any:
        return catalogue()


class IntakeView(RetrieveAPIView):
    access = Access.PUBLIC
    serializer_class = IntakeSerializer
    lookup_field = "public_id"

    def get_queryset(self) -> Any:
        return Intake.objects.listed()


class EligibilityAnswersSerializer(StrictSerializer):
    answers = serializers.DictField(
        child=serializers.CharField(max_length=300, allow_blank=True), help_text="key of the rule → answer"
    )


class FindingsSerializer(serializers.Serializer):
    can_apply = serializers.BooleanField()
    findings = serializers.DictField(child=serializers.CharField())
    reasons = serializers.DictField(child=serializers.DictField())


class EligibilityView(ApiView):
    """Whether someone may apply, rule by rule. Nothing is kept."""

    access = Access.PUBLIC
    serializer_class = EligibilityAnswersSerializer

    @extend_schema(responses=FindingsSerializer)
    def post(self, request: Request, public_id: Any) -> Response:
        intake = get_object_or_404(Intake.objects.listed(), public_id=public_id)
        given = self.checked(request)["answers"]
        form = EligibilityForm(intake, given)
        if not form.is_valid():
            raise Invalid(
                fields={name: [str(each) for each in errors] for name, errors in form.errors.items()}
            )
        result, rules = check_eligibility(intake, form.answers())
        reasons = {rule.key: rule.unmet for rule in rules if rule.key in result.not_met}
        findings = {key: str(finding) for key, finding in result.findings.items()}
        return Response({"can_apply": result.is_met, "findings": findings, "reasons": reasons})
