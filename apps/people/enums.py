"""What people are asked to allow, how it went, and what support they may need."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class ConsentPurpose(TextChoices):
    """Staff words. What people read is the wording itself (rules/wordings.py, ConsentText)."""

    APPLICATION = "application", _("Handling the application")
    SHARING = "sharing", _("Sharing with the funder's partner")
    CONTACT = "contact", _("Telling about other programs")
    RESERVE = "reserve", _("Being considered for a reserved place")
    STORY = "story", _("Publishing a story or a photo")
    SUPPORT = "support", _("Arranging support")
    MONITORING = "monitoring", _("Counting who takes part")
    GUARDIAN = "guardian", _("A guardian's consent")


#: What an intake may ask on its page "Your permissions"; the others are stated or asked where they arise:
#: who wants to be counted for a target says so, and agrees, on the page of the declaration.
ASKABLE = (
    ConsentPurpose.SHARING,
    ConsentPurpose.CONTACT,
    ConsentPurpose.STORY,
)


class ConsentStatus(TextChoices):
    ASKED = "asked", _("Asked, not answered yet")
    GIVEN = "given", _("Allowed")
    DECLINED = "declined", _("Not allowed")
    WITHDRAWN = "withdrawn", _("Taken back")
    SUPERSEDED = "superseded", _("Over: the wording changed")


_S = ConsentStatus
#: A row is one asking. Whoever changes their mind is asked anew, in the wording of that day.
CONSENT_LIFECYCLE = Lifecycle(
    {
        _S.ASKED: {_S.GIVEN, _S.DECLINED, _S.SUPERSEDED},
        _S.GIVEN: {_S.WITHDRAWN, _S.SUPERSEDED},
        _S.DECLINED: (),
        _S.WITHDRAWN: (),
        _S.SUPERSEDED: (),
    }
)


class HowGiven(TextChoices):
    PAGE = "page", _("On a page, by the person")
    PAPER = "paper", _("On paper")


class NeedKind(TextChoices):
    """Open to everyone; no diagnosis, no proof, never derived from the optional questions."""

    SIGN_LANGUAGE = "sign_language", _("Sign-language interpreter")
    CAPTIONS = "captions", _("Captions or live transcription")
    SCREEN_READER = "screen_reader", _("Material for a screen reader, or in large print")
    BRAILLE = "braille", _("Braille")
    GROUND_FLOOR = "ground_floor", _("Ground floor or step-free access")
    EXTRA_TIME = "extra_time", _("Extra time or breaks")
    QUIET_ROOM = "quiet_room", _("A quiet room")
    COMPANION = "companion", _("Bringing a personal assistant or companion")
    FEMALE_FACILITATOR = "female_facilitator", _("A female facilitator")
    CHILDCARE = "childcare", _("Hours that fit childcare")
    TRAVEL = "travel", _("Help with travel")
    OTHER = "other", _("Something else")
