"""After an erasure: what the databases still keep of deleted rows, in free pages, logs and old index parts.

SQLite overwrites what it deletes (`secure_delete`), but the write-ahead log and FTS5's old segments keep it
until they are merged and cut. PostgreSQL keeps old rows until a table is written anew, and its own log for as
long as it is archived; what lies there of residents' words is ciphertext without its key."""

from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

DATABASES = ("default", "keyring")
KEYRING = "people_personkey"
INDEX = "search_entry"


def purge() -> bool:
    """Write anew and cut off. False: somebody reads, or a transaction is open; it is to be done again."""
    return all(_sqlite(alias) if _is_sqlite(alias) else _postgresql(alias) for alias in DATABASES)


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
    try:
        with connection.cursor() as cursor:
            if alias == "default" and _older_readers(cursor):
                return False
            for statement in _rewriting(connection, alias):
                cursor.execute(statement)
    except OperationalError:  # waited too long for somebody, such as a backup
        return False
    return True


def _older_readers(cursor: CursorWrapper) -> bool:
    """Whether somebody, such as a backup, still reads from before: a vacuum beside them removes nothing, and
    an index made anew waits for them."""
    cursor.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_xmin IS NOT NULL AND pid <> pg_backend_pid() "
        "AND xact_start < now() - interval '2 seconds'"
    )
    return bool(cursor.fetchone()[0])


def _rewriting(connection: BaseDatabaseWrapper, alias: str) -> list[str]:
    """The keyring is small: it is written anew each time. The search index's tokens go with a vacuum and a
    new index; what else lies in old pages is ciphertext, or was public."""
    if alias == "keyring":
        return [f"VACUUM FULL {connection.ops.quote_name(KEYRING)}"]
    return [
        "DROP INDEX IF EXISTS search_words_ccnew",  # what a broken-off one left
        f"VACUUM {connection.ops.quote_name(INDEX)}",
        "REINDEX INDEX CONCURRENTLY search_words",
    ]
