"""How pages reach an enrolment or an intake: only through what the reader may see, otherwise 404."""

from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse
from django.views.generic.base import ContextMixin

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.access import Access, declared_access
from apps.core.zones import zone_or
from apps.enrolments.extension import enrolment_policies
from apps.enrolments.models import Enrolment, organisations_of
from apps.enrolments.selectors import intakes_run_by, today_at
from apps.programs.models import Intake, Program

STAFF = frozenset({Access.COORDINATOR, Access.TRAINER})


def roles_of(access: Access | frozenset[Access]) -> list[str]:
    """The roles a page names: its rows are those of the organisations where the reader holds one."""
    return [access.value] if isinstance(access, Access) else sorted(each.value for each in access)


def coordinates(viewer: Viewer, program: Program) -> bool:
    return program.organisation_id in viewer.at(Role.COORDINATOR)


def staff_page_for(viewer: Viewer, intake: Intake) -> str:
    """The address of the kind's staff page of an intake, or "" where the reader may not open it."""
    address = reverse(enrolment_policies[intake.program.kind].staff_page, args=[intake.public_id])
    access = declared_access(resolve(address).func) or frozenset()
    at_home = intake.program.organisation_id in organisations_of(viewer, *roles_of(access))
    return address if at_home else ""


class ParticipantMixin(ContextMixin):
    """A participant's own enrolment, by the public id in the address."""

    access = Access.SIGNED_IN
    #: The kind these pages belong to; empty for pages of every kind.
    kind = ""

    @cached_property
    def enrolment(self) -> Enrolment:
        own = Enrolment.objects.owned_by(self.request.viewer)  # type: ignore[attr-defined]
        if self.kind:
            own = own.filter(intake__program__kind=self.kind)
        return get_object_or_404(
            own.select_related(
                "person__user", "person__country", "application", "intake__program__organisation"
            ),
            public_id=self.kwargs["public_id"],  # type: ignore[attr-defined]
        )

    @property
    def zone(self) -> ZoneInfo:
        """The participant's own time zone, else the intake's."""
        return zone_or(self.request.user.time_zone, self.enrolment.intake.time_zone)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            enrolment=self.enrolment, intake=self.enrolment.intake, zone=self.zone, **kwargs
        )


class StaffIntakeMixin(ContextMixin):
    """An intake the reader coordinates or trains in."""

    access: Any = STAFF
    kind = ""

    @cached_property
    def intake(self) -> Intake:
        run = intakes_run_by(self.request.viewer, *roles_of(self.access))  # type: ignore[attr-defined]
        if self.kind:
            run = run.filter(program__kind=self.kind)
        return get_object_or_404(run, public_id=self.kwargs["public_id"])  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policy = enrolment_policies[self.intake.program.kind]
        return super().get_context_data(
            intake=self.intake,
            today=today_at(self.intake),
            is_coordinator=coordinates(self.request.viewer, self.intake.program),  # type: ignore[attr-defined]
            staff_page=staff_page_for(self.request.viewer, self.intake),  # type: ignore[attr-defined]
            terms_page=policy.terms_page,
            **kwargs,
        )


class StaffEnrolmentMixin(ContextMixin):
    """An enrolment at the reader's organisation; never their own."""

    access: Any = STAFF

    @cached_property
    def enrolment(self) -> Enrolment:
        return get_object_or_404(
            Enrolment.objects.run_by(
                self.request.viewer,  # type: ignore[attr-defined]
                *roles_of(self.access),
            ).select_related("person__user", "person__country", "application", "intake__program"),
            public_id=self.kwargs["public_id"],  # type: ignore[attr-defined]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(enrolment=self.enrolment, intake=self.enrolment.intake, **kwargs)


class StaffProgramMixin(ContextMixin):
    """A program the reader coordinates, for pages that set its terms."""

    access: Any = Access.COORDINATOR
    kind = ""

    @cached_property
    def program(self) -> Program:
        viewer = self.request.viewer  # type: ignore[attr-defined]
        return get_object_or_404(
            Program.objects.filter(organisation__in=viewer.at(Role.COORDINATOR), kind=self.kind),
            public_id=self.kwargs["public_id"],  # type: ignore[attr-defined]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(program=self.program, **kwargs)
