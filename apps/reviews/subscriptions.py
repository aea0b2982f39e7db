"""What reviewing hears from the stages around it: nobody reads what needs no reading any more."""

from apps.accounts.enums import Role
from apps.accounts.events import RoleEnded
from apps.applications.events import ApplicationDecided, ApplicationFoundIneligible, ApplicationWithdrawn
from apps.events.registry import Heard, subscribe
from apps.reviews.services import cancel_assignments, release_reviewer


def reading_ended(
    event: ApplicationWithdrawn | ApplicationFoundIneligible | ApplicationDecided, heard: Heard
) -> None:
    cancel_assignments(application_id=event.application_id, actor=heard.actor)


def role_ended(event: RoleEnded, heard: Heard) -> None:
    if event.role == Role.REVIEWER:
        release_reviewer(reviewer_id=event.user_id, organisation_id=event.organisation_id, actor=heard.actor)


def listen() -> None:
    ends = (ApplicationWithdrawn, ApplicationFoundIneligible, ApplicationDecided)
    subscribe({event: [reading_ended] for event in ends} | {RoleEnded: [role_ended]})
