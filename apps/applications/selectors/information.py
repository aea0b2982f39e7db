"""Sections of a sent application that were opened again."""

from django.db.models import Exists, OuterRef, QuerySet

from apps.applications.enums import (
    InformationStatus,
)
from apps.applications.models import (
    Application,
    InformationRequest,
)
from apps.applications.selectors.own import Task, form_of, task_list


def open_request(application: Application) -> InformationRequest | None:
    """What a coordinator asked for and is not answered yet."""
    found = InformationRequest.objects.filter(application=application, status=InformationStatus.OPEN)
    return found.first()


def with_asked(queryset: QuerySet[Application]) -> QuerySet[Application]:
    """Says of each, as `was_asked`, whether more information was ever asked: most were not."""
    asked = InformationRequest.objects.filter(application=OuterRef("pk"))
    return queryset.annotate(was_asked=Exists(asked))


def requests_of(application: Application) -> list[InformationRequest]:
    return list(InformationRequest.objects.filter(application=application).order_by("-id"))


def requested_tasks(application: Application, request: InformationRequest) -> list[Task]:
    """The sections that are open again, and no other."""
    tasks = task_list(application, form_of(application))
    return [task for task in tasks if task.section.key in request.sections]
