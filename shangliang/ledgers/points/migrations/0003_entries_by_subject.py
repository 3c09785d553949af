"""Entries are found by what they are about: who puts a record right asks for what it brought."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("points", "0002_objections_closings_choices")]
    operations = [
        migrations.AddIndex("entry", models.Index(fields=["subject", "act_id"], name="entry_subject"))
    ]
