"""Which groups applicants declared that they belong to."""

from collections.abc import Iterable

from apps.applications.models import InclusionDeclaration


def declared_groups(application_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The groups each of these applicants wants to be counted in; who declared none is absent. One statement."""
    rows = InclusionDeclaration.objects.filter(application__in=list(application_ids)).exclude(groups=[])
    return {pk: frozenset(groups) for pk, groups in rows.values_list("application_id", "groups")}
