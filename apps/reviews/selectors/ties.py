"""Who may read for an intake, and which pairs must stay apart."""

from django.db.models import QuerySet

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.applications.models import Application
from apps.applications.references import referee_pairs
from apps.programs.models import Intake
from apps.reviews.models import Conflict, IntakeReviewer
from apps.reviews.rules.matching import shares_mail_domain
from apps.reviews.selectors.statuses import REVIEWABLE


def possible_reviewers(intake: Intake) -> QuerySet[User]:
    """Reviewers of the organisation that runs the program, in the order of their names."""
    members = Membership.objects.current().filter(
        role=Role.REVIEWER, organisation_id=intake.program.organisation_id
    )
    return User.objects.filter(pk__in=members.values("user_id"), is_active=True).order_by("full_name", "id")


def limits_of(intake: Intake) -> dict[int, int]:
    """The most each reviewer of an intake reads; who no longer reviews for the organisation is out."""
    chosen = IntakeReviewer.objects.filter(intake=intake, reviewer__in=possible_reviewers(intake).order_by())
    return dict(chosen.values_list("reviewer_id", "most_assignments"))


def conflicts_for(intake: Intake, reviewers: list[int]) -> set[tuple[int, int]]:
    """Pairs that must stay apart: declared before, an application of their own, one they are a referee
    of, an applicant who has a role where the reviewer has one, or mail of one employer. A fixed
    number of statements.
    """
    pairs = set(
        Conflict.objects.filter(application__intake=intake, reviewer__in=reviewers).values_list(
            "application_id", "reviewer_id"
        )
    )
    addresses = dict(User.objects.filter(pk__in=reviewers).values_list("pk", "email"))
    applicants = Application.objects.filter(intake=intake, status__in=REVIEWABLE, person__user__isnull=False)
    pairs |= _colleagues(applicants, reviewers)
    known = {email.lower(): reviewer for reviewer, email in addresses.items()}
    pairs |= {(pk, known[email]) for pk, email in referee_pairs(applicants) if email in known}
    by_domain: dict[str, list[tuple[int, str]]] = {}
    for reviewer, email in addresses.items():
        by_domain.setdefault(email.rpartition("@")[2].lower(), []).append((reviewer, email))
    for pk, user, email in applicants.values_list("pk", "person__user_id", "person__user__email"):
        if user in addresses:
            pairs.add((pk, user))
        for reviewer, address in by_domain.get(email.rpartition("@")[2].lower(), ()):
            if shares_mail_domain(email, address):
                pairs.add((pk, reviewer))
    return pairs


def _colleagues(applicants: QuerySet[Application], reviewers: list[int]) -> set[tuple[int, int]]:
    roles = Membership.objects.current()
    homes: dict[int, set[int]] = {}
    for reviewer, home in roles.filter(user__in=reviewers).values_list("user_id", "organisation_id"):
        homes.setdefault(home, set()).add(reviewer)
    theirs = roles.filter(organisation__in=homes, user__in=applicants.values("person__user_id"))
    at: dict[int, set[int]] = {}
    for user, home in theirs.values_list("user_id", "organisation_id"):
        at.setdefault(user, set()).update(homes[home])
    found = applicants.filter(person__user__in=at).values_list("pk", "person__user_id")
    return {(pk, reviewer) for pk, user in found for reviewer in at[user]}
