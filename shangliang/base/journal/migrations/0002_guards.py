from django.db import migrations

from shangliang.base.journal import guards
from shangliang.base.new_database import BesideTables


class Migration(BesideTables):
    """Append-only from the first day on; each later migration of the journal ends the same way."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(guards.stand, guards.step_aside)]
