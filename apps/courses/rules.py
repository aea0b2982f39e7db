"""When a course is complete: enough sessions attended and every required unit competent."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

#: Marks that count as having been there. Late is there; excused counts neither for nor against.
ATTENDED = frozenset({"present", "late"})
EXCUSED = "excused"
COMPETENT = "competent"


@dataclass(frozen=True, slots=True)
class AttendanceRecord:
    """One participant's marks: sessions held that count, those attended, and those still to come."""

    held: int
    attended: int
    to_come: int = 0

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down so that it never promises too much; None before any session."""
        return self.attended * 100 // self.held if self.held else None


@dataclass(frozen=True, slots=True)
class Progress:
    """What completion looks at."""

    attendance: AttendanceRecord
    required_units: int
    competent_units: int
    least_attendance: int

    @property
    def attends_enough(self) -> bool:
        """At least `least_attendance` percent of the sessions held; a course without sessions asks none."""
        record = self.attendance
        if not record.held:
            return record.to_come == 0
        return Fraction(record.attended * 100, record.held) >= self.least_attendance

    @property
    def is_competent(self) -> bool:
        return self.competent_units >= self.required_units

    @property
    def has_content(self) -> bool:
        return self.attendance.held + self.attendance.to_come + self.required_units > 0

    @property
    def is_complete(self) -> bool:
        """Also no session still to come: until the last one, attendance can still fall."""
        return self.has_content and self.attendance.to_come == 0 and self.attends_enough and self.is_competent


def attendance_record(marks: Iterable[str | None], to_come: int = 0) -> AttendanceRecord:
    """Count the marks of the sessions held. None is a session at which nobody marked the person: absent.

    Excused sessions leave the count: they neither help nor harm.
    """
    counted = [mark for mark in marks if mark != EXCUSED]
    return AttendanceRecord(
        held=len(counted), attended=sum(mark in ATTENDED for mark in counted), to_come=to_come
    )


def sessions_needed(record: AttendanceRecord, least_attendance: int) -> int | None:
    """How many of the sessions to come must be attended to reach the share; None when out of reach."""
    total = record.held + record.to_come
    needed = -(-least_attendance * total // 100) - record.attended
    if needed > record.to_come:
        return None
    return max(needed, 0)
