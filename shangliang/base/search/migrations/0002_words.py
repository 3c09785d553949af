"""The index proper: FTS5 with external content on SQLite, GIN on PostgreSQL.

A later migration that alters search_entry must run this again: SQLite drops the triggers of a table it rebuilds.
"""

from typing import Any

from django.db import migrations

from shangliang.base.new_database import BesideTables

OUT = "INSERT INTO search_words(search_words, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
IN = "INSERT INTO search_words(rowid, tokens) VALUES (new.id, new.tokens);"
# External content and not contentless: before 3.43 a contentless row can only be deleted by handing in its old tokens,
# which a newer tokeniser no longer makes. `ascii` takes every character above 127 as a letter, so no Unicode table
# decides about rare names.
SQLITE = [
    "CREATE VIRTUAL TABLE search_words USING fts5(tokens, content='search_entry', content_rowid='id', "
    "detail=none, columnsize=0, tokenize=\"ascii tokenchars '_~='\")",
    "INSERT INTO search_words(search_words) VALUES ('rebuild')",  # entries stand already where one came back
    f"CREATE TRIGGER search_in AFTER INSERT ON search_entry BEGIN {IN} END",
    f"CREATE TRIGGER search_out AFTER DELETE ON search_entry BEGIN {OUT} END",
    f"CREATE TRIGGER search_again AFTER UPDATE OF tokens ON search_entry BEGIN {OUT} {IN} END",
]
SQLITE_BACK = [
    "DROP TRIGGER search_again",
    "DROP TRIGGER search_out",
    "DROP TRIGGER search_in",
    "DROP TABLE search_words",
]


def index(apps: Any, schema: Any) -> None:
    if schema.connection.vendor == "postgresql":
        # Without fastupdate's list of pending rows, which every question would have to read through until a VACUUM.
        schema.execute("CREATE INDEX search_words ON search_entry USING gin (tokens) WITH (fastupdate = off)")
    else:
        for statement in SQLITE:
            schema.execute(statement)


def no_index(apps: Any, schema: Any) -> None:
    if schema.connection.vendor == "postgresql":
        schema.execute("DROP INDEX search_words")
    else:
        for statement in SQLITE_BACK:
            schema.execute(statement)


class Migration(BesideTables):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(index, no_index)]
