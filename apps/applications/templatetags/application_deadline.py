"""The line that says until when, on every page of an application: {% application_deadline application %}"""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from apps.applications.deadlines import deadline_of, reason_for
from apps.applications.models import Application
from apps.applications.rules.deadlines import Because
from apps.core.zones import zone_of

register = template.Library()


@register.inclusion_tag("applications/_deadline.html", takes_context=True)
def application_deadline(context: Context, application: Application) -> dict[str, Any]:
    due = deadline_of(application)
    extended = due is not None and due.because == Because.EXTENSION
    return {
        "due": due,
        "is_grace": due is not None and due.is_in_grace(timezone.now()),
        "reason": reason_for(application) if extended else "",
        "zone": zone_of(context["request"], application.intake.time_zone),
    }
