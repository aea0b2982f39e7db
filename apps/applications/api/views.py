"""My applications, and the applications of the programs I run."""

import uuid
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.views import ApiView, RepeatableView
from apps.applications.enums import Outcome
from apps.applications.forms import SectionForm
from apps.applications.models import Application, Document
from apps.applications.rules.counting import count
from apps.applications.rules.definition import FILE_KINDS, Form, Section
from apps.applications.selectors import all_answers, documents_of, form_of, saved_sections, task_list
from apps.applications.services import (
    add_document,
    save_section,
    start_draft,
    submit_application,
    withdraw_application,
)
from apps.core.access import Access
from apps.core.api.serializers import NothingSerializer, PublicIdField, StrictSerializer
from apps.core.errors import Invalid
from apps.programs.models import Intake


class ApplicationSerializer(serializers.ModelSerializer):
    intake = serializers.UUIDField(source="intake.public_id", read_only=True)
    outcome = serializers.ChoiceField(Outcome.choices, allow_blank=True, read_only=True)

    class Meta:
        model = Application
        fields = [
            *("public_id", "reference", "intake", "status", "outcome", "language"),
            *("created_at", "submitted_at", "decided_at", "withdrawn_at"),
        ]
        read_only_fields = fields


class SectionSerializer(serializers.Serializer):
    key = serializers.CharField()
    state = serializers.CharField()
    version = serializers.IntegerField()
    answers = serializers.DictField()


class ApplicationDetailSerializer(ApplicationSerializer):
    sections = serializers.SerializerMethodField()
    form = serializers.SerializerMethodField()

    class Meta(ApplicationSerializer.Meta):
        fields = [*ApplicationSerializer.Meta.fields, "sections", "form"]
        read_only_fields = fields

    @extend_schema(responses=SectionSerializer(many=True))
    def get_sections(self, application: Application) -> list[dict[str, Any]]:
        saved = saved_sections(application)
        return [
            {
                "key": task.section.key,
                "state": str(task.state),
                "version": saved[task.section.key].version if task.section.key in saved else 0,
                "answers": saved[task.section.key].answers if task.section.key in saved else {},
            }
            for task in task_list(application, form_of(application))
        ]

    def get_form(self, application: Application) -> dict[str, Any]:
        return dict(application.form_version.definition) if application.form_version else {}


class StartSerializer(StrictSerializer):
    intake = PublicIdField()
    eligibility_answers = serializers.DictField(required=False)


class SaveSerializer(StrictSerializer):
    answers = serializers.DictField()
    version = serializers.IntegerField(min_value=0, max_value=10**8)


class WithdrawSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class UploadSerializer(StrictSerializer):
    question = serializers.SlugField(max_length=40)
    file = serializers.FileField(allow_empty_file=True)


class DocumentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Document
        fields = ["public_id", "question", "name", "content_type", "size", "sha256", "status"]


class OwnMixin:
    """The caller's own application, or 404."""

    def own(self, public_id: UUID) -> Application:
        mine = Application.objects.owned_by(self.viewer)  # type: ignore[attr-defined]
        return get_object_or_404(mine.select_related("intake", "form_version", "person"), public_id=public_id)


class ApplicationListView(ListAPIView, RepeatableView):
    """GET: my applications. POST: begin one; the one begun already comes back."""

    access = Access.SIGNED_IN
    ordering = ("-id",)

    def get_serializer_class(self) -> Any:
        return StartSerializer if self.request.method == "POST" else ApplicationSerializer

    def get_queryset(self) -> Any:
        return Application.objects.owned_by(self.viewer).select_related("intake")

    @extend_schema(responses={201: ApplicationSerializer})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        wanted = self.checked(request)
        intake = get_object_or_404(Intake.objects.listed(), public_id=wanted["intake"])
        application = start_draft(
            intake=intake,
            user=request.user,
            language=request.user.language,
            eligibility_answers=wanted.get("eligibility_answers"),
            actor=self.actor,
        )
        return Response(ApplicationSerializer(application).data, status=201)


class ApplicationView(RetrieveAPIView, ApiView):
    access = Access.SIGNED_IN
    serializer_class = ApplicationDetailSerializer
    lookup_field = "public_id"

    def get_queryset(self) -> Any:
        found = Application.objects.owned_by(self.viewer)
        return found.select_related("intake", "form_version").prefetch_related("sections")


class SectionView(OwnMixin, ApiView):
    """PUT the answers of one section. What is wrong is told; everything that was sent is kept."""

    access = Access.SIGNED_IN
    serializer_class = SaveSerializer

    @extend_schema(responses=SectionSerializer)
    def put(self, request: Request, public_id: UUID, section: str) -> Response:
        application = self.own(public_id)
        form = form_of(application)
        part = form.section(section)
        if part is None:
            raise Invalid(fields={"section": ["unknown"]})
        wanted = self.checked(request)
        files = documents_of(application)
        before = Form(form.sections[: form.sections.index(part)])
        unknown = set(wanted["answers"]) - {question.key for question in part.answered}
        if unknown:
            raise serializers.ValidationError(
                {name: ["We do not know this field."] for name in sorted(unknown)}
            )
        known = count(before, all_answers(application, form, files)).answers
        filled = SectionForm(
            part,
            {row.question: row for row in files},
            _as_form_data(part, wanted["answers"]),
            initial=saved_sections(application)[section].answers
            if section in saved_sections(application)
            else {},
            known=known,
        )
        complete = filled.is_valid()
        row = save_section(
            application=application,
            section=section,
            answers=filled.answers(),
            is_complete=complete,
            version=wanted["version"],
            actor=self.actor,
        )
        if not complete:
            raise Invalid(
                fields={name: [str(each) for each in errors] for name, errors in filled.errors.items()}
            )
        state = {"key": section, "state": "completed", "version": row.version, "answers": row.answers}
        return Response(state)


def _as_form_data(part: Section, answers: dict[str, Any]) -> dict[str, Any]:
    """JSON's own types as a form would send them; a shape no form can send reads as nonsense."""
    kinds = {question.key: question.kind for question in part.questions}
    plain: dict[str, Any] = {}
    for key, value in answers.items():
        plain |= _AS_SENT.get(kinds.get(key, ""), _as_text)(key, value)
    return plain


def _as_text(key: str, value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {key: "on" if value else ""}
    if isinstance(value, list):
        return {key: [str(each) for each in value]}
    return {key: "" if value is None else str(value)}


def _as_place(key: str, value: Any) -> dict[str, Any]:
    """Another shape is sent as the country, which refuses it."""
    found = value if isinstance(value, dict) else {"country": "" if value is None else value}
    return {f"{key}_{level}": str(each) for level, each in found.items() if each is not None}


def _as_rows(key: str, value: Any) -> dict[str, Any]:
    """Each object of the list is a row; what is not an object is no row anybody can fill in."""
    rows = value if isinstance(value, list) else []
    sent: dict[str, Any] = {f"{key}_rows": str(len(rows))}
    for number, row in enumerate(rows):
        for column, cell in (row if isinstance(row, dict) else {}).items():
            sent |= _as_text(f"{key}_{number}-{column}", cell)
    return sent


_AS_SENT = {"place": _as_place, "rows": _as_rows}


class DocumentUploadView(OwnMixin, RepeatableView):
    access = Access.SIGNED_IN
    serializer_class = UploadSerializer
    parser_classes = [MultiPartParser]

    @extend_schema(responses={201: DocumentSerializer})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        application = self.own(kwargs["public_id"])
        wanted = self.checked(request)
        keys = {
            question.key
            for _part, question in form_of(application).questions()
            if question.kind in FILE_KINDS
        }
        if wanted["question"] not in keys:
            raise Invalid(fields={"question": ["unknown"]})
        document = add_document(
            application=application, question=wanted["question"], upload=wanted["file"], actor=self.actor
        )
        return Response(DocumentSerializer(document).data, status=201)


class SubmitView(OwnMixin, RepeatableView):
    """Send. A second call finds it sent."""

    access = Access.SIGNED_IN
    serializer_class = NothingSerializer

    @extend_schema(request=None, responses=ApplicationSerializer)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        self.checked(request)
        application = self.own(kwargs["public_id"])
        sent = submit_application(application=application, submission_key=uuid.uuid4(), actor=self.actor)
        return Response(ApplicationSerializer(sent).data)


class WithdrawView(OwnMixin, RepeatableView):
    access = Access.SIGNED_IN
    serializer_class = WithdrawSerializer

    @extend_schema(responses=ApplicationSerializer)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        wanted = self.checked(request)
        application = withdraw_application(
            application=self.own(kwargs["public_id"]), reason=wanted["reason"], actor=self.actor
        )
        return Response(ApplicationSerializer(application).data)


class RunApplicationSerializer(ApplicationSerializer):
    name = serializers.CharField(source="person.full_name", read_only=True)
    country = serializers.CharField(source="person.country_id", read_only=True, allow_null=True)

    class Meta(ApplicationSerializer.Meta):
        fields = [*ApplicationSerializer.Meta.fields, "name", "country"]
        read_only_fields = fields


class RunApplicationListView(ListAPIView, ApiView):
    """For coordinators: what was sent to the programs of their organisation."""

    access = Access.COORDINATOR
    serializer_class = RunApplicationSerializer
    ordering = ("-submitted_at", "-id")

    def get_queryset(self) -> Any:
        return Application.objects.run_by(self.viewer).filter(source="").select_related("intake", "person")
