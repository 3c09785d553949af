"""Whether the days to answer stood still in this round for a question to the author. Of the rounds before: no."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("voices", "0020_through_whose_code"),
    ]

    operations = [
        migrations.AddField(
            model_name="voice",
            name="stood",
            field=models.BooleanField(default=False, verbose_name="这一轮停过答复的日子"),
        ),
    ]
