"""What courses answer at each stage."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.accounts.roles import Viewer
from apps.applications.extension import application_policies
from apps.core.actors import Actor
from apps.courses.defaults import CRITERIA, FORM
from apps.courses.selectors import progress_of_one, sessions_to_mark, what_is_missing
from apps.enrolments.extension import Waiting, enrolment_policies
from apps.enrolments.models import Enrolment
from apps.programs.enums import ProgramKind
from apps.programs.extension import reporting_policies
from apps.reviews.extension import review_policies


class CourseApplications:
    def default_form(self) -> dict[str, Any]:
        return FORM


class CourseReviews:
    def default_criteria(self) -> list[dict[str, Any]]:
        return CRITERIA


class CourseEnrolments:
    participant_page = "courses:my-course"
    staff_page = "courses:course-progress"
    terms_page = "courses:terms-edit"

    def on_enrolled(self, *, enrolment: Enrolment, actor: Actor) -> None:
        """Sessions and units belong to the intake: a new participant finds them there."""

    def is_complete(self, *, enrolment: Enrolment, on: date) -> bool:
        return progress_of_one(enrolment, on=on).is_complete

    def missing(self, *, enrolment: Enrolment, on: date) -> Sequence[str | Promise]:
        return what_is_missing(progress_of_one(enrolment, on=on))

    def waiting(self, *, viewer: Viewer) -> Sequence[Waiting]:
        return [
            Waiting(
                words=_("Sessions without attendance"),
                number=number,
                intake=intake,
                url=reverse(self.staff_page, args=[intake.public_id]),
            )
            for intake, number in sessions_to_mark(viewer)
        ]

    def on_ended(self, *, enrolment: Enrolment, actor: Actor) -> None:
        """Marks and results stay as a record; nothing is open."""

    def on_reopened(self, *, enrolment: Enrolment, reason: str, actor: Actor) -> None:
        """Marks and results are still there."""


class CourseReporting:
    purpose = "11330"  # Vocational training


application_policies.register(ProgramKind.COURSE, CourseApplications())
review_policies.register(ProgramKind.COURSE, CourseReviews())
enrolment_policies.register(ProgramKind.COURSE, CourseEnrolments())
reporting_policies.register(ProgramKind.COURSE, CourseReporting())
