"""The one way a service takes hold of an enrolment."""

from django.utils.translation import gettext_lazy as _

from apps.core.errors import Invalid
from apps.enrolments.models import Enrolment


def locked(enrolment: Enrolment) -> Enrolment:
    """The row as it is now, held until the transaction ends."""
    return (
        Enrolment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("intake__program")
        .get(pk=enrolment.pk)
    )


def refuse_imported(enrolment: Enrolment) -> None:
    """Imported history has no obligations, seats or leave here; only its outcome can be corrected."""
    if enrolment.source:
        raise Invalid(_("This record was imported. Only how it ended can be corrected."))
