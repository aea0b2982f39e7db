"""What the IATI file needs of people: an organisation's identifier and codes, a program's place."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Organisation
from apps.core.actors import Actor
from apps.core.errors import Invalid
from apps.events.services import publish
from apps.inclusion.enums import IatiOrganisationType
from apps.inclusion.events import IatiActivitySetUp, IatiOrganisationSetUp
from apps.inclusion.models import IatiActivity, IatiOrganisation
from apps.programs.models import Program

#: Shapes of the codes, by the standard's lists; organisation identifiers may not hold these signs nor spaces.
SHAPES = {
    "ref": r"[^\s/&|?]{3,100}",
    "type": "|".join(IatiOrganisationType.values),
    "email": r"[^\s@]+@[^\s@]+",
    "currency": r"[A-Z]{3}",
    "collaboration_type": r"[1-46-8]",
    "flow_type": r"10|21|22|30|36|37|40|50",
    "finance_type": r"[1-9][0-9]{0,3}",
    "aid_type": r"[A-H][0-9]{2}",
    "tied_status": r"[345]",
    "place_name": r".{1,200}",
    "geonames_id": r"[1-9][0-9]{0,11}",
    "scope": r"[1-8]",
    "results_page": r"https?://\S{1,190}",
}
NEEDED = ("ref", "type")


@transaction.atomic
def set_up_iati_organisation(
    *, organisation: Organisation, codes: Mapping[str, str], actor: Actor
) -> IatiOrganisation:
    """Keep the codes given, in place of those kept before. Raises Invalid, naming every code that is wrong."""
    _require_shapes(codes, needed=NEEDED)
    taken = IatiOrganisation.objects.filter(ref=codes["ref"]).exclude(organisation=organisation)
    if taken.exists():
        raise Invalid(fields={"ref": [_("Another organisation has this identifier.")]})
    kept, _is_new = IatiOrganisation.objects.update_or_create(organisation=organisation, defaults=dict(codes))
    publish(IatiOrganisationSetUp(organisation_id=organisation.pk), actor=actor)
    return kept


@transaction.atomic
def set_up_iati_activity(*, program: Program, codes: Mapping[str, str], actor: Actor) -> IatiActivity:
    """A place needs its name and its number at GeoNames. Raises Invalid."""
    _require_shapes(codes)
    if bool(codes.get("place_name")) != bool(codes.get("geonames_id")):
        raise Invalid(fields={"geonames_id": [_("A place needs its name and its number at GeoNames.")]})
    kept, _is_new = IatiActivity.objects.update_or_create(program=program, defaults=dict(codes))
    publish(IatiActivitySetUp(program_id=program.pk), actor=actor)
    return kept


def _require_shapes(codes: Mapping[str, str], needed: tuple[str, ...] = ()) -> None:
    asked = {**dict.fromkeys(needed, ""), **codes}
    wrong = {
        name: [_("This is not a code of the standard.")]
        for name, code in asked.items()
        if (code or name in needed) and not re.fullmatch(SHAPES[name], code)
    }
    if wrong:
        raise Invalid(fields=wrong)
