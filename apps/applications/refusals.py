"""The words for each reason why a file is not kept: what to do, not what went wrong inside."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "empty": _("This file is empty. Choose it again, or take a new photo."),
    "large": _("This file is too large. Send at most 10 MB and 300 pages, or a smaller photo."),
    "harmful": _("This file carries harmful code. We did not keep it."),
    "type": _("We take PDF, JPG, PNG and DOCX files. Save or photograph it as one of these."),
    "photo": _("Here we take photos only: JPG or PNG, one for each page."),
    "heic": _(
        "We cannot open HEIC photos. On an iPhone open Settings, Camera, Formats and choose "
        "“Most Compatible”, then take the photo again; or send a screenshot of the photo."
    ),
    "content": _("We cannot open this file. It may be damaged, or of another type than its name says."),
    "locked": _("This file is locked with a password. Send one without a password."),
    "active": _(
        "This file contains programs or other files inside. Send a plain copy, for example a print to PDF."
    ),
    "quota": _("You have sent the most files we can take. Remove one first."),
    "pages": _("A document has at most 20 pages. Remove one first."),
    "changed": _("The file changed while it was sent. Choose it again."),
    "lost": _("We lost a part of this file. Choose it again."),
    "closed": _("This application has been sent, or its time is over. It takes no more files."),
}


def why(name: str, code: str) -> str:
    """The reason beside the name of the file, for places that speak of several."""
    return _("{name}: {reason}").format(name=name, reason=REASONS[code])
