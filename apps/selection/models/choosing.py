"""What a choice would be (scenarios), what people change in it (overrides), and what it is (frozen)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from apps.core.models import PublicId, TimeStamped
from apps.selection.enums import SCENARIO_LIFECYCLE, ScenarioStatus, Wanted


class Scenario(PublicId, TimeStamped):
    """One question "what if" about the choice of an intake: its settings, and what it came to.

    `settings` holds only what differs from the rule in force. A worker solves it; `result` is what
    `rules.records` writes, without the inputs.
    """

    STATUS_LIFECYCLE = SCENARIO_LIFECYCLE

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    settings = models.JSONField(default=dict)
    status = models.CharField(max_length=12, choices=ScenarioStatus, default=ScenarioStatus.QUEUED)
    stage = models.CharField(max_length=40, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(null=True)
    inputs_digest = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField(null=True)
    started_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="solved") | (Q(result__isnull=False) & Q(solved_at__isnull=False)),
                name="scenario_solved_has_a_result",
            ),
        ]
        indexes = [models.Index(fields=["intake", "-id"], name="scenario_by_intake")]

    def __str__(self) -> str:
        return self.name


class Override(TimeStamped):
    """A person decides that somebody is in, or out, whatever the rule says; with the reason why."""

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="+")
    wanted = models.CharField(max_length=4, choices=Wanted)
    reason = models.CharField(max_length=1000)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(ended_at=None), name="override_one_in_force"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.wanted}"


class FrozenChoice(PublicId, TimeStamped):
    """A choice as it was frozen: inputs, rule and result in one record, digested and signed.

    The record re-runs to the same result at any time. Rows are never changed; a later choice of the
    same intake is another row with the next number and a reason.
    """

    intake = models.ForeignKey("programs.Intake", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, null=True, related_name="+")
    rule_version = models.ForeignKey(
        "selection.RuleVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    record = models.JSONField()
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=100)
    reason = models.CharField(max_length=1000, blank=True)
    frozen_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        triggers = [
            pgtrigger.Protect(name="frozen_choice_is_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="frozen_choice_number_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="frozen_again_needs_a_reason"),
        ]

    def __str__(self) -> str:
        return f"choice {self.number} of intake {self.intake_id}"
