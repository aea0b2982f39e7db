from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AttendanceMark(TextChoices):
    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


class UnitResult(TextChoices):
    NOT_ASSESSED = "not_assessed", _("Not assessed yet")
    COMPETENT = "competent", _("Competent")
    NOT_YET_COMPETENT = "not_yet_competent", _("Not yet competent")
