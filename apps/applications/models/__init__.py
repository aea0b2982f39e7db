"""The tables of applications."""

from apps.applications.models.applications import (
    Application,
    ApplicationQuerySet,
    Document,
    FormVersion,
    SectionAnswers,
)
from apps.applications.models.consents import AskedConsent, GuardianConfirmation, GuardianQuerySet
from apps.applications.models.deadlines import DeadlineExtension, DeadlineReminder
from apps.applications.models.references import Reference, ReferenceQuerySet, ReferenceTerms, ReferenceWaiver

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "AskedConsent",
    "DeadlineExtension",
    "DeadlineReminder",
    "Document",
    "FormVersion",
    "GuardianConfirmation",
    "GuardianQuerySet",
    "Reference",
    "ReferenceQuerySet",
    "ReferenceTerms",
    "ReferenceWaiver",
    "SectionAnswers",
]
