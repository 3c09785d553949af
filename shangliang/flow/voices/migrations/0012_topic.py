"""What a voice is about (主题), as the office says it: blank for what came before."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("voices", "0011_several_departments")]

    operations = [
        migrations.AddField("Voice", "topic", models.CharField("主题", blank=True, max_length=20)),
        migrations.AddIndex(
            "Voice",
            models.Index(
                fields=["committee", "topic", "due_by"], condition=~Q(topic=""), name="voice_by_topic"
            ),
        ),
    ]
