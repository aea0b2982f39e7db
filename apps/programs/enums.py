"""Kinds of program, the life of an intake, and the words of its rules."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class ProgramKind(TextChoices):
    SCHOLARSHIP = "scholarship", _("Scholarship")
    COURSE = "course", _("Vocational course")
    COHORT = "cohort", _("Train-the-trainer cohort")


class Mode(TextChoices):
    ONLINE = "online", _("Online")
    IN_PERSON = "in_person", _("In person")
    BLENDED = "blended", _("Online and in person")


class InclusionMode(TextChoices):
    """What a funding stream may do about inclusion targets when choosing people."""

    OFF = "off", _("Targets are not used")
    OUTREACH_ONLY = "outreach_only", _("Outreach only")
    TIE_BREAK = "tie_break", _("Targets decide between equals")
    RESERVE = "reserve", _("Seats are reserved")


#: Of several streams the most careful one counts: the first of these that is among them.
CAREFUL_FIRST = (
    InclusionMode.OFF,
    InclusionMode.OUTREACH_ONLY,
    InclusionMode.TIE_BREAK,
    InclusionMode.RESERVE,
)
#: Modes in which targets have a part in choosing people.
TARGETS_CHOOSE = (InclusionMode.TIE_BREAK, InclusionMode.RESERVE)


class InclusionGroup(TextChoices):
    WOMEN = "women", _("Women")
    RURAL = "rural", _("People from rural communities")
    DISABILITY = "disability", _("People with disabilities")


class IntakeStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published, not open yet")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    REVIEWING = "reviewing", _("Reviewing")
    DECIDING = "deciding", _("Deciding")
    RELEASED = "released", _("Decisions released")
    ARCHIVED = "archived", _("Archived")
    CANCELLED = "cancelled", _("Cancelled")


#: Going back is a correction and needs a reason; open and closed are the clock's own moves.
INTAKE_LIFECYCLE = Lifecycle(
    {
        IntakeStatus.DRAFT: {IntakeStatus.PUBLISHED, IntakeStatus.CANCELLED},
        IntakeStatus.PUBLISHED: {IntakeStatus.OPEN, IntakeStatus.DRAFT, IntakeStatus.CANCELLED},
        IntakeStatus.OPEN: {IntakeStatus.CLOSED, IntakeStatus.CANCELLED},
        IntakeStatus.CLOSED: {IntakeStatus.OPEN, IntakeStatus.REVIEWING, IntakeStatus.CANCELLED},
        IntakeStatus.REVIEWING: {IntakeStatus.DECIDING, IntakeStatus.CLOSED, IntakeStatus.CANCELLED},
        IntakeStatus.DECIDING: {IntakeStatus.RELEASED, IntakeStatus.REVIEWING, IntakeStatus.CANCELLED},
        IntakeStatus.RELEASED: {IntakeStatus.DECIDING, IntakeStatus.ARCHIVED},
        IntakeStatus.ARCHIVED: {IntakeStatus.RELEASED},
        IntakeStatus.CANCELLED: (),
    }
)
#: What the button of each move along the lifecycle says.
INTAKE_MOVES = {
    IntakeStatus.PUBLISHED: _("Publish"),
    IntakeStatus.OPEN: _("Open now"),
    IntakeStatus.CLOSED: _("Close now"),
    IntakeStatus.REVIEWING: _("Begin reviewing"),
    IntakeStatus.DECIDING: _("Begin deciding"),
    IntakeStatus.RELEASED: _("Mark decisions as released"),
    IntakeStatus.ARCHIVED: _("Archive"),
    IntakeStatus.CANCELLED: _("Cancel the intake"),
}


class RuleAnswer(TextChoices):
    """What kind of answer an eligibility question takes."""

    YES_NO = "yes_no", _("Yes or no")
    ONE_CHOICE = "one_choice", _("One of a list")
    COUNTRY = "country", _("A country")
    BIRTH_DATE = "birth_date", _("Date of birth")
    NUMBER = "number", _("A number")


class RuleTest(TextChoices):
    """How the answer is tested against the rule's value."""

    IS = "is", _("is")
    ONE_OF = "one_of", _("is one of")
    AT_LEAST = "at_least", _("is at least")
    AT_MOST = "at_most", _("is at most")
    AGE_BETWEEN = "age_between", _("is an age between")


class EnquiryStatus(TextChoices):
    WAITING = "waiting", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed without an answer")


ENQUIRY_LIFECYCLE = Lifecycle(
    {
        EnquiryStatus.WAITING: {EnquiryStatus.ANSWERED, EnquiryStatus.CLOSED},
        EnquiryStatus.ANSWERED: (),
        EnquiryStatus.CLOSED: {EnquiryStatus.ANSWERED},
    }
)
