"""Who may read for an intake, how much, and about what."""

from django.db.models import QuerySet

from apps.accounts.enums import Role
from apps.accounts.models import Membership, User
from apps.accounts.roles import Viewer
from apps.applications.models import Application
from apps.places.selectors import subdivision_names
from apps.programs.models import Intake
from apps.reviews.enums import TieKind
from apps.reviews.models import IntakeReviewer, KnownTie, ReviewAssignment


def possible_reviewers(intake: Intake) -> QuerySet[User]:
    """Reviewers of the organisation that runs the program, in the order of their names."""
    members = Membership.objects.current().filter(
        role=Role.REVIEWER, organisation_id=intake.program.organisation_id
    )
    return User.objects.filter(pk__in=members.values("user_id"), is_active=True).order_by("full_name", "id")


def chosen_reviewers(intake: Intake) -> QuerySet[IntakeReviewer]:
    """Those chosen to read who still review for the organisation, in the order of their names."""
    chosen = IntakeReviewer.objects.filter(intake=intake, reviewer__in=possible_reviewers(intake).order_by())
    return chosen.select_related("reviewer").order_by("reviewer__full_name", "reviewer_id")


def limits_of(intake: Intake) -> dict[int, int]:
    """The most each reviewer of an intake reads; who no longer reviews for the organisation is out."""
    return dict(chosen_reviewers(intake).order_by().values_list("reviewer_id", "most_assignments"))


def readings_of_application(application: Application) -> QuerySet[ReviewAssignment]:
    """Everyone who reads or read it, the newest last."""
    rows = ReviewAssignment.objects.filter(application=application)
    return rows.select_related("reviewer").order_by("pk")


def told_ties(viewer: Viewer) -> list[tuple[KnownTie, str]]:
    """A reviewer's own ties, each with the words to show for its value. Two statements."""
    rows = list(KnownTie.objects.filter(reviewer=viewer.user_id))
    names = subdivision_names([row.value.upper() for row in rows if row.kind == TieKind.SUBDIVISION])
    return [(row, names.get(row.value.upper(), row.value)) for row in rows]
