"""On PostgreSQL a tally's path is compared byte by byte ("C"), so that "this committee and all below it" is one
range of the index whatever the database's language is. SQLite compares so by itself."""

from django.db import migrations

from shangliang.base.new_database import BesideTables


def by_bytes(apps, schema):
    if schema.connection.vendor == "postgresql":
        schema.execute('ALTER TABLE figures_tally ALTER COLUMN path TYPE varchar(40) COLLATE "C"')


class Migration(BesideTables):
    dependencies = [("figures", "0001_initial")]
    operations = [migrations.RunPython(by_bytes, migrations.RunPython.noop)]
