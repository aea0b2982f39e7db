"""Help with an application, and the applicant's confirmation of what was typed for them."""

from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.accounts.roles import Viewer
from apps.applications.enums import ASSISTANCE_LIFECYCLE, AssistanceStatus, ConfirmationWay
from apps.applications.models.applications import Application
from apps.core.models import PublicId, TimeStamped


class AssistanceQuerySet(models.QuerySet):
    def active(self) -> "AssistanceQuerySet":
        return self.filter(status=AssistanceStatus.ACTIVE)

    def visible_to(self, viewer: Viewer) -> "AssistanceQuerySet":
        """What the helper organisations of the viewer help with now. Once it ends, nothing is left."""
        return self.active().filter(organisation__in=viewer.at(Role.HELPER))


class Assistance(PublicId, TimeStamped):
    """One organisation that helps with one application, until the applicant takes over or either ends it.

    `email` and `phone` are the applicant's own, as told to the helper. Only who proves to read mail at
    `email` is taken for the applicant; a name proves nothing.
    """

    STATUS_LIFECYCLE = ASSISTANCE_LIFECYCLE

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assistances")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    helper = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    start_key = models.UUIDField(null=True, unique=True)
    status = models.CharField(max_length=20, choices=AssistanceStatus, default=AssistanceStatus.ACTIVE)
    ended_at = models.DateTimeField(null=True)

    objects = AssistanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(status="active"), name="assistance_once_while_active"
            ),
            models.CheckConstraint(
                condition=Q(status="active", ended_at=None) | ~Q(status="active") & Q(ended_at__isnull=False),
                name="assistance_ended_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "-id"], name="assistance_active", condition=Q(status="active")
            ),
            models.Index(fields=["email"], name="assistance_by_email", condition=~Q(email="")),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} helps with {self.application_id}"


class ConfirmationCode(TimeStamped):
    """A code on its way to an applicant. It is kept nowhere: the secret key and `seed` make it.

    `fingerprint` names the answers it confirms: a code never confirms what was typed after it was sent.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="codes")
    address = models.EmailField(max_length=254)
    seed = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["address", "-created_at"], name="confirmation_code_by_address")]

    def __str__(self) -> str:
        return f"code {self.pk} of application {self.application_id}"


class Confirmation(PublicId, TimeStamped):
    """The applicant stood by these answers. Never changed: other answers need another one."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="confirmations")
    way = models.CharField(max_length=20, choices=ConfirmationWay)
    fingerprint = models.CharField(max_length=64)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    address = models.EmailField(max_length=254, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    stored_as = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=150, blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(way="paper") | ~Q(stored_as="") | ~Q(reason=""),
                name="confirmation_on_paper_has_a_scan_or_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(way="code") | ~Q(address=""), name="confirmation_by_code_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} for {self.application_id}"
