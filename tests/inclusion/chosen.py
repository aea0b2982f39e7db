"""An intake whose decisions are released: so many of each group applied, were eligible, offered and accepted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from apps.accounts.models import User
from apps.applications.models import Application
from apps.core.actors import SYSTEM
from apps.enrolments.models import Enrolment
from apps.inclusion.services import DeclaredProfile, rebuild_facts, store_declared_profiles
from apps.people.models import Person
from apps.programs.models import Intake
from apps.reviews.models import Review, ReviewAssignment
from apps.selection.models import Decision, Offer
from tests.factories.accounts import UserFactory
from tests.factories.places import CountryFactory

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Some:
    """People of one kind. `offered` of the `eligible` of the `applied`; `scores` runs through the reviewed."""

    gender: str
    applied: int
    eligible: int
    offered: int
    accepted: int = 0
    residence: str = ""
    disability: str = ""
    country: str | None = None
    first_score: int = 50

    def times(self, number: int) -> "Some":
        counts = ("applied", "eligible", "offered", "accepted")
        return replace(self, **{name: number * getattr(self, name) for name in counts})


def choose(intake: Intake, groups: Sequence[Some], *, answered: bool = False) -> list[Application]:
    """Everyone eligible is reviewed, with falling scores. Offers are open unless `answered`."""
    decider = UserFactory()
    made = [
        row for number, some in enumerate(groups) for row in _apply(intake, some, number, decider, answered)
    ]
    rebuild_facts(intake_ids=[intake.pk], actor=SYSTEM)
    return made


def _apply(intake: Intake, some: Some, number: int, decider: User, answered: bool) -> list[Application]:
    country = CountryFactory(code=some.country) if some.country else None
    people = Person.objects.bulk_create(
        [
            Person(
                full_name=f"P {number} {n}",
                source="x",
                source_key=f"{intake.pk} {number} {n}",
                country=country,
            )
            for n in range(some.applied)
        ]
    )
    rows = [DeclaredProfile(each.pk, some.gender, some.residence, some.disability) for each in people]
    store_declared_profiles(rows=rows, source="test", actor=SYSTEM)
    applications = Application.objects.bulk_create(
        [
            Application(
                reference=f"C{intake.pk}-{number}-{n}",
                intake=intake,
                person=person,
                status="decided" if n < some.eligible else "ineligible",
                outcome=_outcome(some, n) if n < some.eligible else "",
                decided_at=NOW if n < some.eligible else None,
                submitted_at=NOW,
            )
            for n, person in enumerate(people)
        ]
    )
    eligible, offered = applications[: some.eligible], applications[: some.offered]
    _review(eligible, decider, some.first_score)
    Decision.objects.bulk_create(
        Decision(
            application=row,
            outcome=_outcome(some, n),
            status="released",
            released_at=NOW,
            decided_by=decider,
        )
        for n, row in enumerate(eligible)
    )
    status = {True: "declined" if answered else "made", False: "accepted"}
    Offer.objects.bulk_create(
        Offer(
            application=row,
            intake=intake,
            made_at=NOW,
            status=status[n >= some.accepted],
            answered_at=NOW if n < some.accepted or answered else None,
        )
        for n, row in enumerate(offered)
    )
    Enrolment.objects.bulk_create(
        Enrolment(person_id=row.person_id, intake=intake, application=row) for row in offered[: some.accepted]
    )
    return applications


def _review(applications: Sequence[Application], reader: User, first: int) -> None:
    assignments = ReviewAssignment.objects.bulk_create(
        ReviewAssignment(application=row, reviewer=reader, status="submitted", submitted_at=NOW)
        for row in applications
    )
    Review.objects.bulk_create(
        Review(assignment=row, weighted_score=max(Decimal(0), first - Decimal(n) / 10))
        for n, row in enumerate(assignments)
    )


def _outcome(some: Some, number: int) -> str:
    return "offer" if number < some.offered else "not_selected"
