"""The links of a viewer, and who opened them."""

from django.db.models import Prefetch, QuerySet

from apps.accounts.roles import Viewer
from apps.inclusion.models import SharedView, ShareOpening

OPENINGS_SHOWN = 20


def shared_views(viewer: Viewer) -> QuerySet[SharedView]:
    """Newest first, with the latest openings of each."""
    latest = Prefetch("openings", ShareOpening.objects.order_by("-hour")[:OPENINGS_SHOWN], to_attr="latest")
    return SharedView.objects.managed_by(viewer).select_related("release", "made_by").prefetch_related(latest)
