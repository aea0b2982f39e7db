"""What is judged, and what each point means."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from apps.core.models import TextsField, TimeStamped


class Rubric(TimeStamped):
    """The weighted criteria of one intake.

    `topic_question` is the key of the choice question whose answers are the topics of an application;
    reviewers name the topics they know, and matching brings the two together.
    """

    intake = models.OneToOneField("programs.Intake", on_delete=models.CASCADE, related_name="+")
    guidance = TextsField()
    topic_question = models.SlugField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"rubric of intake {self.intake_id}"


class Criterion(models.Model):
    """One thing to judge, from 1 to `highest`; `anchors` says in words what each point means.

    An independent criterion is shown beside the score and never counts in it. Points at or below
    `comment_below` need a comment even where none is required otherwise; 0 asks for none.
    """

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    title = TextsField()
    question = TextsField()
    anchors = models.JSONField(default=dict)
    weight = models.DecimalField(max_digits=5, decimal_places=2, validators=[MinValueValidator(0)])
    highest = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(10)])
    comment_required = models.BooleanField(default=False)
    comment_below = models.PositiveSmallIntegerField(default=0)
    is_independent = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "number"], name="criterion_number_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_has_weight"),
        ]

    def __str__(self) -> str:
        return f"criterion {self.number}"
