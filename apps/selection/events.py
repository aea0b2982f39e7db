from apps.events.registry import event


@event(subject="intake_id")
class RuleLocked:
    intake_id: int
    fingerprint: str


@event(subject="intake_id")
class RuleChangeProposed:
    intake_id: int
    proposal_id: int


@event(subject="intake_id")
class RuleChanged:
    """A second person approved another rule; it is in force as version `number`."""

    intake_id: int
    number: int
    fingerprint: str


@event(subject="intake_id")
class RuleChangeRefused:
    intake_id: int
    proposal_id: int


@event(subject="intake_id")
class RuleChangeWithdrawn:
    intake_id: int
    proposal_id: int


@event(subject="intake_id")
class SeedCommitted:
    """A lottery's seed was drawn and sealed; `seed_hash` is its published SHA-256."""

    intake_id: int
    seed_hash: str


@event(subject="intake_id")
class SeedRevealed:
    intake_id: int


@event(subject="application_id")
class DecisionHeld:
    application_id: int
    decision_id: int


@event(subject="intake_id")
class BatchPrepared:
    intake_id: int
    batch_id: int
    size: int


@event(subject="application_id")
class DecisionReleased:
    application_id: int
    decision_id: int
    version: int
    outcome: str


@event(subject="offer_id")
class OfferMade:
    offer_id: int
    application_id: int


@event(subject="offer_id")
class OfferDelivered:
    """The notice arrived, or a person called: the answer clock runs from here."""

    offer_id: int
    application_id: int


@event(subject="offer_id")
class OfferLapsing:
    """The answer is due soon."""

    offer_id: int
    application_id: int


@event(subject="offer_id")
class OfferAccepted:
    offer_id: int
    application_id: int


@event(subject="offer_id")
class OfferDeclined:
    offer_id: int
    application_id: int


@event(subject="offer_id")
class OfferLapsed:
    offer_id: int
    application_id: int


@event(subject="application_id")
class WaitlistPromoted:
    application_id: int
    entry_id: int
    offer_id: int


@event(subject="application_id")
class WaitlistLeft:
    application_id: int
    entry_id: int


@event(subject="offer_id")
class OfferRescinded:
    offer_id: int
    application_id: int


@event(subject="intake_id")
class ScenarioAsked:
    intake_id: int
    scenario_id: int


@event(subject="intake_id")
class ScenarioSolved:
    """Also when it could not be worked out: `status` says which."""

    intake_id: int
    scenario_id: int
    status: str


@event(subject="application_id")
class OverrideMade:
    application_id: int
    override_id: int
    wanted: str


@event(subject="application_id")
class OverrideEnded:
    application_id: int
    override_id: int


@event(subject="intake_id")
class ChoiceFrozen:
    """`digest` is the SHA-256 of the whole record, which re-runs to the same result."""

    intake_id: int
    frozen_id: int
    digest: str


@event(subject="intake_id")
class ChoiceReplayed:
    """A worker made the choice again from the frozen record."""

    intake_id: int
    frozen_id: int
    is_same: bool


@event(subject="application_id")
class WaitlistSkipped:
    """Passed over for now, for this reason."""

    application_id: int
    entry_id: int
    reason: str


@event(subject="application_id")
class WaitlistPutBack:
    """Waits again, at the place they had."""

    application_id: int
    entry_id: int


@event(subject="application_id")
class WaitlistClosed:
    application_id: int
    entry_id: int


@event(subject="application_id")
class ConditionsSet:
    """A held decision was bound to so many conditions; none takes them away."""

    application_id: int
    decision_id: int
    number: int


@event(subject="offer_id")
class ConditionSettled:
    """Met or waived, or open again after a mistake (`status` says which)."""

    offer_id: int
    application_id: int
    condition_id: int
    status: str


@event(subject="offer_id")
class ConditionsMet:
    """The last condition of an accepted offer is settled: taking part can begin."""

    offer_id: int
    application_id: int


@event(subject="application_id")
class HumanLookAsked:
    application_id: int
    look_id: int


@event(subject="application_id")
class HumanLookAnswered:
    """`status` is upheld or corrected. A correction of a decision is held, and nobody outside staff knows of it
    yet; somebody who was not eligible goes on at once.
    """

    application_id: int
    look_id: int
    status: str


@event(subject="application_id")
class HumanLookWithdrawn:
    application_id: int
    look_id: int
