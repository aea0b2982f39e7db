"""A person asks that a human looks again at what was decided about them."""

from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped
from apps.selection.enums import LOOK_LIFECYCLE, LookStatus
from apps.selection.models.deciding import Decision


class HumanLookQuerySet(models.QuerySet):
    def run_by(self, viewer: Viewer) -> "HumanLookQuerySet":
        return self.filter(application__intake__program__organisation__in=viewer.at(Role.COORDINATOR))


class HumanLook(PublicId, TimeStamped):
    """One request, its clock and its answer, about a decision or about a finding: the event that told the
    applicant that they are not eligible, by the rules or by hand. Who took it does not answer.
    """

    STATUS_LIFECYCLE = LOOK_LIFECYCLE

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="looks")
    finding = models.ForeignKey("events.EventRecord", on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField()
    status = models.CharField(max_length=10, choices=LookStatus, default=LookStatus.WAITING)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = HumanLookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision"], name="look_once_per_decision"),
            models.UniqueConstraint(fields=["finding"], name="look_once_per_finding"),
            models.CheckConstraint(
                condition=Q(decision__isnull=True, finding__isnull=False)
                | Q(decision__isnull=False, finding__isnull=True),
                name="look_at_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["upheld", "corrected"])
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="look_answered_in_words",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status="waiting"), name="look_waiting"),
        ]

    def __str__(self) -> str:
        return f"look at decision {self.decision_id}" if self.decision_id else f"look at #{self.finding_id}"

    @property
    def is_settled(self) -> bool:
        return self.status != LookStatus.WAITING

    @property
    def settled_by_id(self) -> int | None:
        """Who took what is looked at; None where the rules found it."""
        return self.decision.decided_by_id if self.decision else self.finding.actor_user_id  # type: ignore[union-attr]  # one of the two, by a check
