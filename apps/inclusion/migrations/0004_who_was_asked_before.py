"""What the readings and the askings of before look like in the new columns."""

from django.db import migrations


def tell_instruments(apps, schema_editor):
    """Until now the name held the version, and who answered was taken for granted: nobody had been asked."""
    profiles = apps.get_model("inclusion", "InclusionProfile").objects.exclude(mode="import")
    profiles.filter(instrument="wg-ss-2022").update(instrument="wg-ss", instrument_version="2022")
    profiles.update(answered_by="")


def tell_who_was_asked(apps, schema_editor):
    """Everyone who sent an application from their own account saw the page that offers the questions."""
    asking = apps.get_model("inclusion", "Asking")
    sent = apps.get_model("applications", "Application").objects.filter(
        submitted_at__isnull=False, person__user__isnull=False, is_assisted=False
    )
    rows = sent.order_by("submitted_at").values_list("person_id", "intake_id", "submitted_at")
    asking.objects.bulk_create(
        [
            asking(person_id=person, intake_id=intake, occasion="after_sending", asked_at=at)
            for person, intake, at in rows.iterator(2000)
        ],
        batch_size=2000,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inclusion", "0003_profiles_per_occasion_and_askings"),
        ("applications", "0009_declarations_for_targets"),
    ]
    operations = [
        migrations.RunPython(tell_instruments, migrations.RunPython.noop),
        migrations.RunPython(tell_who_was_asked, migrations.RunPython.noop),
    ]
