from django.db import migrations, models

from shangliang.base.journal import guards


class Migration(migrations.Migration):
    """Acts that stand already keep an empty salt: their leaves were hashed without one."""

    dependencies = [("journal", "0002_guards")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, guards.stand),
        migrations.AddField("act", "salt", models.CharField("盐", max_length=22, blank=True, default="")),
        migrations.RunPython(guards.stand, guards.step_aside),
    ]
