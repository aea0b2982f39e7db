"""Whether an answer may change now, asked with the application's row locked."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application
from apps.applications.selectors import form_of, helps_with, open_request
from apps.core.actors import Actor
from apps.core.errors import Conflict


class Locked(Conflict):
    """Nothing may be typed here now, whoever typed it first."""

    code = "locked"


def require_open(application: Application, *, actor: Actor, section: str = "", question: str = "") -> None:
    """Raise Locked unless `section`, or the section of `question`, may change now.

    A draft is open. A sent application is open where more information was asked, until the moment
    it is due by our clock. Who types for someone must still be their helper: after a hand-over not
    even the request that was under way saves anything.
    """
    require_open_to(application, actor)
    if application.status == ApplicationStatus.DRAFT:
        return
    if application.status != ApplicationStatus.MORE_INFORMATION:
        raise Locked(_("This application has been sent. Its answers can no longer change."))
    request = open_request(application)
    if request is None or request.due_at < timezone.now():
        raise Locked(_("The time to add information is over."))
    if (section or _section_of(application, question)) not in request.sections:
        raise Locked(_("This section is locked. Change only the sections we asked you about."))


def require_open_to(application: Application, actor: Actor) -> None:
    """Who types for someone is their helper at this moment; anyone else was let in by ownership."""
    if actor.on_behalf_of is not None and not helps_with(application, actor):
        raise Locked(_("You no longer help with this application."))


def _section_of(application: Application, question: str) -> str:
    form = form_of(application)
    return next((section.key for section, each in form.questions() if each.key == question), "")
