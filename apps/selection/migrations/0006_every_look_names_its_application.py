"""In a migration of its own: PostgreSQL alters no table with rows that the same transaction wrote."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("selection", "0005_looks_at_eligibility")]

    operations = [
        migrations.AlterField(
            model_name="humanlook",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="applications.application"
            ),
        ),
        migrations.AddConstraint(
            model_name="humanlook",
            constraint=models.UniqueConstraint(fields=("finding",), name="look_once_per_finding"),
        ),
        migrations.AddConstraint(
            model_name="humanlook",
            constraint=models.CheckConstraint(
                condition=Q(decision__isnull=True, finding__isnull=False)
                | Q(decision__isnull=False, finding__isnull=True),
                name="look_at_one_thing",
            ),
        ),
    ]
