from apps.core.access import Access
from tests.access.matrix import of, row

STAFF = (Access.COORDINATOR, Access.TRAINER)
trainer, program, intake = of("trainer"), of("cohort_program"), of("cohort_intake")

ROWS = {
    "my-practice": row(Access.SIGNED_IN, address=of("cohort_enrolment")),
    "my-roles": row(Access.SIGNED_IN, everyone=True),
    "my-cascade": row(Access.SIGNED_IN, address=trainer),
    "training-report": row(Access.SIGNED_IN, address=trainer),
    "terms-edit": row(Access.COORDINATOR, address=program),
    "step-add": row(Access.COORDINATOR, address=program),
    "master-add": row(Access.COORDINATOR, address=program),
    "program-cascade": row(*STAFF, address=program),
    "step-edit": row(Access.COORDINATOR, address=lambda world: [world.step.pk]),
    "step-remove": row(Access.COORDINATOR, address=lambda world: [world.step.pk], method="post"),
    "cohort-practice": row(*STAFF, address=intake),
    "teachers-edit": row(Access.COORDINATOR, address=intake),
    "trainer-detail": row(*STAFF, address=trainer),
    "trainer-certify": row(Access.COORDINATOR, address=trainer, method="post"),
    "trainer-suspend": row(Access.COORDINATOR, address=trainer),
    "trainer-reinstate": row(Access.COORDINATOR, address=trainer),
    "step-mark": row(*STAFF, address=of("task")),
    "step-unmark": row(*STAFF, address=of("task"), method="post"),
}
