"""A frozen choice: what it says, how to check it, and the record itself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views import View

from apps.core.access import Access
from apps.events.selectors import history_of
from apps.programs.models import Intake
from apps.selection.models import FrozenChoice
from apps.selection.services.freezing import is_genuine


def frozen_or_404(request: HttpRequest, public_id: UUID) -> FrozenChoice:
    mine = FrozenChoice.objects.filter(intake__in=Intake.objects.visible_to(request.viewer))
    return get_object_or_404(
        mine.select_related("intake__program", "frozen_by", "rule_version"), public_id=public_id
    )


class FrozenView(View):
    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        frozen = frozen_or_404(request, public_id)
        replays = [
            record
            for record in history_of("intake", frozen.intake_id).filter(name="ChoiceReplayed")
            if record.payload["frozen_id"] == frozen.pk
        ]
        context = {
            "frozen": frozen,
            "intake": frozen.intake,
            "is_genuine": is_genuine(frozen),
            "replays": replays,
            "people": len(frozen.record["candidates"]),
            "chosen": len(frozen.record["choice"]["chosen"]),
            "terms": frozen.record["terms"],
        }
        return render(request, "selection/frozen_choice.html", context)


class FrozenRecordView(View):
    """The record as it is stored, to be checked elsewhere: numbers of applications, no names."""

    access = Access.COORDINATOR

    def get(self, request: HttpRequest, public_id: UUID) -> JsonResponse:
        frozen = frozen_or_404(request, public_id)
        response = JsonResponse({**frozen.record, "signature": frozen.signature})
        response["Content-Disposition"] = f'attachment; filename="choice-{frozen.number}.json"'
        return response
