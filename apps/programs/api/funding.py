"""Who pays, for coordinators; what the money may do about targets, for administrators alone."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers

from apps.accounts.api.rows import ChangeView, DeedView, PartsView
from apps.accounts.enums import OrganisationKind
from apps.accounts.models import Organisation
from apps.core.access import Access
from apps.core.api.forms import FormSerializer
from apps.core.api.serializers import StrictSerializer
from apps.programs.api.programs import run_programs
from apps.programs.models import Funding, Program
from apps.programs.services.funding import add_funder, set_inclusion_mode
from apps.programs.setup_forms import InclusionModeForm


class FundingSerializer(serializers.ModelSerializer):
    program = serializers.UUIDField(source="program.public_id")
    funder = serializers.UUIDField(source="funder.public_id")

    class Meta:
        model = Funding
        fields = ["id", "program", "funder", "inclusion_mode", "legal_basis"]


class FunderSerializer(StrictSerializer):
    funder = serializers.UUIDField(help_text="an organisation that funds programs")


class ProgramFunderListView(PartsView, DeedView):
    """GET: who funds a program. POST: one more; its money begins with outreach only."""

    access = Access.COORDINATOR
    serializer_class = FunderSerializer
    answer_class = FundingSerializer
    success = 201

    def rows(self) -> QuerySet[Program]:
        return run_programs(self.viewer)

    def parts(self) -> QuerySet[Funding]:
        return Funding.objects.filter(program=self.row).select_related("program", "funder")

    def deed(self, wanted: dict[str, Any]) -> Funding:
        funds = Organisation.objects.filter(kind=OrganisationKind.FUNDS)
        funder = get_object_or_404(funds, public_id=wanted["funder"])
        return add_funder(program=self.row, funder=funder, actor=self.actor)


class InclusionModeSerializer(FormSerializer):
    form_class = InclusionModeForm


class InclusionModeView(ChangeView):
    """What a funding stream may do about targets. PUT replaces it, with its legal basis."""

    access = Access.ADMINISTRATOR
    serializer_class = InclusionModeSerializer
    answer_class = FundingSerializer

    def rows(self) -> QuerySet[Funding]:
        return Funding.objects.select_related("program", "funder")

    def change(self, wanted: dict[str, Any]) -> None:
        set_inclusion_mode(funding=self.row, **wanted, actor=self.actor)
