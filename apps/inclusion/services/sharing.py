"""Frozen dashboards for people without an account: made, opened, and ended."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.actors import Actor
from apps.core.errors import Conflict, Invalid
from apps.events.services import publish
from apps.inclusion.enums import Cadence, ScopeKind
from apps.inclusion.events import SharedViewOpened, SharedViewRevoked, ViewShared
from apps.inclusion.models import Release, SharedView, ShareOpening
from apps.inclusion.models.sharing import LONGEST
from apps.inclusion.rules.browsers import family_of
from apps.inclusion.selectors import sheet_of, targets_for

SALT = "inclusion.shared-view"
SHAREABLE = (ScopeKind.ALL.value, ScopeKind.KIND.value, ScopeKind.COUNTRY.value, ScopeKind.PROGRAM.value)
MOST_OPEN = 50


@dataclass(frozen=True, slots=True)
class Shared:
    """`address` is the last part of the link. Nobody can be told it again."""

    row: SharedView
    address: str


@transaction.atomic
def share_view(*, release: Release, scope: str, scope_key: str, days: int, actor: Actor) -> Shared:
    """Make a link to one scope of a release. Each call makes another link.

    Only a quarter is shared: the figures of a running view go when the next one comes. Raises Invalid for a
    scope that is none, for intakes and for too long a time, Conflict for a release that is not on display.
    """
    if not timedelta(0) < timedelta(days=days) <= LONGEST:
        raise Invalid(_("A link holds for 90 days at most."))
    if scope not in SHAREABLE or not sheet_of(release, scope, scope_key).figures:
        raise Invalid(_("This release tells nothing of that."))
    if release.cadence != Cadence.QUARTER or release.replaced_by_id or not release.is_built:
        raise Conflict(_("Only a quarter that is on display can be shared: a running view is soon replaced."))
    now = timezone.now()
    mine = SharedView.objects.filter(made_by=actor.person_id, revoked_at=None, expires_at__gt=now)
    if mine.count() >= MOST_OPEN:
        raise Conflict(_("You have 50 links that hold. End one before you make another."))
    token = secrets.token_urlsafe(24)
    row = SharedView.objects.create(
        release=release,
        scope=scope,
        scope_key=scope_key,
        targets=targets_for(scope, scope_key),
        made_by_id=actor.person_id,
        made_at=now,
        expires_at=now + timedelta(days=days),
        token_hash=hash_of(token),
    )
    publish(ViewShared(shared_id=row.pk, release_id=release.pk), actor=actor)
    return Shared(row, _signer().sign(token))


@transaction.atomic
def revoke_shared_view(*, shared: SharedView, actor: Actor) -> SharedView:
    """End a link at once. Ending it twice is ending it once."""
    row = SharedView.objects.select_for_update().get(pk=shared.pk)
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at", "updated_at"])
        publish(SharedViewRevoked(shared_id=row.pk), actor=actor)
    return row


def shared_view_at(address: str) -> SharedView | None:
    """The row of a link, whether it still holds or not. A changed address costs no statement."""
    try:
        token = _signer().unsign(address)
    except signing.BadSignature:
        return None
    rows = SharedView.objects.select_related("release__replaced_by")
    return rows.filter(token_hash=hash_of(token)).first()


def holds(shared: SharedView) -> bool:
    return shared.revoked_at is None and shared.expires_at > timezone.now()


@transaction.atomic
def note_opening(*, shared: SharedView, user_agent: str, actor: Actor) -> ShareOpening:
    """Keep the hour and the family of the browser, and nothing else of whoever opened the link.

    One row for each hour and family, so that openings in a loop neither fill the table nor the audit trail.
    """
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    row, is_first = ShareOpening.objects.get_or_create(shared=shared, hour=hour, family=family_of(user_agent))
    if is_first:
        publish(SharedViewOpened(shared_id=shared.pk, family=row.family), actor=actor)
    else:
        ShareOpening.objects.filter(pk=row.pk).update(times=F("times") + 1)
    return row


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")
