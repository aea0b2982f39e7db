"""What reviewing hears from the stages around it: who stops reading, and what may be a tie by now."""

from apps.accounts.enums import Role
from apps.accounts.events import RoleEnded, RoleGiven
from apps.applications.events import (
    ApplicationDecided,
    ApplicationFoundEligible,
    ApplicationFoundIneligible,
    ApplicationWithdrawn,
    InformationAdded,
    ReferenceAsked,
)
from apps.events.registry import Heard, subscribe
from apps.reviews.services import cancel_assignments, recheck_application, recheck_person, release_reviewer


def reading_ended(event: ApplicationFoundIneligible | ApplicationDecided, heard: Heard) -> None:
    cancel_assignments(application_id=event.application_id, actor=heard.actor)


def application_taken_back(event: ApplicationWithdrawn, heard: Heard) -> None:
    """What was taken back is nobody's to read, for calibration neither."""
    cancel_assignments(application_id=event.application_id, also_calibration=True, actor=heard.actor)


def role_ended(event: RoleEnded, heard: Heard) -> None:
    if event.role == Role.REVIEWER:
        release_reviewer(reviewer_id=event.user_id, organisation_id=event.organisation_id, actor=heard.actor)


def role_given(event: RoleGiven, heard: Heard) -> None:
    """A colleague from now on: as somebody who reads, and as somebody who is read."""
    recheck_person(user_id=event.user_id, actor=heard.actor)


def application_told_more(
    event: ApplicationFoundEligible | InformationAdded | ReferenceAsked, heard: Heard
) -> None:
    """New answers, or another referee."""
    recheck_application(application_id=event.application_id, actor=heard.actor)


def listen() -> None:
    ends = (ApplicationFoundIneligible, ApplicationDecided)
    tells = (ApplicationFoundEligible, InformationAdded, ReferenceAsked)
    subscribe(
        {event: [reading_ended] for event in ends}
        | {event: [application_told_more] for event in tells}
        | {
            ApplicationWithdrawn: [application_taken_back],
            RoleEnded: [role_ended],
            RoleGiven: [role_given],
        }
    )
