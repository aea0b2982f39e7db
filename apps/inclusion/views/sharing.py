"""Links to frozen dashboards: making, ending, and what whoever opens one sees."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from apps.core.access import Access
from apps.core.errors import DomainError
from apps.core.limits import is_within, place_of
from apps.core.zones import zone_of
from apps.inclusion.forms import ShareForm
from apps.inclusion.models import Release, SharedView
from apps.inclusion.selectors import SINGLE, board_of, readable_releases, scope_names, shared_views
from apps.inclusion.services import holds, note_opening, revoke_shared_view, share_view, shared_view_at
from apps.inclusion.views.dashboard import WATCHERS, board_context

ROWS = 100
#: Enough for a meeting behind one address; a guess would need far more.
MOST, SECONDS = 120, 600
ADDRESS = "shared_address"


class SharesView(View):
    """The links one has made, who opened them, and a form for the next."""

    access = WATCHERS

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = {name: request.GET.get(name, "") for name in ("release", "scope", "scope_key")}
        first = {**wanted, "scope": wanted["scope"] or "all", "days": "30"}
        return self._show(request, ShareForm(initial=first) if wanted["release"] else None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ShareForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, status=422)
        release = get_object_or_404(readable_releases(), number=form.cleaned_data["release"])
        try:
            made = share_view(
                release=release,
                scope=form.cleaned_data["scope"],
                scope_key=form.cleaned_data["scope_key"],
                days=int(form.cleaned_data["days"]),
                actor=request.actor,
            )
        except DomainError as error:
            form.add_error(None, str(error.message))
            return self._show(request, form, status=error.status)
        request.session[ADDRESS] = request.build_absolute_uri(
            reverse("inclusion:shared", args=[made.address])
        )
        return redirect("inclusion:shares")

    def _show(self, request: HttpRequest, form: ShareForm | None, status: int = 200) -> HttpResponse:
        rows = list(shared_views(request.viewer)[:ROWS])
        context = {
            "form": form,
            "rows": [{"share": row, "name": name, "holds": holds(row)} for row, name in _named(rows)],
            "address": request.session.pop(ADDRESS, ""),
            "zone": zone_of(request),
            "part": _part(form),
        }
        answer = render(request, "inclusion/share_list.html", context, status=status)
        answer["Cache-Control"] = "no-store"
        return answer


def _part(form: ShareForm | None) -> str:
    """What the form is about, in words; "" for the whole."""
    if form is None:
        return ""
    scope, key = str(form["scope"].value() or ""), str(form["scope_key"].value() or "")
    return scope_names(scope, [key]).get(key, "") if "\x00" not in key else ""


def _named(rows: list[SharedView]) -> list[tuple[SharedView, str]]:
    """One statement for each sort of part, whatever the number of links."""
    keys: dict[str, list[str]] = {}
    for row in rows:
        keys.setdefault(row.scope, []).append(row.scope_key)
    names = {scope: scope_names(scope, found) for scope, found in keys.items()}
    return [(row, names[row.scope].get(row.scope_key, row.scope_key)) for row in rows]


class RevokeView(View):
    access = WATCHERS

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        shared = get_object_or_404(SharedView.objects.managed_by(request.viewer), public_id=public_id)
        revoke_shared_view(shared=shared, actor=request.actor)
        messages.success(request, _("The link has ended. Whoever opens it is told so."))
        return redirect("inclusion:shares")


class SharedPageView(View):
    """For whoever has the link: no account, no script, and nothing that leads further in."""

    access = Access.PUBLIC

    def get(self, request: HttpRequest, address: str) -> HttpResponse:
        if not is_within("shared-view", place_of(request), most=MOST, seconds=SECONDS):
            return self._over(request, "too_often", 429)
        shared = shared_view_at(address)
        if shared is None:
            return self._over(request, "unknown", 404)
        if not holds(shared):
            return self._over(request, "revoked" if shared.revoked_at else "expired", 410)
        note_opening(shared=shared, user_agent=request.headers.get("User-Agent", ""), actor=request.actor)
        return _private(render(request, "inclusion/shared_page.html", self._context(request, shared)))

    def _context(self, request: HttpRequest, shared: SharedView) -> dict[str, Any]:
        group = request.GET.get("group", "")
        releases = list(Release.objects.filter(is_built=True, number__lte=shared.release.number))
        board = board_of(
            shared.release,
            shared.scope,
            shared.scope_key,
            releases=releases,
            targets=shared.targets,
        )
        if board is None:  # figures of a quarter never go
            raise RuntimeError(f"shared view {shared.pk} has lost its figures")
        found = board_context(board, group if group in SINGLE else SINGLE[0], lambda _level, _key: "")
        return {**found, "shared": shared, "zone": zone_of(request)}

    @staticmethod
    def _over(request: HttpRequest, why: str, status: int) -> HttpResponse:
        return _private(render(request, "inclusion/shared_over.html", {"why": why}, status=status))


def _private(answer: HttpResponse) -> HttpResponse:
    """In no search engine and no cache on the way, and the address goes to no other site."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
