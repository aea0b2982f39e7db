"""The rule that is fixed before scores are open, and how it may still change."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from apps.core.models import PublicId, TimeStamped
from apps.selection.enums import (
    PROPOSAL_LIFECYCLE,
    Method,
    ProposalStatus,
    ScoreKind,
    TieBreak,
    WaitlistRule,
)


class SelectionRule(TimeStamped):
    """What decides, fixed before reviewing begins. `fingerprint` is the SHA-256 of the locked rule.

    The lottery's seed is sealed until the intake closes; `seed_hash` is published before that, so that
    anyone can check later that nobody chose the seed to fit the people. `budget` is in whole units of
    the program's own currency, as are the costs of places.
    """

    intake = models.OneToOneField("programs.Intake", on_delete=models.CASCADE, related_name="+")
    floor = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    scores = models.CharField(max_length=10, choices=ScoreKind, default=ScoreKind.RAW)
    method = models.CharField(max_length=12, choices=Method, default=Method.ONE_TO_ALL)
    tie_break = models.CharField(max_length=12, choices=TieBreak, default=TieBreak.LOTTERY)
    waitlist_rule = models.CharField(max_length=20, choices=WaitlistRule, default=WaitlistRule.IN_ORDER)
    budget = models.PositiveBigIntegerField(null=True, blank=True)
    cost_each = models.PositiveBigIntegerField(default=0)
    waitlist_size = models.PositiveIntegerField(default=0)
    sealed_seed = models.BinaryField(default=bytes)
    seed_key_id = models.CharField(max_length=16, blank=True)
    seed_hash = models.CharField(max_length=64, blank=True)
    seed_committed_at = models.DateTimeField(null=True)
    seed = models.CharField(max_length=64, blank=True)
    seed_revealed_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(locked_at=None, fingerprint="")
                | (Q(locked_at__isnull=False) & ~Q(fingerprint="")),
                name="rule_locked_with_fingerprint",
            ),
            models.CheckConstraint(
                condition=Q(seed="") | (Q(seed_revealed_at__isnull=False) & ~Q(seed_hash="")),
                name="rule_seed_revealed_after_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"rule of intake {self.intake_id}"


class CountryMinimum(models.Model):
    """Seats an intake wants for one country at least, and what a place there costs if not as usual."""

    rule = models.ForeignKey(SelectionRule, on_delete=models.CASCADE, related_name="countries")
    country = models.ForeignKey("places.Country", on_delete=models.PROTECT, related_name="+")
    at_least = models.PositiveIntegerField(default=0)
    cost_each = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["country"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "country"], name="country_minimum_once"),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.at_least}"


class RuleVersion(TimeStamped):
    """The rule as it was in force from one moment on, whole and hashed. Rows are never changed.

    The first was fixed before scores were open; every later one names two people and a reason, and
    everyone can read it.
    """

    rule = models.ForeignKey(SelectionRule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    data = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    fixed_at = models.DateTimeField()
    scores_seen = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=1000, blank=True)
    fixed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        triggers = [
            pgtrigger.Protect(name="rule_version_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once"),
            models.CheckConstraint(
                condition=Q(number=1)
                | (~Q(reason="") & Q(approved_by__isnull=False) & ~Q(approved_by=F("fixed_by"))),
                name="rule_change_needs_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class RuleProposal(PublicId, TimeStamped):
    """A change of a fixed rule that one person asks for and another decides on."""

    STATUS_LIFECYCLE = PROPOSAL_LIFECYCLE

    rule = models.ForeignKey(SelectionRule, on_delete=models.CASCADE, related_name="proposals")
    status = models.CharField(max_length=12, choices=ProposalStatus, default=ProposalStatus.PROPOSED)
    values = models.JSONField()
    reason = models.CharField(max_length=1000)
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule"], condition=Q(status="proposed"), name="rule_proposal_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | ~Q(decided_by=F("proposed_by")),
                name="rule_proposal_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
