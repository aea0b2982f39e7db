"""Rules fixed before there were versions get their first; they broke ties by the time of sending."""

from typing import Any

from django.db import migrations


def keep(apps: Any, schema_editor: Any) -> None:
    rules = apps.get_model("selection", "SelectionRule")
    versions = apps.get_model("selection", "RuleVersion")
    criteria = apps.get_model("reviews", "Criterion")
    rules.objects.update(tie_break="sent_first")
    for rule in rules.objects.exclude(locked_at=None).select_related("intake"):
        of_intake = criteria.objects.filter(rubric__intake=rule.intake_id).order_by("number")
        data = {
            "floor": f"{rule.floor:.3f}",
            "seats": rule.intake.seats,
            "waitlist_size": rule.waitlist_size,
            "tie_break": "sent first",
            "criteria": [
                {"title": each.title.get("en", ""), "weight": f"{each.weight:.2f}", "highest": each.highest}
                for each in of_intake
            ],
        }
        versions.objects.create(
            rule=rule, number=1, data=data, fingerprint=rule.fingerprint, fixed_at=rule.locked_at
        )


class Migration(migrations.Migration):
    dependencies = [
        ("selection", "0003_choosing_and_explaining"),
        ("reviews", "0003_quality_of_reviewing"),
    ]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
