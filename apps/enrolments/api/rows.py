"""Which enrolments, intakes and programs a caller reaches; the kinds narrow them to their own."""

from typing import Any

from django.db.models import QuerySet

from apps.accounts.enums import Role
from apps.core.access import Access
from apps.enrolments.models import Enrolment
from apps.enrolments.selectors import intakes_run_by
from apps.programs.models import Intake, Program

STAFF = frozenset({Access.COORDINATOR, Access.TRAINER})
PEOPLE = ("person__user", "person__country", "intake__program")


def roles_of(access: Access | frozenset[Access]) -> list[str]:
    """The roles a call names: its rows are those of the organisations where the caller holds one."""
    return [access.value] if isinstance(access, Access) else sorted(each.value for each in access)


class OwnEnrolmentRows:
    """The caller's own enrolments; `kind` narrows them to one kind of program."""

    access: Any = Access.SIGNED_IN
    kind = ""

    def rows(self) -> QuerySet[Enrolment]:
        own = Enrolment.objects.owned_by(self.viewer).select_related(*PEOPLE)  # type: ignore[attr-defined]
        return own.filter(intake__program__kind=self.kind) if self.kind else own


class StaffEnrolmentRows:
    """Enrolments at the caller's organisation, never their own."""

    access: Any = STAFF

    def rows(self) -> QuerySet[Enrolment]:
        run = Enrolment.objects.run_by(self.viewer, *roles_of(self.access))  # type: ignore[attr-defined]
        return run.select_related(*PEOPLE)


class StaffIntakeRows:
    access: Any = STAFF
    kind = ""

    def rows(self) -> QuerySet[Intake]:
        run = intakes_run_by(self.viewer, *roles_of(self.access))  # type: ignore[attr-defined]
        return run.filter(program__kind=self.kind) if self.kind else run


class StaffProgramRows:
    """Programs of one kind that the caller coordinates, for their terms."""

    access: Any = Access.COORDINATOR
    kind = ""

    def rows(self) -> QuerySet[Program]:
        run = self.viewer.at(Role.COORDINATOR)  # type: ignore[attr-defined]
        return Program.objects.filter(organisation__in=run, kind=self.kind)
