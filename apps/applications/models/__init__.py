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
from apps.applications.models.uploads import DocumentPage, Upload

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "AskedConsent",
    "DeadlineExtension",
    "DeadlineReminder",
    "Document",
    "DocumentPage",
    "FormVersion",
    "GuardianConfirmation",
    "GuardianQuerySet",
    "Reference",
    "ReferenceQuerySet",
    "ReferenceTerms",
    "ReferenceWaiver",
    "SectionAnswers",
    "Upload",
]
