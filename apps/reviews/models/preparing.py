"""What is done to applications before reviewers read them: marks, translations, the calibration set."""

from django.db import models

from apps.core.models import TimeStamped


class Redaction(TimeStamped):
    """Words of one answer that tell who somebody is; reviewers see a bar in their place."""

    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="+")
    question = models.SlugField(max_length=40)
    words = models.CharField(max_length=300)
    marked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "question", "words"], name="redaction_once"),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class AnswerTranslation(TimeStamped):
    """One answer in another language, shown beside the original and never in its place."""

    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="+")
    question = models.SlugField(max_length=40)
    language = models.CharField(max_length=10)
    text = models.TextField()
    is_machine = models.BooleanField(default=False)
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question", "language"], name="translation_once_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} in {self.language}"


class CalibrationPaper(TimeStamped):
    """An application that everyone who reads for an intake scores first.

    `agreed` are the points people settled on, by criterion number; without them the median of the
    panel is what one compares with.
    """

    intake = models.ForeignKey("programs.Intake", on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="+")
    agreed = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "application"], name="calibration_paper_once"),
        ]

    def __str__(self) -> str:
        return f"calibration {self.application_id} for intake {self.intake_id}"
