"""After an erasure: what the databases still keep of deleted rows, in free pages, logs and old index parts.

SQLite overwrites what it deletes (`secure_delete`), but the write-ahead log and FTS5's old segments keep it
until they are merged and cut. PostgreSQL keeps old rows until a table is written anew, and its own log for as
long as it is archived; what lies there of residents' words is ciphertext without its key."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

DATABASES = ("default", "keyring")
KEYRING = "people_personkey"
INDEX = "search_entry"


def purge() -> bool:
    """Write anew and cut off. False: somebody reads, or a transaction is open; it is to be done again."""
    cut = [_sqlite(alias) if _is_sqlite(alias) else _postgresql(alias) for alias in DATABASES]
    return all(cut)


def _is_sqlite(alias: str) -> bool:
    return connections[alias].vendor == "sqlite"


def _sqlite(alias: str) -> bool:
    connection = connections[alias]
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if alias == "default":
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return not cursor.fetchone()[0]  # 1: busy


def _postgresql(alias: str) -> bool:
    connection = connections[alias]
    if connection.in_atomic_block:
        return False
    for statement in _rewriting(connection, alias):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    return True


def _rewriting(connection: BaseDatabaseWrapper, alias: str) -> list[str]:
    """The keyring is small: it is written anew each time. The search index's tokens go with a vacuum and a
    new index; what else lies in old pages is ciphertext, or was public."""
    if alias == "keyring":
        return [f"VACUUM FULL {connection.ops.quote_name(KEYRING)}"]
    return [f"VACUUM {connection.ops.quote_name(INDEX)}", "REINDEX INDEX CONCURRENTLY search_words"]
