"""Going back, what was taken back can't stand beside what was written down anew: the code from before counts
every row. The journal still tells of it."""

from django.db import migrations


def back(apps, schema):
    apps.get_model("research", "Outcome").objects.filter(taken_back_at__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [("research", "0003_outcomes_taken_back")]
    operations = [migrations.RunPython(migrations.RunPython.noop, back)]
