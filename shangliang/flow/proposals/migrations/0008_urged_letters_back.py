"""Going back, a 督办函 about a letter is dropped: the version from before knows only those about a part."""

from django.db import migrations


def back(apps, schema):
    apps.get_model("proposals", "Urging").objects.filter(handling=None).delete()


class Migration(migrations.Migration):
    dependencies = [("proposals", "0007_urged_letters")]
    operations = [migrations.RunPython(migrations.RunPython.noop, back)]
