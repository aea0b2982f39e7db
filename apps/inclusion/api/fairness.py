"""The fairness report over HTTP: what its page tells. A figure that is a range has no rate of its own."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from apps.accounts.api.rows import DeedView, ShowView
from apps.core.access import Access
from apps.inclusion.enums import FairnessDimension, FairnessStage
from apps.inclusion.models import FairnessReport
from apps.inclusion.rules.verdicts import Label
from apps.inclusion.selectors import chose_by_merit, fairness_of
from apps.inclusion.selectors.fairness import DimensionReading, Line, StageReading
from apps.inclusion.services import make_fairness_report, read_fairness_report
from apps.programs.models import Intake

LABELS = [(label.value, label.value) for label in Label]


class PairField(serializers.ListField):
    """Both ends of an interval."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            child=serializers.FloatField(), allow_null=True, min_length=2, max_length=2, **kwargs
        )


class FairnessGroupSerializer(serializers.Serializer):
    """`least` to `most` of `pool` came this far; all are null in a group of fewer than ten. Rates are percent.

    `verdict` says how the rate compares with the group of the highest rate (`reference`).
    """

    group = serializers.CharField()
    pool = serializers.IntegerField(allow_null=True)
    least = serializers.IntegerField(allow_null=True)
    most = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True)
    interval = PairField()
    ratio = serializers.FloatField(allow_null=True)
    ratio_interval = PairField()
    most_ratio = serializers.FloatField(allow_null=True)
    p = serializers.FloatField(allow_null=True)
    verdict = serializers.ChoiceField(LABELS)


class FairnessStageSerializer(serializers.Serializer):
    """`chosen` of the `everyone` who came to `base` came to `stage`."""

    stage = serializers.ChoiceField(FairnessStage.choices)
    base = serializers.ChoiceField(FairnessStage.choices)
    chosen = serializers.IntegerField()
    everyone = serializers.IntegerField()
    groups = FairnessGroupSerializer(many=True)


class FairnessDimensionSerializer(serializers.Serializer):
    """Without `counted_at` nothing is told. `answered` is null when fewer than ten did not answer."""

    dimension = serializers.ChoiceField(FairnessDimension.choices)
    counted_at = serializers.DateTimeField(allow_null=True)
    everyone = serializers.IntegerField(allow_null=True)
    answered = serializers.IntegerField(allow_null=True)
    stages = FairnessStageSerializer(many=True)


class FairnessReportSerializer(serializers.Serializer):
    report = serializers.UUIDField()
    number = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    threshold = serializers.IntegerField()
    is_complete = serializers.BooleanField()
    chose_by_merit = serializers.BooleanField()
    dimensions = FairnessDimensionSerializer(many=True)


def group_told(line: Line) -> dict[str, Any]:
    found, ratio = line.verdict, line.verdict.ratio
    shown = not found.is_hidden
    return {
        "group": line.name,
        "pool": found.pool if shown else None,
        "least": found.reached.low if shown else None,
        "most": found.reached.high if shown else None,
        "rate": _percent(found.rate) if shown and found.rate is not None else None,
        "interval": [_percent(end) for end in found.interval] if shown and found.interval else None,
        "ratio": round(ratio.value, 4) if ratio else None,
        "ratio_interval": [round(ratio.low, 4), round(ratio.high, 4)] if ratio else None,
        "most_ratio": None if found.most_ratio is None else round(found.most_ratio, 4),
        "p": None if found.p is None else round(found.p, 5),
        "verdict": found.label.value,
    }


def _percent(share: float) -> float:
    return round(100 * share, 1)


def stage_told(found: StageReading) -> dict[str, Any]:
    names = ("stage", "base", "chosen", "everyone")
    return {**{name: getattr(found, name) for name in names}, "groups": list(map(group_told, found.lines))}


def dimension_told(found: DimensionReading) -> dict[str, Any]:
    is_told = found.counted_at is not None
    return {
        "dimension": found.dimension,
        "counted_at": found.counted_at,
        "everyone": found.everyone if is_told else None,
        "answered": found.answered,
        "stages": list(map(stage_told, found.stages)),
    }


class FairnessRows:
    access = (Access.COORDINATOR, Access.ADMINISTRATOR)
    answer_class = FairnessReportSerializer

    def rows(self) -> QuerySet[Intake]:
        return Intake.objects.visible_to(self.viewer)  # type: ignore[attr-defined]

    def told(self, report: FairnessReport) -> dict[str, Any]:
        return {
            "report": report.public_id,
            **{name: getattr(report, name) for name in ("number", "made_at", "threshold", "is_complete")},
            "chose_by_merit": chose_by_merit(report),
            "dimensions": list(map(dimension_told, fairness_of(report))),
        }


@extend_schema_view(get=extend_schema(operation_id="fairness_report"))
class FairnessView(FairnessRows, ShowView):
    """The latest report of an intake; 404 while there is none. Each reading is recorded."""

    def answer(self, shown: Intake, status: int = 200) -> Any:
        report = read_fairness_report(intake=shown, actor=self.actor)
        if report is None:
            raise Http404
        return super().answer(self.told(report), status)


@extend_schema_view(post=extend_schema(operation_id="fairness_report_make"))
class FairnessMakeView(FairnessRows, DeedView):
    """Make the report when all decisions are released, and once more when all offers are answered."""

    def deed(self, wanted: dict[str, Any]) -> dict[str, Any]:
        return self.told(make_fairness_report(intake=self.row, actor=self.actor))
