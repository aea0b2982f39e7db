from apps.core.access import Access
from tests.access.matrix import of, row

STAFF = (Access.COORDINATOR, Access.TRAINER)
session, unit = of("session"), of("unit")

ROWS = {
    "my-course": row(Access.SIGNED_IN, address=of("course_enrolment")),
    "session-list": row(*STAFF),
    "terms-edit": row(Access.COORDINATOR, address=of("course_program")),
    "course-progress": row(*STAFF, address=of("course_intake")),
    "session-add": row(Access.COORDINATOR, address=of("course_intake")),
    "unit-add": row(Access.COORDINATOR, address=of("course_intake")),
    "session-edit": row(Access.COORDINATOR, address=session),
    "session-remove": row(Access.COORDINATOR, address=session, method="post"),
    "session-attendance": row(*STAFF, address=session),
    "unit-edit": row(Access.COORDINATOR, address=unit),
    "unit-remove": row(Access.COORDINATOR, address=unit, method="post"),
    "unit-assess": row(*STAFF, address=unit),
}
