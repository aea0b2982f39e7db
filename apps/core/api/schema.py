"""The description of the API, read off the views: what a deed answers, its key, and every refusal."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.mixins import ListModelMixin

from apps.core.api.serializers import NothingSerializer, RefusalSerializer

KEY = OpenApiParameter(
    name="Idempotency-Key",
    type=str,
    location=OpenApiParameter.HEADER,
    required=False,
    description="At most 100 printable characters. A call repeated with its key acts once.",
)


class HouseSchema(AutoSchema):
    def get_override_parameters(self) -> list[Any]:
        named = list(super().get_override_parameters())
        return [*named, KEY] if self.method == "POST" and hasattr(self.view, "act") else named

    def get_request_serializer(self) -> Any:
        found = super().get_request_serializer()
        return None if isinstance(found, NothingSerializer) else found

    def get_response_serializers(self) -> Any:
        is_list = isinstance(self.view, ListModelMixin) and self.method == "GET"
        if is_list or not hasattr(self.view, "answer_class"):
            return super().get_response_serializers()
        answer = self.view.answer_class
        success = self.view.success if self.method == "POST" else 200
        return {success if answer else 204: answer}

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        """Every operation may refuse, always in the same words."""
        bodies = super()._get_response_bodies(direction)
        refusal = self._get_response_for_code(RefusalSerializer, "4XX", direction=direction)
        return {**bodies, "4XX": {**refusal, "description": "Refused: see detail and fields."}}
