"""Going back, who was struck stands as absent: the code from before knows no other word for it."""

from django.db import migrations


def back(apps, schema):
    apps.get_model("activities", "Participation").objects.filter(state="struck").update(state="absent")


class Migration(migrations.Migration):
    dependencies = [("activities", "0004_struck_and_added")]
    operations = [migrations.RunPython(migrations.RunPython.noop, back)]
