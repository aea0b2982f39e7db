"""Who reviews what, by which rubric, and what they found."""

from apps.reviews.models.assigning import AssignmentRun, Conflict, IntakeReviewer, KnownTie, ReviewAssignment
from apps.reviews.models.preparing import AnswerTranslation, CalibrationPaper, Redaction
from apps.reviews.models.reviewing import Review, Score
from apps.reviews.models.rubric import Criterion, Rubric

__all__ = [
    "AnswerTranslation",
    "AssignmentRun",
    "CalibrationPaper",
    "Conflict",
    "Criterion",
    "IntakeReviewer",
    "KnownTie",
    "Redaction",
    "Review",
    "ReviewAssignment",
    "Rubric",
    "Score",
]
