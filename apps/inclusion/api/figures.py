"""How a released figure is told: as the dashboard tells it. What is hidden is null, with the reason."""

from typing import Any

from rest_framework import serializers

from apps.inclusion.enums import Dimension, ScopeKind, Stage
from apps.inclusion.models import Release
from apps.inclusion.rules.shares import Share
from apps.inclusion.selectors import TARGET_GROUPS, Headline
from apps.inclusion.selectors.tidy import Confidentiality, Measure, Row, Status

#: Why a figure is null: it would say too much about too few people; or too few of them answered.
HIDDEN, TOO_FEW = "hidden", "too_few_answers"
WHY = [(HIDDEN, HIDDEN), (TOO_FEW, TOO_FEW)]


class ReasonField(serializers.ChoiceField):
    """Why the figure beside it is null; null itself where the figure is shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=WHY, allow_null=True, **kwargs)


class ReleasedCountSerializer(serializers.Serializer):
    value = serializers.IntegerField(allow_null=True)
    reason = ReasonField()


class ReleasedShareSerializer(serializers.Serializer):
    """`count` of `answered` people; all three are null together."""

    percent = serializers.IntegerField(allow_null=True)
    count = serializers.IntegerField(allow_null=True)
    answered = serializers.IntegerField(allow_null=True)
    reason = ReasonField()


class HeadlineSerializer(ReleasedShareSerializer):
    """A group's share among those enrolled, with its denominator, response rate, interval and target."""

    dimension = serializers.ChoiceField(Dimension.choices)
    group = serializers.CharField()
    participants = serializers.IntegerField(allow_null=True)
    response_percent = serializers.IntegerField(allow_null=True)
    interval = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    target = serializers.FloatField(allow_null=True)
    needs_care = serializers.BooleanField()


class FunnelStepSerializer(serializers.Serializer):
    stage = serializers.ChoiceField(Stage.choices)
    everyone = ReleasedCountSerializer()
    groups = serializers.DictField(child=ReleasedCountSerializer())


class BreakdownRowSerializer(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()
    steps = serializers.DictField(child=ReleasedCountSerializer())
    shares = serializers.DictField(child=ReleasedShareSerializer())


class TidyRowSerializer(serializers.Serializer):
    """A count of people (`PEOPLE`) or a share in whole percent (`SHARE`); everyone is dimension and group "".

    `status` is of SDMX's CL_OBS_STATUS (A normal, O missing, Q suppressed), `confidentiality` of its
    CL_CONF_STATUS (F free, C confidential). `is_kept`: as an earlier release told it.
    """

    scope = serializers.ChoiceField(ScopeKind.choices)
    scope_key = serializers.CharField(allow_blank=True)
    stage = serializers.CharField()
    dimension = serializers.CharField(allow_blank=True)
    group = serializers.CharField(allow_blank=True)
    measure = serializers.ChoiceField([(each.value, each.value) for each in Measure])
    value = serializers.IntegerField(allow_null=True)
    reason = ReasonField()
    status = serializers.ChoiceField([(each.value, each.value) for each in Status])
    confidentiality = serializers.ChoiceField([(each.value, each.value) for each in Confidentiality])
    is_kept = serializers.BooleanField()
    numerator = serializers.IntegerField(allow_null=True)
    denominator = serializers.IntegerField(allow_null=True)
    interval = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    response_percent = serializers.IntegerField(allow_null=True)
    needs_care = serializers.BooleanField()


class ReleaseSerializer(serializers.ModelSerializer):
    """`restates` and `replaced_by` are numbers of releases."""

    release = serializers.UUIDField(source="public_id")
    period = serializers.CharField()
    restates = serializers.IntegerField(source="restates.number", default=None, allow_null=True)
    replaced_by = serializers.IntegerField(source="replaced_by.number", default=None, allow_null=True)

    class Meta:
        model = Release
        fields = [
            "release",
            "number",
            "cadence",
            "period",
            "as_of",
            "released_at",
            "threshold",
            "small_threshold",
            "rounding",
            "rules_version",
            "restates",
            "replaced_by",
            "reason",
        ]


class FiguresSerializer(serializers.Serializer):
    """`breakdowns` by kind, country and program stand in the whole, not in one of its parts. `figures` is
    everything told of this scope: all groups, crossed groups and the quality of the data.
    """

    release = serializers.UUIDField()
    number = serializers.IntegerField()
    released_at = serializers.DateTimeField()
    period = serializers.CharField()
    as_of = serializers.DateField()
    threshold = serializers.IntegerField()
    small_threshold = serializers.IntegerField()
    rounding = serializers.IntegerField()
    scope = serializers.ChoiceField(ScopeKind.choices)
    scope_key = serializers.CharField(allow_blank=True)
    scope_name = serializers.CharField(allow_blank=True)
    headlines = HeadlineSerializer(many=True)
    funnel = FunnelStepSerializer(many=True)
    breakdowns = serializers.DictField(child=BreakdownRowSerializer(many=True))
    figures = TidyRowSerializer(many=True)


def tidy(row: Row) -> dict[str, Any]:
    names = (
        "scope",
        "scope_key",
        "stage",
        "dimension",
        "group",
        "value",
        "is_kept",
        "numerator",
        "denominator",
    )
    return {
        **{name: getattr(row, name) for name in names},
        "measure": row.measure.value,
        "status": row.status.value,
        "confidentiality": row.confidentiality.value,
        "reason": {Status.SUPPRESSED: HIDDEN, Status.MISSING: TOO_FEW}.get(row.status),
        "interval": list(row.interval) if row.interval else None,
        "response_percent": row.response,
        "needs_care": row.needs_care,
    }


def count(value: int | None) -> dict[str, Any]:
    return {"value": value, "reason": HIDDEN if value is None else None}


def share(found: Share | None) -> dict[str, Any]:
    """The dashboard tells no share where too few answered, nor where a figure is hidden."""
    if found is None or not found.is_shown:
        reason = HIDDEN if found is None else TOO_FEW
        return {"percent": None, "count": None, "answered": None, "reason": reason}
    return {"percent": found.percent, "count": found.count, "answered": found.answered, "reason": None}


def headline(each: Headline) -> dict[str, Any]:
    found, is_shown = each.share, bool(each.share and each.share.is_shown)
    return {
        **share(found),
        "answered": found.answered if found else None,
        "dimension": each.dimension,
        "group": each.label,
        "participants": found.everyone if found else None,
        "response_percent": each.response_percent,
        "interval": list(each.interval) if each.interval and is_shown else None,
        "target": each.target,
        "needs_care": bool(found and is_shown and found.needs_a_warning),
    }


def by_dimension(values: list[Any], shown: Any) -> dict[str, Any]:
    return {dimension.value: shown(value) for dimension, value in zip(TARGET_GROUPS, values, strict=True)}


def table(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "key": row["key"],
            "name": row["name"],
            "steps": {stage: count(value) for stage, value in zip(Stage.values, row["steps"], strict=True)},
            "shares": by_dimension(row["shares"], share),
        }
        for row in rows
    ]
