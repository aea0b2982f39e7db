"""The page of a person who takes a course."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from apps.courses.rules import sessions_needed
from apps.courses.selectors import progress_of_one, sessions_for, units_for, what_is_missing
from apps.enrolments.enums import TAKES_PART
from apps.enrolments.selectors import today_at
from apps.enrolments.views.access import ParticipantMixin
from apps.programs.enums import ProgramKind


class MyCourseView(ParticipantMixin, TemplateView):
    """My sessions in my own time, my attendance, my units, and what is missing to complete."""

    kind = ProgramKind.COURSE
    template_name = "courses/my_course.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        progress = progress_of_one(self.enrolment, on=today_at(self.enrolment.intake))
        lines, now = sessions_for(self.enrolment), timezone.now()
        takes_part = self.enrolment.status in TAKES_PART
        begun = [line for line in lines if line.session.starts_at < now or line.session.held_at]
        return super().get_context_data(
            progress=progress,
            missing=what_is_missing(progress),
            needed=sessions_needed(progress.attendance, progress.least_attendance),
            takes_part=takes_part,
            # the link of a call is for those who take part
            coming=[line for line in lines if takes_part and line not in begun],
            past=begun,
            units=units_for(self.enrolment),
            **kwargs,
        )
