"""What stood on a voice when it was merged is kept beside the merging, so that undoing it puts it back. Of
those merged before, nothing is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("voices", "0018_queue_by_state"),
    ]

    operations = [
        migrations.AddField(
            model_name="merging",
            name="proposed_by",
            field=models.CharField(blank=True, max_length=16, verbose_name="并的时候谁写的答复在等复核"),
        ),
        migrations.AddField(
            model_name="merging",
            name="rung",
            field=models.CharField(
                blank=True,
                choices=[("reminded", "已提醒"), ("urged", "已发催办函"), ("listed", "已列入公开超期")],
                max_length=8,
                verbose_name="并的时候催到哪一级",
            ),
        ),
        migrations.AddField(
            model_name="merging",
            name="rung_on",
            field=models.DateField(blank=True, null=True, verbose_name="并的时候是哪天催的"),
        ),
    ]
