"""Where people live and programs are held."""

from django.db import models


class Country(models.Model):
    code = models.CharField(max_length=2, primary_key=True)
    iso3 = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=60)
    is_asean = models.BooleanField(default=False)
    is_member = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Subdivision(models.Model):
    code = models.CharField(max_length=16, primary_key=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="subdivisions")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
