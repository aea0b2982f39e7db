"""All that can happen, as often as it should."""

from tests.inclusion.histories.people import (
    answer,
    be_helped,
    correct_intake,
    correct_program,
    erase,
    listen,
    see_questions,
    take_consent_back,
    take_over_own,
)
from tests.inclusion.histories.stages import advance, decline, end, reopen, withdraw
from tests.inclusion.histories.world import Step

#: What stands here more than once comes more often: it is seldom possible, or much rests on it.
STEPS: tuple[Step, ...] = (
    *(advance, advance, advance, advance, advance, advance, advance, advance, advance, advance),
    *(withdraw, decline, decline, decline, end, end, end, answer, answer, see_questions),
    *(take_consent_back, take_consent_back, erase, be_helped, be_helped, take_over_own, take_over_own),
    *(reopen, correct_program, correct_intake, listen),
)
