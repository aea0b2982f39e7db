"""The groups applicants asked to be counted in, for those who choose people and for nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from apps.applications.enums import ApplicationStatus
from apps.applications.models import Application, InclusionDeclaration
from apps.core.prepared import Given, prepared
from apps.programs.enums import InclusionGroup
from apps.programs.models import Intake
from apps.programs.selectors import groups_that_count, takes_applications

#: From then on the declaration has had its effect, or never will.
OVER = (ApplicationStatus.DECIDED, ApplicationStatus.WITHDRAWN, ApplicationStatus.EXPIRED)


def declared_groups(application_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The groups of each application that declared any; one statement, whatever their number."""
    rows = InclusionDeclaration.objects.filter(application__in=list(application_ids)).exclude(groups=[])
    return {pk: frozenset(groups) for pk, groups in rows.values_list("application_id", "groups")}


def declared_in(intake: Intake) -> dict[int, frozenset[str]]:
    """The same for everybody of an intake: for thousands a join is quicker than a list of numbers."""
    rows = InclusionDeclaration.objects.filter(application__intake=intake).exclude(groups=[])
    return {pk: frozenset(groups) for pk, groups in rows.values_list("application_id", "groups")}


@prepared
def _declaration() -> QuerySet[InclusionDeclaration]:
    return InclusionDeclaration.objects.filter(application=Given("application"))


def declaration_of(application: Application) -> InclusionDeclaration | None:
    return _declaration.one(application=application.pk)


def may_declare(application: Application) -> bool:
    """While it is a draft, and after sending until applications close."""
    if application.status == ApplicationStatus.DRAFT:
        return True
    return application.status not in OVER and takes_applications(application.intake)


@dataclass(frozen=True, slots=True)
class Declaring:
    """`groups` are those asked about, `said` the answer kept; None where nobody answered."""

    groups: list[str]
    said: InclusionDeclaration | None
    is_open: bool
    is_over: bool

    @property
    def said_words(self) -> list[str | Promise]:
        return groups_in_words(self.said)


def groups_in_words(said: InclusionDeclaration | None) -> list[str | Promise]:
    labels: dict[str, str | Promise] = dict(InclusionGroup.choices)
    return [labels.get(each, each) for each in said.groups] if said else []


def declaring_of(application: Application) -> Declaring | None:
    """What an application is asked about groups; None where nothing is asked and nothing was said."""
    groups, said = groups_that_count(application.intake), declaration_of(application)
    if not groups and said is None:
        return None
    is_open = bool(groups) and may_declare(application)
    return Declaring(groups, said, is_open, application.status in OVER)
