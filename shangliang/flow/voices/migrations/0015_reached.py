"""How high a voice was ever sent, and whether it was passed to a level below: what was sent up so far reached the
level above, no further."""

from django.db import migrations, models


def as_high_as_it_lies(apps, schema):
    voices = apps.get_model("voices", "Voice").objects
    for upper, path in voices.exclude(upper=None).order_by().values_list("upper", "upper__path").distinct():
        voices.filter(upper=upper).update(reached=path)


class Migration(migrations.Migration):
    dependencies = [("voices", "0014_named_by_holder")]

    operations = [
        migrations.AddField(
            "Voice", "reached", models.CharField("最高报到过哪一级", blank=True, max_length=40, default="")
        ),
        migrations.AlterField(
            "Voice", "reached", models.CharField("最高报到过哪一级", blank=True, max_length=40)
        ),
        migrations.AddField("Voice", "lower", models.BooleanField("交给了下级", default=False)),
        migrations.RunPython(as_high_as_it_lies, migrations.RunPython.noop),
    ]
