from apps.core.access import Access
from tests.access.matrix import of, row

STAFF = (Access.COORDINATOR, Access.TRAINER)
enrolment, intake = of("course_enrolment"), of("course_intake")

ROWS = {
    "offer-accept": row(Access.SIGNED_IN, address=of("offer"), method="post"),
    "program-terms": row(Access.COORDINATOR, address=of("course_program")),
    "intake-list": row(*STAFF),
    "roster": row(*STAFF, address=intake),
    "roster-csv": row(*STAFF, address=intake),
    "complete-ready": row(*STAFF, address=intake, method="post"),
    "enrolment-detail": row(Access.SIGNED_IN, address=enrolment, also=frozenset({"coordinator", "trainer"})),
    "enrolment-withdraw": row(Access.SIGNED_IN, address=enrolment),
    "enrolment-manage": row(*STAFF, address=enrolment),
    "enrolment-complete": row(*STAFF, address=enrolment, method="post"),
    "enrolment-end": row(*STAFF, address=enrolment),
    "enrolment-reopen": row(Access.COORDINATOR, address=enrolment),
    "leave-start": row(*STAFF, address=enrolment),
    "leave-end": row(*STAFF, address=enrolment, method="post"),
}
