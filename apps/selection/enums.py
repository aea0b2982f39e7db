from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.core.lifecycle import Lifecycle


class DecisionStatus(TextChoices):
    HELD = "held", _("Held")
    RELEASED = "released", _("Released")
    CORRECTED = "corrected", _("Replaced by a correction")


DECISION_LIFECYCLE = Lifecycle(
    {
        DecisionStatus.HELD: {DecisionStatus.RELEASED, DecisionStatus.CORRECTED},
        DecisionStatus.RELEASED: {DecisionStatus.CORRECTED},
        DecisionStatus.CORRECTED: (),
    }
)


class BatchStatus(TextChoices):
    PREPARED = "prepared", _("Waiting for release")
    RELEASED = "released", _("Released")
    CANCELLED = "cancelled", _("Cancelled")


BATCH_LIFECYCLE = Lifecycle(
    {
        BatchStatus.PREPARED: {BatchStatus.RELEASED, BatchStatus.CANCELLED},
        BatchStatus.RELEASED: (),
        BatchStatus.CANCELLED: (),
    }
)


class OfferStatus(TextChoices):
    MADE = "made", _("Made")
    DELIVERED = "delivered", _("Delivered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Not answered in time")
    RESCINDED = "rescinded", _("Taken back")


#: The answer clock starts at delivered. An accepted offer ends only while a condition keeps the enrolment
#: from beginning; after that its seat comes back when the enrolment ends. One that was taken back by a
#: correction is made again when its person, who waits now, is promoted.
OFFER_LIFECYCLE = Lifecycle(
    {
        OfferStatus.MADE: {
            OfferStatus.DELIVERED,
            OfferStatus.ACCEPTED,
            OfferStatus.DECLINED,
            OfferStatus.RESCINDED,
        },
        OfferStatus.DELIVERED: {
            OfferStatus.ACCEPTED,
            OfferStatus.DECLINED,
            OfferStatus.LAPSED,
            OfferStatus.RESCINDED,
        },
        OfferStatus.ACCEPTED: {OfferStatus.DECLINED, OfferStatus.RESCINDED},
        OfferStatus.DECLINED: (),
        OfferStatus.LAPSED: (),
        OfferStatus.RESCINDED: {OfferStatus.MADE},
    }
)
#: Statuses in which an offer holds a seat.
HOLDS_A_SEAT = (OfferStatus.MADE, OfferStatus.DELIVERED, OfferStatus.ACCEPTED)
#: Statuses in which an offer waits for its answer.
UNANSWERED = (OfferStatus.MADE, OfferStatus.DELIVERED)


class WaitlistStatus(TextChoices):
    WAITING = "waiting", _("Waiting")
    PROMOTED = "promoted", _("Promoted")
    SKIPPED = "skipped", _("Skipped")
    LEFT = "left", _("Left the list")
    CLOSED = "closed", _("No longer waiting")


WAITLIST_LIFECYCLE = Lifecycle(
    {
        WaitlistStatus.WAITING: {
            WaitlistStatus.PROMOTED,
            WaitlistStatus.SKIPPED,
            WaitlistStatus.LEFT,
            WaitlistStatus.CLOSED,
        },
        WaitlistStatus.PROMOTED: (),
        WaitlistStatus.SKIPPED: {WaitlistStatus.WAITING, WaitlistStatus.LEFT, WaitlistStatus.CLOSED},
        WaitlistStatus.LEFT: (),
        WaitlistStatus.CLOSED: (),
    }
)
#: Statuses in which a person may still hear of a place.
ON_THE_LIST = (WaitlistStatus.WAITING, WaitlistStatus.SKIPPED)


class ScoreKind(TextChoices):
    """Which of the two means counts; both are shown."""

    RAW = "raw", _("Scores as they were given")
    ADJUSTED = "adjusted", _("Scores adjusted for severity")


class Method(TextChoices):
    """How a person counts who belongs to several groups with a target."""

    ONE_TO_ALL = "one_to_all", _("Towards every target they belong to")
    ONE_TO_ONE = "one_to_one", _("Towards one target only")


class TieBreak(TextChoices):
    LOTTERY = "lottery", _("By lottery")
    SENT_FIRST = "sent_first", _("Who sent first")


class WaitlistRule(TextChoices):
    IN_ORDER = "in_order", _("In the order of the list")
    SAME_LANE_FIRST = "same_lane_first", _("First who counts towards the same target")


class ProposalStatus(TextChoices):
    PROPOSED = "proposed", _("Waits for a second person")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


PROPOSAL_LIFECYCLE = Lifecycle(
    {
        ProposalStatus.PROPOSED: {
            ProposalStatus.APPROVED,
            ProposalStatus.REFUSED,
            ProposalStatus.WITHDRAWN,
        },
        ProposalStatus.APPROVED: (),
        ProposalStatus.REFUSED: (),
        ProposalStatus.WITHDRAWN: (),
    }
)


class ScenarioStatus(TextChoices):
    QUEUED = "queued", _("Waits for a worker")
    SOLVING = "solving", _("Being worked out")
    SOLVED = "solved", _("Worked out")
    FAILED = "failed", _("Could not be worked out")


#: A worker that dies leaves "solving" behind: the sweep puts it back into the queue.
SCENARIO_LIFECYCLE = Lifecycle(
    {
        ScenarioStatus.QUEUED: {ScenarioStatus.SOLVING},
        ScenarioStatus.SOLVING: {ScenarioStatus.SOLVED, ScenarioStatus.FAILED, ScenarioStatus.QUEUED},
        ScenarioStatus.SOLVED: (),
        ScenarioStatus.FAILED: {ScenarioStatus.QUEUED},
    }
)


class Wanted(TextChoices):
    IN = "in", _("Chosen whatever the rule says")
    OUT = "out", _("Not chosen whatever the rule says")


class ConditionStatus(TextChoices):
    UNMET = "unmet", _("Not met yet")
    MET = "met", _("Met")
    WAIVED = "waived", _("Waived")
    NOT_MET = "not_met", _("Not met")


CONDITION_LIFECYCLE = Lifecycle(
    {
        ConditionStatus.UNMET: {ConditionStatus.MET, ConditionStatus.WAIVED, ConditionStatus.NOT_MET},
        ConditionStatus.MET: {ConditionStatus.UNMET},
        ConditionStatus.WAIVED: {ConditionStatus.UNMET},
        ConditionStatus.NOT_MET: (),
    }
)
#: What a coordinator says of a condition only with a reason.
CONDITION_NEEDS_A_REASON = (ConditionStatus.WAIVED, ConditionStatus.NOT_MET, ConditionStatus.UNMET)
CONDITION_TONES: dict[str, str] = {
    ConditionStatus.UNMET: "yellow",
    ConditionStatus.MET: "green",
    ConditionStatus.WAIVED: "green",
    ConditionStatus.NOT_MET: "red",
}


class LookStatus(TextChoices):
    WAITING = "waiting", _("Waits for a person")
    UPHELD = "upheld", _("Looked at: the decision stays")
    CORRECTED = "corrected", _("Looked at: the decision was corrected")
    WITHDRAWN = "withdrawn", _("Taken back")


LOOK_LIFECYCLE = Lifecycle(
    {
        LookStatus.WAITING: {LookStatus.UPHELD, LookStatus.CORRECTED, LookStatus.WITHDRAWN},
        LookStatus.UPHELD: (),
        LookStatus.CORRECTED: (),
        LookStatus.WITHDRAWN: (),
    }
)
