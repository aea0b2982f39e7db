"""Refusals as JSON: {"code", "detail", "fields"}. A service's refusal keeps its own status."""

from typing import Any

from django.http import Http404
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from apps.core.errors import DomainError


def answer_refusal(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, DomainError):
        set_rollback()
        fields = {name: [str(each) for each in messages] for name, messages in error.fields.items()}
        return Response(
            {"code": error.code, "detail": str(error.message), "fields": fields}, status=error.status
        )
    if isinstance(error, ValidationError):
        set_rollback()
        wrong: Any = error.detail if isinstance(error.detail, dict) else {"": error.detail}
        return Response({"code": "invalid", "detail": "", "fields": wrong}, status=400)
    answer = exception_handler(error, context)
    if answer is not None:
        code = getattr(error, "default_code", "not_found" if isinstance(error, Http404) else "refused")
        detail = str(error.detail) if isinstance(error, APIException) else ""
        answer.data = {"code": code, "detail": detail, "fields": {}}
    return answer
