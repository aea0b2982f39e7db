"""Consents get a status and the text they were given in; what was given before keeps its words."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

PURPOSES = [
    ("application", "Handling the application"),
    ("sharing", "Sharing with the funder's partner"),
    ("contact", "Telling about other programs"),
    ("reserve", "Being considered for a reserved place"),
    ("story", "Publishing a story or a photo"),
    ("support", "Arranging support"),
    ("monitoring", "Counting who takes part"),
    ("guardian", "A guardian's consent"),
]
STATUSES = [
    ("asked", "Asked, not answered yet"),
    ("given", "Allowed"),
    ("declined", "Not allowed"),
    ("withdrawn", "Taken back"),
    ("superseded", "Over: the wording changed"),
]


def keep_earlier_consents(apps, schema_editor):
    """Version 0 is the wording of the pages before there were texts; rows keep when and in which language."""
    Consent = apps.get_model("people", "Consent")
    ConsentText = apps.get_model("people", "ConsentText")
    known = Consent.objects.order_by().values_list("purpose", "wording", "language").distinct()
    for number, (purpose, wording, language) in enumerate(sorted(known)):
        text, _is_new = ConsentText.objects.get_or_create(
            purpose=purpose,
            country=None,
            language=language,
            version=0,
            defaults={"title": wording[:200], "text": f"The words of the page, known as {wording}."},
        )
        rows = Consent.objects.filter(purpose=purpose, wording=wording, language=language)
        rows.update(text=text, answered_at=F("given_at"), ended_at=F("withdrawn_at"))
        rows.filter(withdrawn_at=None).update(status="given")
        rows.exclude(withdrawn_at=None).update(status="withdrawn")


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0001_initial"),
        ("places", "0003_guardian_age"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="consent", name="consent_once_while_given"),
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("purpose", models.CharField(choices=PURPOSES, max_length=20)),
                ("language", models.CharField(default="en", max_length=10)),
                ("version", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("is_machine_draft", models.BooleanField(default=False)),
                (
                    "country",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.country",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("purpose", "country", "language", "version"),
                        name="consent_text_once_per_version",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("sealed", models.BinaryField()),
                ("key_id", models.CharField(max_length=16)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddField(
            model_name="consent",
            name="status",
            field=models.CharField(choices=STATUSES, default="asked", max_length=12),
        ),
        migrations.AddField(
            model_name="consent",
            name="how",
            field=models.CharField(
                choices=[("page", "On a page, by the person"), ("paper", "On paper")],
                default="page",
                max_length=10,
            ),
        ),
        migrations.AddField(model_name="consent", name="answered_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="consent", name="ended_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="consent",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="text",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.consenttext",
            ),
        ),
        migrations.RunPython(keep_earlier_consents, migrations.RunPython.noop),
        # Rows were just written: their deferred checks run now, as a table with some cannot be altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.AlterField(
            model_name="consent",
            name="text",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.consenttext"
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(choices=PURPOSES, max_length=20),
        ),
        migrations.RemoveField(model_name="consent", name="wording"),
        migrations.RemoveField(model_name="consent", name="language"),
        migrations.RemoveField(model_name="consent", name="given_at"),
        migrations.RemoveField(model_name="consent", name="withdrawn_at"),
        migrations.AddIndex(
            model_name="consent", index=models.Index(fields=["person", "-id"], name="consent_by_person")
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=Q(("status__in", ["asked", "given"])),
                fields=("person", "purpose"),
                name="consent_once_while_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("status__in", ["given", "declined", "withdrawn"]), _negated=True),
                    ("answered_at__isnull", False),
                    _connector="OR",
                ),
                name="consent_answered_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("status__in", ["withdrawn", "superseded"]), _negated=True),
                    ("ended_at__isnull", False),
                    _connector="OR",
                ),
                name="consent_ended_has_its_moment",
            ),
        ),
    ]
