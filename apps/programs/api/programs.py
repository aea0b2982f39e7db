"""Programs, for the coordinators who run them."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.api.rows import ChangeView, PartsView
from apps.accounts.api.views import RepeatableView
from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.accounts.roles import Viewer
from apps.core.access import Access
from apps.core.api.forms import as_sent, clean_with
from apps.core.api.serializers import StrictSerializer
from apps.programs.enums import Mode, ProgramKind
from apps.programs.models import Program
from apps.programs.services.setup import change_program, create_program
from apps.programs.setup_forms import TEXTS, ProgramForm


def run_programs(viewer: Viewer) -> QuerySet[Program]:
    return Program.objects.filter(organisation__in=viewer.at(Role.COORDINATOR))


class TextsSerializer(StrictSerializer):
    """One text in each language we speak; a language left out has none."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {
            code: serializers.CharField(required=False, allow_blank=True, max_length=3000)
            for code, _name in settings.LANGUAGES
        }


class ProgramSerializer(serializers.ModelSerializer):
    country = serializers.CharField(source="country_id", allow_null=True)
    title = serializers.DictField(child=serializers.CharField())
    summary = serializers.DictField(child=serializers.CharField())
    what_you_get = serializers.DictField(child=serializers.CharField())
    who_can_apply = serializers.DictField(child=serializers.CharField())
    what_you_need = serializers.DictField(child=serializers.CharField())
    how_we_decide = serializers.DictField(child=serializers.CharField())
    accessibility = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = Program
        fields = ["public_id", "kind", "slug", "mode", "country", *TEXTS, "is_listed", "version"]


class ProgramTextsSerializer(StrictSerializer):
    """Texts by language, cleaned as the page cleans them: English title and summary are required."""

    mode = serializers.ChoiceField(Mode.choices)
    country = serializers.CharField(max_length=2, required=False, allow_null=True)
    title = TextsSerializer()
    summary = TextsSerializer()
    what_you_get = TextsSerializer(required=False)
    who_can_apply = TextsSerializer(required=False)
    what_you_need = TextsSerializer(required=False)
    how_we_decide = TextsSerializer(required=False)
    accessibility = TextsSerializer(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        spread = {
            f"{name}_{code}": text for name in TEXTS for code, text in dict(attrs.get(name, {})).items()
        }
        plain = {name: attrs[name] for name in ("kind", "mode", "country") if attrs.get(name)}
        form = ProgramForm(as_sent({**spread, **plain}), is_new="kind" in attrs)
        clean_with(form)
        kept = {"version": attrs["version"]} if "version" in attrs else {}
        return {"values": form.values(), **kept}


class NewProgramSerializer(ProgramTextsSerializer):
    kind = serializers.ChoiceField(ProgramKind.choices)


class ChangedProgramSerializer(ProgramTextsSerializer):
    version = serializers.IntegerField(min_value=0, max_value=10**8, help_text="the one you saw")


class ProgramListView(PartsView, RepeatableView):
    """GET: the programs you run. POST: a new one, at your organisation."""

    access = Access.COORDINATOR
    serializer_class = NewProgramSerializer
    answer_class = ProgramSerializer
    success = 201
    ordering = ("slug",)

    def parts(self) -> QuerySet[Program]:
        return run_programs(self.viewer)

    @extend_schema(responses={201: ProgramSerializer})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        wanted = self.checked(request)
        organisation = Organisation.objects.get(pk=min(self.viewer.at(Role.COORDINATOR)))
        program = create_program(organisation=organisation, values=wanted["values"], actor=self.actor)
        return self.answer(program, self.success)


class ProgramView(ChangeView):
    """One program you run; PUT replaces its texts. `version` tells whether somebody was faster."""

    access = Access.COORDINATOR
    serializer_class = ChangedProgramSerializer
    answer_class = ProgramSerializer

    def rows(self) -> QuerySet[Program]:
        return run_programs(self.viewer)

    def change(self, wanted: dict[str, Any]) -> None:
        change_program(program=self.row, **wanted, actor=self.actor)
