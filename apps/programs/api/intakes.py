"""Intakes, for the coordinators who set them up: dates, seats, and what they become."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.accounts.api.rows import ChangeView, DeedView, PartsView
from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.access import Access
from apps.core.api.forms import FormSerializer, as_sent, clean_with
from apps.core.api.serializers import StrictSerializer
from apps.programs.api.programs import run_programs
from apps.programs.enums import INTAKE_LIFECYCLE, IntakeStatus
from apps.programs.models import Intake, Program
from apps.programs.services.setup import change_intake, create_intake, move_intake
from apps.programs.setup_forms import IntakeForm

MOMENTS = ("opens_at", "closes_at")


def run_intakes(viewer: Viewer) -> QuerySet[Intake]:
    """Intakes of the programs a coordinator runs, drafts and archived ones too."""
    mine = Intake.objects.filter(program__organisation__in=viewer.at(Role.COORDINATOR))
    return mine.select_related("program")


class IntakeSetupSerializer(serializers.ModelSerializer):
    """`may_become` are the statuses the intake can be moved to now."""

    program = serializers.UUIDField(source="program.public_id")
    kind = serializers.CharField(source="program.kind")
    name = serializers.DictField(child=serializers.CharField())
    may_become = serializers.SerializerMethodField()

    class Meta:
        model = Intake
        fields = [
            *(
                "public_id",
                "program",
                "kind",
                "slug",
                "name",
                "status",
                "may_become",
                "opens_at",
                "closes_at",
            ),
            *("time_zone", "grace_minutes", "seats", "seats_taken", "reviews_each", "reviews_due_on"),
            *("decisions_expected_on", "answer_days", "starts_on", "ends_on", "version"),
        ]

    def get_may_become(self, intake: Intake) -> list[str]:
        return sorted(str(each) for each in INTAKE_LIFECYCLE.moves[IntakeStatus(intake.status)])


class NewIntakeSerializer(FormSerializer):
    """Moments carry their own zone; they are kept to the minute."""

    form_class = IntakeForm

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        kept = {"version": attrs.pop("version")} if "version" in attrs else {}
        zone = ZoneInfo(attrs["time_zone"])
        moments = {name: self._local(name, attrs.get(name), zone) for name in MOMENTS}
        form = IntakeForm({**as_sent(attrs), **moments})
        clean_with(form)
        return {"values": form.values(), **kept}

    def _local(self, name: str, moment: datetime | None, zone: ZoneInfo) -> str:
        """As the form takes it: the time on the wall of the intake's own zone."""
        if moment is None:
            return ""
        if moment.second or moment.microsecond or not 2000 <= moment.year <= 2100:
            raise serializers.ValidationError({name: [_("Send a whole minute between 2000 and 2100.")]})
        return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


class ChangedIntakeSerializer(NewIntakeSerializer):
    version = serializers.IntegerField(min_value=0, max_value=10**8, help_text="the one you saw")


class ProgramIntakeListView(PartsView, DeedView):
    """GET: the intakes of a program. POST: a new one, a draft until it is moved on."""

    access = Access.COORDINATOR
    serializer_class = NewIntakeSerializer
    answer_class = IntakeSetupSerializer
    success = 201
    ordering = ("-id",)

    def rows(self) -> QuerySet[Program]:
        return run_programs(self.viewer)

    def parts(self) -> QuerySet[Intake]:
        return Intake.objects.filter(program=self.row).select_related("program")

    def deed(self, wanted: dict[str, Any]) -> Intake:
        return create_intake(program=self.row, **wanted, actor=self.actor)


class IntakeSetupView(ChangeView):
    """Dates and seats of an intake; PUT replaces them."""

    access = Access.COORDINATOR
    serializer_class = ChangedIntakeSerializer
    answer_class = IntakeSetupSerializer

    def rows(self) -> QuerySet[Intake]:
        return run_intakes(self.viewer)

    def change(self, wanted: dict[str, Any]) -> None:
        change_intake(intake=self.row, **wanted, actor=self.actor)


class MoveSerializer(StrictSerializer):
    to = serializers.ChoiceField(IntakeStatus.choices)
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class IntakeMoveView(DeedView):
    """Publish, close, begin reviewing and so on. Going back and cancelling need a reason."""

    access = Access.COORDINATOR
    serializer_class = MoveSerializer
    answer_class = IntakeSetupSerializer

    def rows(self) -> QuerySet[Intake]:
        return run_intakes(self.viewer)

    def deed(self, wanted: dict[str, Any]) -> None:
        move_intake(intake=self.row, **wanted, actor=self.actor)
