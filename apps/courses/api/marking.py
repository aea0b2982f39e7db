"""Trainers mark: who was there, who is competent, how far everybody is."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from apps.accounts.api.rows import ChangeView, PartsView
from apps.core.api.serializers import PublicIdField, StrictSerializer
from apps.core.errors import Invalid
from apps.core.forms import LineField
from apps.courses.enums import AttendanceMark, UnitResult
from apps.courses.models import Attendance, Session, Unit, UnitAssessment
from apps.courses.rules import Progress
from apps.courses.selectors import people_of, progress_of
from apps.courses.services import assess_unit, take_attendance
from apps.courses.services.assessments import Finding
from apps.enrolments.api.rows import STAFF, StaffIntakeRows
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import today_at
from apps.programs.enums import ProgramKind

#: The most people one call may mark.
MOST = 1000


class MarkSerializer(StrictSerializer):
    enrolment = PublicIdField()
    mark = serializers.ChoiceField(AttendanceMark.choices)


class AttendanceSheetSerializer(StrictSerializer):
    """`version` is the session's, as you saw it: another trainer's marks are never overwritten unseen."""

    version = serializers.IntegerField(min_value=0, max_value=10**8)
    marks = serializers.ListField(child=MarkSerializer(), max_length=MOST)


class SheetLineSerializer(serializers.Serializer):
    """`mark` is empty until somebody has marked the person."""

    enrolment = serializers.UUIDField()
    name = serializers.CharField()
    mark = serializers.ChoiceField(AttendanceMark.choices, allow_blank=True)


class SheetSerializer(serializers.Serializer):
    version = serializers.IntegerField()
    held_at = serializers.DateTimeField(allow_null=True)
    marks = SheetLineSerializer(many=True)


def by_public_id(rows: list[dict[str, Any]], people: QuerySet[Enrolment]) -> dict[int, dict[str, Any]]:
    """What was sent for each person, by enrolment id; each once, and only who takes part."""
    sent = {row["enrolment"]: row for row in rows}
    ids = dict(people.filter(public_id__in=sent).order_by().values_list("public_id", "pk"))
    if len(sent) != len(rows) or len(ids) != len(sent):
        raise Invalid(_("Send each person who takes part in this course at most once, and nobody else."))
    return {ids[public_id]: row for public_id, row in sent.items()}


class PartRows:
    access = STAFF
    model: Any

    def rows(self) -> QuerySet[Any]:
        ours = self.model.objects.visible_to(self.viewer)  # type: ignore[attr-defined]
        return ours.select_related("intake__program")


class AttendanceView(PartRows, ChangeView):
    """The sheet of a session. PUT writes the marks and counts the session as held."""

    model = Session
    serializer_class = AttendanceSheetSerializer
    answer_class = SheetSerializer

    def answer(self, shown: Session, status: int = 200) -> Any:
        marks = dict(Attendance.objects.filter(session=shown).values_list("enrolment", "mark"))
        lines = [
            {"enrolment": each.public_id, "name": str(each.person), "mark": marks.get(each.pk, "")}
            for each in people_of(shown.intake)[:MOST]
        ]
        sheet = {"version": shown.version, "held_at": shown.held_at, "marks": lines}
        return super().answer(sheet, status)

    def change(self, wanted: dict[str, Any]) -> None:
        marks = by_public_id(wanted["marks"], people_of(self.row.intake))
        take_attendance(
            session=self.row,
            marks={pk: row["mark"] for pk, row in marks.items()},
            seen_version=wanted["version"],
            actor=self.actor,
        )


class FindingSerializer(StrictSerializer):
    """`version` is the one you saw, 0 for somebody never assessed."""

    enrolment = PublicIdField()
    result = serializers.ChoiceField(UnitResult.choices)
    feedback = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    version = serializers.IntegerField(min_value=0, max_value=10**8, required=False, default=0)

    def validate_feedback(self, text: str) -> str:
        return LineField(most=500, required=False).clean(text)


class FindingsChangeSerializer(StrictSerializer):
    findings = serializers.ListField(child=FindingSerializer(), max_length=MOST)


class FoundSerializer(serializers.Serializer):
    enrolment = serializers.UUIDField()
    name = serializers.CharField()
    result = serializers.ChoiceField(UnitResult.choices)
    feedback = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class AssessmentsSerializer(serializers.Serializer):
    findings = FoundSerializer(many=True)


class AssessmentsView(PartRows, ChangeView):
    """Competent, or not yet. PUT writes the findings it names, all or none."""

    model = Unit
    serializer_class = FindingsChangeSerializer
    answer_class = AssessmentsSerializer

    def answer(self, shown: Unit, status: int = 200) -> Any:
        rows = {row.enrolment_id: row for row in UnitAssessment.objects.filter(unit=shown)}
        people = people_of(shown.intake)[:MOST]
        nothing = UnitAssessment(version=0)
        found = [
            {
                **{"enrolment": each.public_id, "name": str(each.person)},
                **{
                    name: getattr(rows.get(each.pk, nothing), name)
                    for name in ("result", "feedback", "version")
                },
            }
            for each in people
        ]
        return super().answer({"findings": found}, status)

    def change(self, wanted: dict[str, Any]) -> None:
        sent = by_public_id(wanted["findings"], people_of(self.row.intake))
        findings = [
            Finding(
                enrolment_id=pk,
                result=row["result"],
                feedback=row["feedback"],
                seen_version=row["version"],
            )
            for pk, row in sent.items()
        ]
        assess_unit(unit=self.row, findings=findings, actor=self.actor)


class ProgressOfSerializer(serializers.Serializer):
    """Sessions held that count for the person, and required units."""

    held = serializers.IntegerField(source="attendance.held")
    attended = serializers.IntegerField(source="attendance.attended")
    to_come = serializers.IntegerField(source="attendance.to_come")
    percent = serializers.IntegerField(source="attendance.percent", allow_null=True)
    least_attendance = serializers.IntegerField()
    required_units = serializers.IntegerField()
    competent_units = serializers.IntegerField()
    is_complete = serializers.BooleanField()


class CourseProgressSerializer(serializers.Serializer):
    enrolment = serializers.UUIDField()
    name = serializers.CharField()
    progress = ProgressOfSerializer()


class CourseProgressView(StaffIntakeRows, PartsView):
    """How far everybody is who takes part."""

    kind = ProgramKind.COURSE
    answer_class = CourseProgressSerializer
    ordering = ("person__full_name", "id")

    def parts(self) -> QuerySet[Enrolment]:
        return people_of(self.row)

    def lines(self, page: list[Enrolment]) -> list[dict[str, Any]]:
        found: dict[int, Progress] = progress_of(page, intake=self.row, on=today_at(self.row))
        return [
            {"enrolment": each.public_id, "name": str(each.person), "progress": found[each.pk]}
            for each in page
        ]
