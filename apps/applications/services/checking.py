"""The scanner's word on documents: at once when it is there, later when it is not."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction

from apps.applications.clamav import ScannerAway, find_harm
from apps.applications.enums import ApplicationStatus, DocumentStatus
from apps.applications.events import DocumentChecked, DocumentRefused
from apps.applications.models import Application, Document, SectionAnswers
from apps.applications.rules.inspection import Refused
from apps.applications.selectors import form_of
from apps.core.actors import CLOCK, Actor
from apps.core.errors import Conflict
from apps.core.lifecycle import change
from apps.events.services import publish

logger = logging.getLogger(__name__)

#: Seconds: a person waits for the first, nobody for the second.
PATIENCE, LATER_PATIENCE = 2.0, 30.0
#: While this is in the cache nobody waits for a scanner that did not answer just now.
AWAY, AWAY_SECONDS = "scanner-away", 30


def first_look(content: bytes) -> DocumentStatus:
    """Clean, or received and to be scanned later: a scanner that is away never holds up an applicant.

    Raises Refused when the scanner finds harm. Without a scanner what passed the inspection is clean.
    """
    if not settings.CLAMAV_ADDRESS:
        return DocumentStatus.CLEAN
    if cache.get(AWAY):
        return DocumentStatus.RECEIVED
    try:
        harm = find_harm(content, address=settings.CLAMAV_ADDRESS, patience=PATIENCE)
    except ScannerAway as error:
        logger.warning("scanner away: %s", error)
        cache.set(AWAY, 1, AWAY_SECONDS)
        return DocumentStatus.RECEIVED
    if harm:
        logger.warning("scanner found %s", harm)
        raise Refused("harmful")
    return DocumentStatus.CLEAN


def check_waiting_documents(*, limit: int = 50) -> int:
    """Scan what waits, oldest first; return how many got a verdict. Twice at once is once.

    No row is locked while the scanner works. The first document without a verdict ends the round.
    """
    if not settings.CLAMAV_ADDRESS:
        return 0
    waiting = Document.objects.filter(status=DocumentStatus.RECEIVED, removed_at=None).order_by("pk")
    done = 0
    for document in waiting[:limit]:
        with default_storage.open(document.stored_as) as file:
            content = file.read()
        try:
            harm = find_harm(content, address=settings.CLAMAV_ADDRESS, patience=LATER_PATIENCE)
        except ScannerAway as error:
            logger.warning("scanner away: %s", error)
            break
        done += _settle(document=document, is_harmful=bool(harm), actor=CLOCK)
    return done


def _settle(*, document: Document, is_harmful: bool, actor: Actor) -> int:
    try:
        with transaction.atomic():
            application = Application.objects.select_for_update().get(pk=document.application_id)
            if is_harmful:
                change(document, to=DocumentStatus.REJECTED)
                _ask_again(application, document.question)
            else:
                change(document, to=DocumentStatus.CLEAN)
            event = DocumentRefused if is_harmful else DocumentChecked
            publish(event(application_id=application.pk, document_id=document.pk), actor=actor)
    except Conflict:  # another round was first
        return 0
    return 1


def _ask_again(application: Application, question: str) -> None:
    """The section that wanted the refused file is not complete any more, while it can still change."""
    if application.status not in (ApplicationStatus.DRAFT, ApplicationStatus.MORE_INFORMATION):
        return
    keys = [section.key for section, each in form_of(application).questions() if each.key == question]
    SectionAnswers.objects.filter(application=application, section__in=keys).update(is_complete=False)
