"""The people who take part: one person across every kind of program."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Viewer
from apps.core.models import PublicId, TimeStamped
from apps.people.enums import ConsentPurpose


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


class Consent(TimeStamped):
    """What a person agreed to, in which words. Never changed: a new wording is a new row."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=ConsentPurpose)
    wording = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_once_while_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.purpose}"
