"""Whether a fault is an outage: database or disk away, busy or full, and nothing of ours wrong."""

import errno
import sqlite3

from django.db import InterfaceError, InternalError, OperationalError

# What SQLite calls by these goes by by itself. SQLITE_ERROR, a table that is missing, does not.
PASSING = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
READ_ONLY = "25006"  # PostgreSQL's class for a server that only reads is an internal error to Django


def is_outage(fault: BaseException | None) -> bool:
    """Whether to ask for patience (503) rather than to say that something of ours broke (500)."""
    if isinstance(fault, OSError):
        return fault.errno in NO_ROOM
    cause = getattr(fault, "__cause__", None)
    if isinstance(fault, InternalError):
        return getattr(cause, "sqlstate", "") == READ_ONLY
    if not isinstance(fault, OperationalError | InterfaceError):
        return False
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in PASSING
    return True
