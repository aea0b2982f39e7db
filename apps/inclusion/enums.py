"""The words figures are split by. `missing` (never answered) and `not_said` (chose not to say) stay apart."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Gender(TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    ANOTHER = "another", _("I use another term")
    NOT_SAID = "not_said", _("Prefer not to say")
    MISSING = "missing", _("Not answered")


class Residence(TextChoices):
    CITY = "city", _("City")
    TOWN = "town", _("Town")
    RURAL = "rural", _("Rural")
    NOT_SAID = "not_said", _("Prefer not to say")
    MISSING = "missing", _("Not answered")


class Disability(TextChoices):
    """By the cut-off of the Washington Group (SS3), or as a record declares it."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Cannot be told from the answers")
    NOT_SAID = "not_said", _("Prefer not to say")
    MISSING = "missing", _("Not answered")


class Stage(TextChoices):
    APPLIED = "applied", _("Applied")
    OFFERED = "offered", _("Offered a place")
    ENROLLED = "enrolled", _("Enrolled")
    COMPLETED = "completed", _("Completed")


class Dimension(TextChoices):
    GENDER = "gender", _("Gender")
    RESIDENCE = "residence", _("Where people live")
    DISABILITY = "disability", _("Disability")
    AGE = "age", _("Age")


class AgeBand(TextChoices):
    """Age in whole years on the day of applying."""

    UNDER_15 = "under_15", _("Under 15")
    FROM_15 = "15_17", _("15 to 17")
    FROM_18 = "18_24", _("18 to 24")
    FROM_25 = "25_29", _("25 to 29")
    FROM_30 = "30_34", _("30 to 34")
    FROM_35 = "35_44", _("35 to 44")
    FROM_45 = "45_54", _("45 to 54")
    FROM_55 = "55_64", _("55 to 64")
    FROM_65 = "65_plus", _("65 and over")
    MISSING = "missing", _("Not answered")


class Cadence(TextChoices):
    """How long a release is the one to read: a quarter's for good, the running one until the next."""

    QUARTER = "quarter", _("Quarter")
    RUNNING = "running", _("Running view")


class FairnessStage(TextChoices):
    """Each stage holds everyone who came further. `merit` is no stage but a list beside `offered`: the
    first by the order of merit.
    """

    APPLIED = "applied", _("Applied")
    ELIGIBLE = "eligible", _("Eligible")
    REVIEWED = "reviewed", _("Reviewed")
    MERIT = "merit", _("First by merit")
    OFFERED = "offered", _("Offered a place")
    ACCEPTED = "accepted", _("Accepted the place")
    ENROLLED = "enrolled", _("Enrolled")


class FairnessDimension(TextChoices):
    GENDER = "gender", _("Gender")
    RESIDENCE = "residence", _("Where people live")
    DISABILITY = "disability", _("Disability")
    COUNTRY = "country", _("Country")


class IatiOrganisationType(TextChoices):
    """The IATI code list OrganisationType, whole."""

    GOVERNMENT = "10", _("Government")
    LOCAL_GOVERNMENT = "11", _("Local government")
    OTHER_PUBLIC = "15", _("Other public sector")
    INTERNATIONAL_NGO = "21", _("International NGO")
    NATIONAL_NGO = "22", _("National NGO")
    REGIONAL_NGO = "23", _("Regional NGO")
    PARTNER_NGO = "24", _("NGO based in a partner country")
    PARTNERSHIP = "30", _("Public-private partnership")
    MULTILATERAL = "40", _("Multilateral")
    FOUNDATION = "60", _("Foundation")
    PRIVATE = "70", _("Private sector")
    PRIVATE_PROVIDER = "71", _("Private sector in the provider country")
    PRIVATE_RECIPIENT = "72", _("Private sector in the recipient country")
    PRIVATE_THIRD = "73", _("Private sector in a third country")
    ACADEMIC = "80", _("Academic, training and research")
    OTHER = "90", _("Other")


class ScopeKind(TextChoices):
    ALL = "all", _("All programs")
    KIND = "kind", _("Kind of program")
    PROGRAM = "program", _("Program")
    COUNTRY = "country", _("Country")
    INTAKE = "intake", _("Intake")


class BrowserFamily(TextChoices):
    """Enough to tell that somebody opened a link; not enough to tell who."""

    FIREFOX = "firefox", _("Firefox")
    EDGE = "edge", _("Edge")
    CHROME = "chrome", _("Chrome")
    SAFARI = "safari", _("Safari")
    OTHER = "other", _("Another browser or a program")


#: Answers that are none.
NOT_STATED = ("missing", "not_said", "unknown")
#: The key of figures of people whose country nobody knows; ISO 3166 leaves it to its users.
NO_COUNTRY = "ZZ"


class Occasion(TextChoices):
    """When people are asked about themselves; each keeps a reading of its own."""

    AFTER_SENDING = "after_sending", _("After sending an application")
    AT_ACCEPTANCE = "at_acceptance", _("Once more, on accepting a place")


class Mode(TextChoices):
    """How answers came to us."""

    SELF_WEB = "self_web", _("Typed on the page")
    ASSISTED = "assisted", _("Somebody helped with typing")
    INTERVIEW = "interview", _("Asked in an interview")
    IMPORT = "import", _("From imported records")


class AnsweredBy(TextChoices):
    """Who answered. Empty: nobody said."""

    SELF = "self", _("The person")
    PROXY = "proxy", _("Somebody else for them")
    RECORD = "record", _("A record")


class Unit(TextChoices):
    PERCENT = "percent", _("percent")
    PEOPLE = "people", _("people")
    NUMBER = "number", _("number")
    RATIO = "ratio", _("ratio")
    RATIO_0_2 = "ratio_0_2", _("ratio from 0 to 2")
    USD = "usd", _("US dollars")


class Direction(TextChoices):
    """Which way is better."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")
    TO_ONE = "to_one", _("close to 1 is better")


class IndicatorLevel(TextChoices):
    INPUT = "input", _("Input")
    OUTPUT = "output", _("Output")
    OUTCOME = "outcome", _("Outcome")
    CONTEXT = "context", _("Context")


class TargetScope(TextChoices):
    """What a target may be set for."""

    ALL = "all", _("All programs")
    KIND = "kind", _("Kind of program")
    PROGRAM = "program", _("Program")


class Marker(TextChoices):
    GENDER = "gender", _("Gender equality")
    DISABILITY = "disability", _("Inclusion of people with disabilities")


class MarkerScore(IntegerChoices):
    """A program nobody has screened has no score at all."""

    NOT_TARGETED = 0, _("0: screened, and not an objective")
    SIGNIFICANT = 1, _("1: an objective, but not the main reason")
    PRINCIPAL = 2, _("2: the main reason; without it there would be no program")
