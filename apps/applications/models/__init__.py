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
from apps.applications.models.declarations import InclusionDeclaration
from apps.applications.models.helping import (
    Assistance,
    AssistanceQuerySet,
    Confirmation,
    ConfirmationCode,
)
from apps.applications.models.information import InformationRequest
from apps.applications.models.references import Reference, ReferenceQuerySet, ReferenceTerms, ReferenceWaiver
from apps.applications.models.uploads import DocumentPage, Upload

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "AskedConsent",
    "Assistance",
    "AssistanceQuerySet",
    "Confirmation",
    "ConfirmationCode",
    "DeadlineExtension",
    "DeadlineReminder",
    "Document",
    "DocumentPage",
    "FormVersion",
    "GuardianConfirmation",
    "GuardianQuerySet",
    "InclusionDeclaration",
    "InformationRequest",
    "Reference",
    "ReferenceQuerySet",
    "ReferenceTerms",
    "ReferenceWaiver",
    "SectionAnswers",
    "Upload",
]
