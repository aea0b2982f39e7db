"""The people who take part: one person across every kind of program."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped
from apps.people.enums import CONSENT_LIFECYCLE, ConsentPurpose, ConsentStatus, HowGiven


class PersonQuerySet(models.QuerySet):
    def visible_to(self, viewer: Viewer) -> "PersonQuerySet":
        """A person sees themselves. Staff reach people through applications and enrolments."""
        return self.filter(user_id=viewer.user_id) if viewer.user_id else self.none()


class Person(PublicId, TimeStamped):
    """One full-name field, because mononyms exist; own script welcome, Latin letters on request.

    People from imported records have no account and no name: they are known by the source's key.
    """

    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, null=True, related_name="person")
    full_name = models.CharField(_("Full name"), max_length=200, blank=True)
    latin_name = models.CharField(_("Name in Latin letters"), max_length=200, blank=True)
    phone = models.CharField(_("Phone number"), max_length=30, blank=True)
    born_on = models.DateField(_("Date of birth"), null=True, blank=True)
    country = models.ForeignKey("places.Country", on_delete=models.PROTECT, null=True, related_name="+")
    subdivision = models.ForeignKey(
        "places.Subdivision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    settlement = models.CharField(_("Nearest town or village"), max_length=200, blank=True)
    source = models.CharField(max_length=40, blank=True)
    source_key = models.CharField(max_length=80, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~Q(source=""), name="person_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or (f"{self.source} {self.source_key}" if self.source else str(self.public_id))


class ConsentText(TimeStamped):
    """A published wording of one purpose. Never changed: a new wording is the next version.

    Languages of one wording share its version. A draft by machine is kept for whoever checks it and is
    never shown: people read English instead.
    """

    purpose = models.CharField(max_length=20, choices=ConsentPurpose)
    country = models.ForeignKey("places.Country", on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10, default="en")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    is_machine_draft = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "country", "language", "version"],
                nulls_distinct=False,
                name="consent_text_once_per_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.country_id or ''} {self.language} {self.version}"


class ConsentQuerySet(models.QuerySet):
    def current(self) -> "ConsentQuerySet":
        """The last word on each purpose that is still open or in force."""
        return self.filter(status__in=[ConsentStatus.ASKED, ConsentStatus.GIVEN])

    def given(self) -> "ConsentQuerySet":
        return self.filter(status=ConsentStatus.GIVEN)


class Consent(TimeStamped):
    """One asking: of whom, for what, in which words, and how it went. Past rows stay as they are."""

    STATUS_LIFECYCLE = CONSENT_LIFECYCLE

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=ConsentPurpose)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=ConsentStatus, default=ConsentStatus.ASKED)
    how = models.CharField(max_length=10, choices=HowGiven, default=HowGiven.PAGE)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(status__in=["asked", "given"]),
                name="consent_once_while_current",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["given", "declined", "withdrawn"]) | Q(answered_at__isnull=False),
                name="consent_answered_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["withdrawn", "superseded"]) | Q(ended_at__isnull=False),
                name="consent_ended_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"], name="consent_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.purpose} {self.status}"


class SupportNeed(PublicId, TimeStamped):
    """One thing to arrange for someone, sealed: kind and own words. Deleted when consent is taken back.

    Apart from the monitoring answers, and never made from them. Read through services.support alone,
    which records every reading.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"need {self.pk}"
