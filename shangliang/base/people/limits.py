"""How often somebody may try: counted in a table of its own, where a restart forgets nothing."""

from django.db import connection
from django.utils.crypto import salted_hmac

from .. import clock
from .models import Try

BEGUN = 0  # the second from which windows are counted; a test sets its own, so that none turns under it


def allowed(name: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one try of `who` in a fixed window and say whether it is still within `most`.

    Ask before a form's transaction opens: what is rolled back with it was never counted. No address lies in
    the table, only its keyed digest, until the window has passed."""
    now = int(clock.now().timestamp())
    digest = salted_hmac("limits", who, algorithm="sha256").hexdigest()[:32]
    table = connection.ops.quote_name(Try._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} AS old (name, who, "window", count) VALUES (%s, %s, %s, 1) '  # noqa: S608
            'ON CONFLICT (name, who, "window") DO UPDATE SET count = old.count + 1 RETURNING count',
            [name, digest, now - (now - BEGUN) % seconds + seconds],
        )
        return int(cursor.fetchone()[0]) <= most


def forget_old() -> int:
    """A chore: tries of windows that have passed go. Returns how many."""
    return Try.objects.filter(window__lte=int(clock.now().timestamp())).delete()[0]
