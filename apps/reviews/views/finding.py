"""Rows by their public id, as far as the viewer may see them."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from apps.applications.models import Application
from apps.programs.models import Intake
from apps.reviews.models import ReviewAssignment


def intake_or_404(request: HttpRequest, public_id: UUID) -> Intake:
    return get_object_or_404(
        Intake.objects.visible_to(request.viewer).select_related("program"), public_id=public_id
    )


def application_or_404(request: HttpRequest, public_id: UUID) -> Application:
    """One that the viewer coordinates."""
    mine = Application.objects.run_by(request.viewer).select_related("intake__program", "person")
    return get_object_or_404(mine, public_id=public_id)


def assignment_or_404(request: HttpRequest, public_id: UUID) -> ReviewAssignment:
    """Anybody's reading in a program that the viewer coordinates."""
    mine = ReviewAssignment.objects.run_by(request.viewer).select_related("application__intake__program")
    return get_object_or_404(mine, public_id=public_id)


def version_of(request: HttpRequest) -> int:
    """The version a form was opened with; 0 for nonsense."""
    seen = request.POST.get("version", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
