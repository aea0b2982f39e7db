"""Vocational courses: sessions, attendance, units and what is needed to complete."""

from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TextsField, TimeStamped
from apps.courses.enums import AttendanceMark, UnitResult


class CourseTerms(TimeStamped):
    """Completion needs this share of sessions attended and every required unit competent."""

    program = models.OneToOneField("programs.Program", on_delete=models.CASCADE, related_name="+")
    least_attendance = models.PositiveSmallIntegerField(default=80, help_text="percent of sessions held")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(least_attendance__lte=100), name="attendance_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.least_attendance} % attendance"


class PartQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "PartQuerySet":
        """Parts of courses that the viewer coordinates or trains in."""
        runs = viewer.at(Role.COORDINATOR) | viewer.at(Role.TRAINER)
        return self.filter(intake__program__organisation__in=runs)


class Session(PublicId, TimeStamped):
    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = TextsField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=120)
    place = models.CharField(max_length=200, blank=True)
    held_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="session_number_once"),
        ]

    def __str__(self) -> str:
        return f"session {self.number}"


class Attendance(TimeStamped):
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    enrolment = models.ForeignKey("enrolments.Enrolment", on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=20, choices=AttendanceMark)
    marked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="attendance_once"),
        ]

    def __str__(self) -> str:
        return self.mark


class Unit(PublicId, TimeStamped):
    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)
    title = TextsField()
    is_required = models.BooleanField(default=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["intake", "code"], name="unit_code_once")]

    def __str__(self) -> str:
        return self.code


class UnitAssessment(TimeStamped):
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="assessments")
    enrolment = models.ForeignKey("enrolments.Enrolment", on_delete=models.CASCADE, related_name="+")
    result = models.CharField(max_length=20, choices=UnitResult, default=UnitResult.NOT_ASSESSED)
    assessed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    feedback = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "enrolment"], name="assessment_once"),
        ]

    def __str__(self) -> str:
        return self.result
