"""By whose sheet the author of a voice came to the door. Of those left before, nothing is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("voices", "0019_merging_keeps_what_stood"),
    ]

    operations = [
        migrations.AddField(
            model_name="voice",
            name="through",
            field=models.CharField(blank=True, max_length=16, verbose_name="通过谁的码"),
        ),
    ]
