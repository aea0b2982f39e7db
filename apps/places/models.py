"""Where people live and programs are held, and what the law there asks."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language

from apps.core.models import TextsField
from apps.core.texts import say
from apps.places.enums import Confidence, UnitClass


class Country(models.Model):
    """Every ISO 3166-1 country. `time_zone` is the zone of most of its people."""

    code = models.CharField(max_length=2, primary_key=True)
    iso3 = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=100)
    names = TextsField()
    time_zone = models.CharField(max_length=60)
    is_asean = models.BooleanField(default=False)
    is_member = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return say(self.names, get_language() or "en") or self.name


class SubdivisionQuerySet(models.QuerySet):
    def current(self) -> "SubdivisionQuerySet":
        """Those that still exist: a merged province stays readable but is no longer offered."""
        return self.filter(ended_on=None)


class Subdivision(models.Model):
    code = models.CharField(max_length=16, primary_key=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="subdivisions")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    name = models.CharField(max_length=120)
    names = TextsField()
    kind = models.CharField(max_length=60, blank=True)
    ended_on = models.DateField(null=True)

    objects = SubdivisionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return say(self.names, get_language() or "en") or self.name


class Settlement(models.Model):
    """A populated place of GeoNames. No population: nobody counted, which does not make it small.

    `other_names` are in the scripts of the place, as GeoNames has them.
    """

    geonames_id = models.PositiveIntegerField(primary_key=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    other_names = ArrayField(models.CharField(max_length=120), default=list)
    population = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(population__isnull=True) | models.Q(population__gt=0),
                name="settlement_population_unknown_is_null",
            ),
        ]
        indexes = [models.Index(fields=["country", "-population"], name="settlement_by_size")]

    def __str__(self) -> str:
        return self.name


class UnitType(models.Model):
    """A kind of official unit people live in, and whether a country calls it urban or rural.

    No class: the kind decides nothing. One that is not asked holds for a whole country.
    """

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    names = TextsField()
    residence_class = models.CharField(max_length=10, choices=UnitClass, blank=True)
    is_asked = models.BooleanField(default=True)
    confidence = models.CharField(max_length=10, choices=Confidence)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["country", "id"]
        constraints = [
            models.UniqueConstraint(fields=["country", "code"], name="unit_type_once_per_country"),
            models.CheckConstraint(
                condition=models.Q(residence_class__in=["", *UnitClass.values]), name="unit_type_class_known"
            ),
        ]

    def __str__(self) -> str:
        return say(self.names, get_language() or "en") or self.name


class AskingRule(models.Model):
    """What the optional questions leave out in a country or a part of it, and why."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="+")
    subdivision = models.ForeignKey(Subdivision, on_delete=models.CASCADE, null=True, related_name="+")
    offers_another_term = models.BooleanField(default=True)
    asks_settlement = models.BooleanField(default=True)
    why = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "subdivision"], nulls_distinct=False, name="asking_rule_once_per_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subdivision_id or self.country_id}: {self.why}"


class Baseline(models.Model):
    """One published figure about a whole population, to set beside ours. No value: none was found.

    Shares follow national definitions and differ between countries; `note` says how.
    """

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="baselines")
    indicator = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    unit = models.CharField(max_length=120, blank=True)
    year = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "indicator", "year"], name="baseline_once_per_country_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.country_id} {self.year}".strip()


#: Below this age a guardian consents wherever no source says otherwise with certainty.
STRICT_AGE = 18


class DataRule(models.Model):
    """What a country's data-protection law asks, as far as secondary sources tell. Not legal advice."""

    country = models.OneToOneField(Country, on_delete=models.CASCADE, primary_key=True, related_name="+")
    law = models.CharField(max_length=250)
    year = models.CharField(max_length=40, blank=True)
    in_force = models.CharField(max_length=200, blank=True)
    regulator = models.CharField(max_length=200, blank=True)
    sensitive_data = models.TextField(blank=True)
    sensitive_basis = models.TextField(blank=True)
    minors = models.TextField(blank=True)
    guardian_below = models.PositiveSmallIntegerField(default=STRICT_AGE)
    guardian_age_is_unsure = models.BooleanField(default=True)
    cross_border = models.TextField(blank=True)
    localisation = models.TextField(blank=True)
    breach_notice_hours = models.PositiveSmallIntegerField(null=True)
    breach_notice = models.TextField(blank=True)
    access_deadline = models.TextField(blank=True)
    erasure_deadline = models.TextField(blank=True)
    retention = models.TextField(blank=True)
    data_officer = models.TextField(blank=True)
    automated_decisions = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence)
    unsure_about = models.TextField(blank=True)
    sources = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confidence__in=Confidence.values), name="rule_confidence_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id}: {self.law}"

    @property
    def is_unsure(self) -> bool:
        return self.confidence != Confidence.HIGH or bool(self.unsure_about)
