"""What a voice is about (主题), as the office says it: blank for what came before. Where it was said already, and
this was taken back in between, the journal knows."""

from django.db import migrations, models
from django.db.models import Q


def told_again(apps, schema):
    said = {}
    acts = apps.get_model("journal", "Act").objects.filter(name__in=("voice_taken_up", "voice_topic_set"))
    for subject, facts in acts.order_by("id").values_list("subject", "facts").iterator(chunk_size=2000):
        if "topic" in facts or subject in said:
            said[subject] = facts.get("topic", "")
    for voice in apps.get_model("voices", "Voice").objects.only("code").iterator(chunk_size=2000):
        if topic := said.get(f"voice:{voice.code}"):
            type(voice).objects.filter(pk=voice.pk).update(topic=topic)


class Migration(migrations.Migration):
    dependencies = [("voices", "0011_several_departments"), ("journal", "0004_by_studio")]

    operations = [
        migrations.AddField("Voice", "topic", models.CharField("主题", blank=True, max_length=20)),
        migrations.AddIndex(
            "Voice",
            models.Index(
                fields=["committee", "topic", "due_by"], condition=~Q(topic=""), name="voice_by_topic"
            ),
        ),
        migrations.RunPython(told_again, migrations.RunPython.noop),
    ]
