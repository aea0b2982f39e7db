"""What coordinators and trainers type about courses."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DateField, LineField, WholeNumberField
from apps.courses.enums import AttendanceMark, UnitResult
from apps.courses.models import Attendance, Session, Unit, UnitAssessment
from apps.courses.services.assessments import Finding
from apps.enrolments.enums import EnrolmentStatus
from apps.enrolments.models import Enrolment


class TermsForm(forms.Form):
    least_attendance = WholeNumberField(
        label=_("Least attendance, in percent of the sessions held"),
        help_text=_("Late counts as there. Excused sessions are left out of the count."),
        least=0,
        most=100,
    )


class SessionForm(forms.Form):
    title = LineField(label=_("Title"), most=120)
    day = DateField(label=_("Day"), earliest=date(2000, 1, 1), latest=date(2100, 1, 1))
    begins = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Enter a time, for example 09:30.")),
    )
    minutes = WholeNumberField(label=_("Length in minutes"), least=5, most=1440)
    place = LineField(
        label=_("Place"), help_text=_("A room, or the link of the call."), most=200, required=False
    )
    version = WholeNumberField(widget=forms.HiddenInput, least=0, required=False)

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["begins"].help_text = _("In %(zone)s time, for example 09:30.") % {
            "zone": zone.key.rsplit("/", 1)[-1].replace("_", " ")
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, begins = cleaned.get("day"), cleaned.get("begins")
        if day and begins:
            starts_at = datetime.combine(day, begins, self.zone)
            if starts_at.astimezone(UTC).astimezone(self.zone).time() != begins:
                self.add_error("begins", _("The clocks go forward at this hour. Choose another time."))
            cleaned["starts_at"] = starts_at
        return cleaned

    @staticmethod
    def initial_of(session: Session, zone: ZoneInfo, title: str) -> dict[str, Any]:
        local = session.starts_at.astimezone(zone)
        return {
            "title": title,
            "day": local.date(),
            "begins": local.time(),
            "minutes": session.minutes,
            "place": session.place,
            "version": session.version,
        }


class UnitForm(forms.Form):
    code = LineField(label=_("Code"), help_text=_("For example U1."), most=20)
    title = LineField(label=_("Title"), most=120)
    is_required = forms.BooleanField(label=_("Needed to complete the course"), required=False, initial=True)

    @staticmethod
    def initial_of(unit: Unit, title: str) -> dict[str, Any]:
        return {"code": unit.code, "title": title, "is_required": unit.is_required}


class AttendanceForm(forms.Form):
    """One line of marks for each person: those of before, else present (excused while on leave)."""

    version = WholeNumberField(widget=forms.HiddenInput, least=0)

    def __init__(
        self, *args: Any, people: Iterable[Enrolment], marks: Iterable[Attendance], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        before = {row.enrolment_id: row.mark for row in marks}
        self.people = list(people)
        for enrolment in self.people:
            on_leave = enrolment.status == EnrolmentStatus.ON_LEAVE
            default = AttendanceMark.EXCUSED if on_leave else AttendanceMark.PRESENT
            self.fields[f"mark-{enrolment.public_id}"] = forms.ChoiceField(
                label=str(enrolment.person),
                choices=AttendanceMark.choices,
                widget=forms.RadioSelect,
                initial=before.get(enrolment.pk, default),
                error_messages={"required": _("Choose a mark.")},
            )

    @property
    def lines(self) -> list[forms.BoundField]:
        return [self[f"mark-{enrolment.public_id}"] for enrolment in self.people]

    def marks(self) -> dict[int, str]:
        return {each.pk: self.cleaned_data[f"mark-{each.public_id}"] for each in self.people}


class AssessmentForm(forms.Form):
    """One line for each person: the result, and a word for them."""

    def __init__(
        self, *args: Any, people: Iterable[Enrolment], rows: Iterable[UnitAssessment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        before = {row.enrolment_id: row for row in rows}
        for enrolment in self.people:
            row, key = before.get(enrolment.pk), enrolment.public_id
            self.fields[f"result-{key}"] = forms.ChoiceField(
                label=str(enrolment.person),
                choices=UnitResult.choices,
                widget=forms.RadioSelect,
                initial=row.result if row else UnitResult.NOT_ASSESSED,
                error_messages={"required": _("Choose a result.")},
            )
            self.fields[f"feedback-{key}"] = LineField(
                label=_("A word for %(name)s") % {"name": enrolment.person},
                most=500,
                required=False,
                initial=row.feedback if row else "",
            )
            self.fields[f"version-{key}"] = WholeNumberField(
                widget=forms.HiddenInput, initial=row.version if row else 0, required=False
            )

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        keys = [each.public_id for each in self.people]
        return [(self[f"result-{key}"], self[f"feedback-{key}"], self[f"version-{key}"]) for key in keys]

    def findings(self) -> list[Finding]:
        data = self.cleaned_data
        return [
            Finding(
                enrolment_id=each.pk,
                result=data[f"result-{each.public_id}"],
                feedback=data[f"feedback-{each.public_id}"],
                seen_version=data[f"version-{each.public_id}"] or 0,
            )
            for each in self.people
        ]
