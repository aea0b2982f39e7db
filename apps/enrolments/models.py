"""Who takes part in an intake, and how it ended."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped
from apps.enrolments.enums import (
    ENROLMENT_LIFECYCLE,
    STATUS_TONES,
    SUPPORT_LIFECYCLE,
    EnrolmentStatus,
    SupportStatus,
)


def organisations_of(viewer: Viewer, *roles: str) -> frozenset[int]:
    """Where the viewer holds one of the roles; a role at one organisation says nothing about another."""
    return frozenset().union(*(viewer.at(role) for role in roles))


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "EnrolmentQuerySet":
        """Participants see their own; coordinators and trainers those of their organisation."""
        if viewer.user_id is None:
            return self.none()
        runs = viewer.at(Role.COORDINATOR) | viewer.at(Role.TRAINER)
        return self.filter(Q(person__user_id=viewer.user_id) | Q(intake__program__organisation__in=runs))

    def run_by(self, viewer: Viewer, *roles: str) -> "EnrolmentQuerySet":
        """Those whom holders of `roles` look after: of the organisation of the role, never themselves."""
        theirs = self.filter(intake__program__organisation__in=organisations_of(viewer, *roles))
        return theirs.exclude(person__user_id=viewer.user_id)

    def owned_by(self, viewer: Viewer) -> "EnrolmentQuerySet":
        return self.filter(person__user_id=viewer.user_id) if viewer.user_id else self.none()


class Enrolment(PublicId, TimeStamped):
    STATUS_LIFECYCLE = ENROLMENT_LIFECYCLE

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey("programs.Intake", on_delete=models.PROTECT, related_name="+")
    application = models.OneToOneField(
        "applications.Application", on_delete=models.PROTECT, null=True, related_name="+"
    )
    status = models.CharField(max_length=20, choices=EnrolmentStatus, default=EnrolmentStatus.ACTIVE)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=120, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "person"],
                condition=Q(status__in=["active", "on_leave"], source=""),
                name="enrolment_once_while_active",
            ),
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~Q(source=""), name="enrolment_once_per_source"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["active", "on_leave"]) | Q(ended_on__isnull=False) | ~Q(source=""),
                name="enrolment_ended_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["intake", "status", "id"], name="enrolment_roster")]

    def __str__(self) -> str:
        return f"{self.person_id} in intake {self.intake_id}"

    def joined_on(self, zone: ZoneInfo) -> date | None:
        """The day from which obligations count: the first day, or the day of enrolling before it.

        None for records that do not say when somebody started.
        """
        if self.started_on is None:
            return None
        return min(self.started_on, self.created_at.astimezone(zone).date())

    @property
    def tone(self) -> str:
        """The colour of the status tag."""
        return STATUS_TONES.get(self.status, "grey")


class SupportTaskQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "SupportTaskQuerySet":
        """Logistics of the organisation, and nobody else on the staff: no coordinator, no trainer."""
        return self.filter(enrolment__intake__program__organisation__in=viewer.at(Role.LOGISTICS))

    def open(self) -> "SupportTaskQuerySet":
        return self.filter(status=SupportStatus.OPEN)


class SupportTask(PublicId, TimeStamped):
    """One need of one participant, to be arranged by a day. The need and the reason stay sealed.

    It goes when its need goes: whoever takes back consent leaves nothing behind but events of ids.
    """

    STATUS_LIFECYCLE = SUPPORT_LIFECYCLE

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="support_tasks")
    need = models.ForeignKey("people.SupportNeed", on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    status = models.CharField(max_length=12, choices=SupportStatus, default=SupportStatus.OPEN)
    sealed_reason = models.BinaryField(default=bytes)
    key_id = models.CharField(max_length=16, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = SupportTaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "need"], name="support_task_once_per_need"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "cancelled"]) | Q(ended_at__isnull=False),
                name="support_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["partly", "not_possible"]) | ~Q(key_id=""),
                name="support_not_met_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="support_open", condition=Q(status="open"))]

    def __str__(self) -> str:
        return f"support task {self.pk}"
