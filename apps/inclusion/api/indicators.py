"""Definitions for everybody, and the targets of a program for those who run it. Read only."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from apps.accounts.api.rows import PartsView
from apps.core.access import Access
from apps.inclusion.models import IndicatorDefinition, IndicatorTarget
from apps.inclusion.selectors import every_definition, programs_to_aim_for, targets_of
from apps.programs.models import Program


class IndicatorSerializer(serializers.ModelSerializer):
    """One version of a definition. `valid_to` is null while it is in force."""

    class Meta:
        model = IndicatorDefinition
        fields = [
            *("code", "version", "standard", "name", "formula", "unit", "direction", "level"),
            *("disaggregation", "is_confirmed", "verified_note", "valid_from", "valid_to"),
        ]


class IndicatorListView(ListAPIView):
    """Every version of every definition."""

    access = Access.PUBLIC
    serializer_class = IndicatorSerializer
    ordering = ("code", "version")

    def get_queryset(self) -> Any:
        return every_definition()


class IndicatorTargetSerializer(serializers.ModelSerializer):
    """What is aimed at from the beginning until the end of `period`, in the unit of the indicator."""

    version = serializers.IntegerField(source="definition.version", read_only=True)
    unit = serializers.CharField(source="definition.unit", read_only=True)
    period = serializers.DateField(source="period.ends_on", read_only=True)
    is_locked = serializers.SerializerMethodField()
    value = serializers.FloatField(read_only=True)

    class Meta:
        model = IndicatorTarget
        fields = ["public_id", "code", "version", "unit", "period", "is_locked", "value", "note"]

    def get_is_locked(self, target: IndicatorTarget) -> bool:
        return target.period.locked_at is not None


class IndicatorTargetListView(PartsView):
    """The current targets of a program."""

    access = (Access.COORDINATOR, Access.ADMINISTRATOR)
    serializer_class = answer_class = IndicatorTargetSerializer
    ordering = ("code", "id")

    def rows(self) -> QuerySet[Program]:
        return programs_to_aim_for(self.viewer)

    def parts(self) -> QuerySet[IndicatorTarget]:
        return targets_of(self.row)
