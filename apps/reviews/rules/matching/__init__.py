"""Who reads what: each application by so many reviewers, nobody over their limit, no conflicts."""

from apps.reviews.rules.matching.choosing import match
from apps.reviews.rules.matching.fit import fit_of
from apps.reviews.rules.matching.problem import Matching, Paper, Reader, Why

__all__ = ["Matching", "Paper", "Reader", "Why", "fit_of", "match"]
