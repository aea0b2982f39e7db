"""A look names its application, and may be about an eligibility finding. Old ones are about a decision each."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_applications(apps: Any, schema_editor: Any) -> None:
    looks, decisions = apps.get_model("selection", "HumanLook"), apps.get_model("selection", "Decision")
    of_decision = decisions.objects.filter(pk=OuterRef("decision")).values("application")
    looks.objects.update(application=Subquery(of_decision))


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0009_declarations_for_targets"),
        ("events", "0001_initial"),
        ("selection", "0004_rules_that_were_fixed_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="humanlook",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="applications.application",
            ),
        ),
        migrations.AddField(
            model_name="humanlook",
            name="finding",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="events.eventrecord",
            ),
        ),
        migrations.AlterField(
            model_name="humanlook",
            name="decision",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="looks",
                to="selection.decision",
            ),
        ),
        migrations.RunPython(name_applications, migrations.RunPython.noop),
    ]
