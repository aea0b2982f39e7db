"""What is measured, by which version of which definition, and what is aimed at."""

from django.db import models
from django.db.models import F, Q

from apps.core.models import PublicId, TimeStamped
from apps.inclusion.enums import Direction, IndicatorLevel, TargetScope, Unit


class IndicatorQuerySet(models.QuerySet):
    def in_force(self) -> "IndicatorQuerySet":
        """The latest version of each indicator that has not ended."""
        return self.filter(valid_to=None)


class IndicatorDefinition(TimeStamped):
    """One version of an indicator. What it says never changes: a change is the next version.

    `valid_to` is the last day of a version that another one follows.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    standard = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    formula = models.CharField(max_length=600, blank=True)
    unit = models.CharField(max_length=20, choices=Unit)
    direction = models.CharField(max_length=10, choices=Direction)
    level = models.CharField(max_length=10, choices=IndicatorLevel)
    disaggregation = models.CharField(max_length=200, blank=True)
    is_confirmed = models.BooleanField()
    verified_note = models.CharField(max_length=400, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["standard", "code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="indicator_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="indicator_one_version_in_force"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="indicator_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class TargetPeriod(models.Model):
    """A quarter, by its last day. Targets of a locked one stay as they are.

    Setting a target and locking its period both lock this row, so neither slips past the other.
    """

    ends_on = models.DateField(unique=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-ends_on"]

    def __str__(self) -> str:
        return f"targets until {self.ends_on}"


class TargetPeriodMove(TimeStamped):
    """A period was locked or unlocked: by whom and why. Only added to."""

    period = models.ForeignKey(TargetPeriod, on_delete=models.PROTECT, related_name="moves")
    is_locking = models.BooleanField()
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="period_moved_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{'locked' if self.is_locking else 'unlocked'} {self.period_id}"


class TargetQuerySet(models.QuerySet):
    def in_force(self) -> "TargetQuerySet":
        return self.filter(is_current=True)

    def of(self, scope: str, scope_key: str) -> "TargetQuerySet":
        return self.filter(scope=scope, scope_key=scope_key)


class IndicatorTarget(PublicId, TimeStamped):
    """What a scope aims at, from the beginning until the end of a quarter. Changes keep the rows before.

    No value: the target was taken back. `code` repeats the definition's, so that the database keeps one
    current target of an indicator when its definition goes on to another version.
    """

    definition = models.ForeignKey(IndicatorDefinition, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    scope = models.CharField(max_length=10, choices=TargetScope)
    scope_key = models.CharField(max_length=80, blank=True)
    period = models.ForeignKey(TargetPeriod, on_delete=models.PROTECT, related_name="targets")
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    note = models.CharField(max_length=500, blank=True)
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["period__ends_on", "code", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "scope_key", "code", "period"],
                condition=Q(is_current=True),
                name="target_one_current",
            ),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="target_not_negative"),
            models.CheckConstraint(
                condition=Q(scope="all", scope_key="") | (~Q(scope="all") & ~Q(scope_key="")),
                name="target_scope_has_its_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.scope} {self.scope_key} {self.value}"
