"""What an organisation and a program tell the IATI Standard beside what the platform knows already.

What is blank is not known and left out of the file: blank never becomes a nought or a guess.
"""

from django.db import models
from django.db.models import Q

from apps.core.models import TimeStamped
from apps.inclusion.enums import IatiOrganisationType


class IatiOrganisation(TimeStamped):
    """An organisation's identifier at IATI, and codes that hold for all it publishes."""

    organisation = models.OneToOneField("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=100, unique=True)
    type = models.CharField(max_length=2, choices=IatiOrganisationType)
    email = models.EmailField(blank=True)
    currency = models.CharField(max_length=3, blank=True)
    collaboration_type = models.CharField(max_length=2, blank=True)
    flow_type = models.CharField(max_length=3, blank=True)
    finance_type = models.CharField(max_length=4, blank=True)
    aid_type = models.CharField(max_length=3, blank=True)
    tied_status = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(ref=""), name="iati_organisation_has_a_ref")]

    def __str__(self) -> str:
        return self.ref


class IatiActivity(TimeStamped):
    """A program's place at GeoNames and the page of its results."""

    program = models.OneToOneField("programs.Program", on_delete=models.CASCADE, related_name="+")
    place_name = models.CharField(max_length=200, blank=True)
    geonames_id = models.CharField(max_length=12, blank=True)
    scope = models.CharField(max_length=1, blank=True)
    results_page = models.URLField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place_name="", geonames_id="") | ~Q(place_name="") & ~Q(geonames_id=""),
                name="iati_place_has_name_and_number",
            )
        ]
        verbose_name_plural = "iati activities"

    def __str__(self) -> str:
        return f"IATI activity of program {self.program_id}"
