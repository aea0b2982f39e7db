"""How a released figure is told: as the dashboard tells it. What is hidden is null, with the reason."""

from typing import Any

from rest_framework import serializers

from apps.inclusion.enums import Dimension, ScopeKind, Stage
from apps.inclusion.rules.shares import Share
from apps.inclusion.selectors import TARGET_GROUPS, Headline

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


class FiguresSerializer(serializers.Serializer):
    """`breakdowns` by kind, country and program stand in the whole, not in one of its parts."""

    release = serializers.UUIDField()
    number = serializers.IntegerField()
    released_at = serializers.DateTimeField()
    as_of = serializers.DateTimeField()
    threshold = serializers.IntegerField()
    scope = serializers.ChoiceField(ScopeKind.choices)
    scope_key = serializers.CharField(allow_blank=True)
    scope_name = serializers.CharField(allow_blank=True)
    headlines = HeadlineSerializer(many=True)
    funnel = FunnelStepSerializer(many=True)
    breakdowns = serializers.DictField(child=BreakdownRowSerializer(many=True))


def count(value: int | None) -> dict[str, Any]:
    return {"value": value, "reason": HIDDEN if value is None else None}


def share(found: Share | None) -> dict[str, Any]:
    """The dashboard tells no share where too few answered, nor where a figure is hidden."""
    if found is None or not found.is_shown:
        reason = HIDDEN if found is None else TOO_FEW
        return {"percent": None, "count": None, "answered": None, "reason": reason}
    percent = round(100 * (found.value or 0))
    return {"percent": percent, "count": found.count, "answered": found.answered, "reason": None}


def headline(each: Headline) -> dict[str, Any]:
    found, is_shown = each.share, bool(each.share and each.share.is_shown)
    return {
        **share(found),
        "answered": found.answered if found else None,
        "dimension": each.dimension,
        "group": each.label,
        "participants": found.everyone if found else None,
        "response_percent": None if each.response_percent is None else round(each.response_percent),
        "interval": [round(end) for end in each.interval] if each.interval and is_shown else None,
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
