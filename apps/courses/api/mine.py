"""The course of somebody who takes it: sessions, marks, units, and what is missing."""

from typing import Any

from rest_framework import serializers

from apps.accounts.api.rows import ShowView
from apps.courses.api.marking import ProgressOfSerializer
from apps.courses.api.plan import SessionSerializer, UnitSerializer
from apps.courses.selectors import progress_of_one, sessions_for, units_for, what_is_missing
from apps.enrolments.api.rows import OwnEnrolmentRows
from apps.enrolments.enums import TAKES_PART
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import today_at
from apps.programs.enums import ProgramKind


class OwnSessionSerializer(serializers.Serializer):
    """`counts` is false for sessions before the person joined."""

    session = SessionSerializer()
    mark = serializers.CharField(allow_blank=True)
    counts = serializers.BooleanField()


class OwnUnitSerializer(serializers.Serializer):
    unit = UnitSerializer()
    result = serializers.CharField()
    feedback = serializers.CharField(allow_blank=True)


class OwnCourseSerializer(serializers.Serializer):
    progress = ProgressOfSerializer()
    missing = serializers.ListField(child=serializers.CharField())
    sessions = OwnSessionSerializer(many=True)
    units = OwnUnitSerializer(many=True)


class OwnCourseView(OwnEnrolmentRows, ShowView):
    """My course, by my enrolment. Sessions to come are shown to those who take part."""

    kind = ProgramKind.COURSE
    answer_class = OwnCourseSerializer

    def answer(self, shown: Enrolment, status: int = 200) -> Any:
        progress = progress_of_one(shown, on=today_at(shown.intake))
        takes_part = shown.status in TAKES_PART
        lines = [line for line in sessions_for(shown) if takes_part or line.session.held_at]
        found = {
            "progress": progress,
            "missing": [str(each) for each in what_is_missing(progress)],
            "sessions": lines,
            "units": units_for(shown),
        }
        return super().answer(found, status)
