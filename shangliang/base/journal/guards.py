"""Append-only, kept by the database itself: acts, seals, nodes and flows refuse UPDATE, DELETE and TRUNCATE.

Altering a column makes SQLite rebuild the table, and its triggers are gone without a word. So every migration
of this package ends with `RunPython(guards.stand, guards.step_aside)`; a test looks for them at the end.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GUARDED = ("journal_act", "journal_seal", "journal_node", "journal_flow")
PATHS = ("journal_act", "journal_counter")  # their column `committee` is searched by prefix

REFUSE = """
CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '55000'; END $$
"""


def expected(vendor: str) -> set[str]:
    """The triggers that must stand on this kind of database."""
    ends = ("no_update", "no_delete") if vendor == "sqlite" else ("no_change", "no_truncate")
    return {f"{table}_{end}" for table in GUARDED for end in ends}


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """The triggers that do stand, and are switched on."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        return {name for (name,) in cursor.fetchall() if name.startswith("journal_")}


def stand(apps: Any, schema: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers, and on PostgreSQL the collation of paths; may be called again at any time."""
    step_aside(apps, schema)
    if schema.connection.vendor == "sqlite":
        for table in GUARDED:
            for verb in ("UPDATE", "DELETE"):
                schema.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    schema.execute(REFUSE, params=None)
    for table in GUARDED:
        schema.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
        )
        schema.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
        )
    collate(schema)


def step_aside(apps: Any, schema: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away, for going back or for a migration that must touch rows."""
    for table in GUARDED:
        for name in sorted(n for n in expected(schema.connection.vendor) if n.startswith(f"{table}_")):
            where = "" if schema.connection.vendor == "sqlite" else f" ON {table}"
            schema.execute(f"DROP TRIGGER IF EXISTS {name}{where}")


def collate(schema: BaseDatabaseSchemaEditor) -> None:
    """Give paths the collation "C", so that "mine and below" is a range of the index."""
    with schema.connection.cursor() as cursor:
        for table in PATHS:
            cursor.execute(
                "SELECT collation_name, character_maximum_length FROM information_schema.columns "
                "WHERE table_schema = current_schema() AND table_name = %s AND column_name = 'committee'",
                [table],
            )
            collation, length = cursor.fetchone()
            if collation != "C":
                cursor.execute(
                    f'ALTER TABLE {table} ALTER COLUMN committee TYPE varchar({length}) COLLATE "C"'
                )
