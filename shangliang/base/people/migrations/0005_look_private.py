from django.db import migrations, models

import shangliang.base.journal.codes
from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import Private


def lock_up(apps, schema):
    """Each look learns whose contact it was, and its reason goes under that person's key. Voices are asked
    past their models: a new database makes theirs later, and has no looks."""
    people = {}
    with schema.connection.cursor() as cursor:
        if "voices_voice" in schema.connection.introspection.table_names(cursor):
            cursor.execute("SELECT code, person FROM voices_voice")
            people = {f"voice:{code}": person for code, person in cursor.fetchall()}
    for row in apps.get_model("people", "Look").objects.iterator():
        row.code, row.person = shangliang.base.journal.codes.public_id(), people.get(row.subject, "")
        row._key = keyring.new(row.person)
        row.reason = row.clear_reason
        row.save()


def lay_open(apps, schema):
    for row in apps.get_model("people", "Look").objects.iterator():
        row._key = keyring.keys([row.person]).get(row.person)
        row.clear_reason = str(row.reason)
        row.save(update_fields=["clear_reason"])


class Migration(migrations.Migration):
    dependencies = [("people", "0004_erasure")]

    operations = [
        migrations.RenameField("Look", "reason", "clear_reason"),
        migrations.AlterField("Look", "clear_reason", models.CharField(default="", max_length=200)),
        migrations.AddField("Look", "code", models.CharField(default="", max_length=12, editable=False)),
        migrations.AddField("Look", "person", models.CharField("谁的", default="", max_length=16)),
        migrations.AddField("Look", "reason", Private("为什么", null=True)),
        migrations.RunPython(lock_up, lay_open),
        migrations.RemoveField("Look", "clear_reason"),
        migrations.AlterField("Look", "person", models.CharField("谁的", max_length=16)),
        migrations.AlterField(
            "Look",
            "code",
            models.CharField(
                default=shangliang.base.journal.codes.public_id, editable=False, max_length=12, unique=True
            ),
        ),
    ]
