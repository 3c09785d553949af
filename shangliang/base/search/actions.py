"""Keep the index in step, in the transaction of the change."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction

from . import index, kinds
from .models import Entry
from .tokens import grams, initials, keyed, scope_tokens

BATCH = 500
PAGES = 200  # of the index that are merged in one transaction: some milliseconds


def put(kind: str, item: int, text: str, path: str, private: bool = False) -> None:
    """Index a thing, or index it anew in its old place. `private` unless the public may read the text."""
    _keep([_entry(kind, kinds.Row(item, text, path, private))])


def drop(kind: str, item: int) -> None:
    """Take a thing out of the index."""
    Entry.objects.filter(kind=kind, item=item).delete()


@transaction.atomic
def rebuild(kind: str, rows: Iterable[kinds.Row | tuple[int, str, str]] | None = None) -> int:
    """Index all of a kind from nothing, from `rows` or as its package registered it; how many it was."""
    if rows is None:
        if (known := kinds.of(kind)) is None:
            raise LookupError(f"No package has registered the kind {kind!r} with search.kinds.register().")
        rows = known.rows()
    Entry.objects.filter(kind=kind).delete()
    entries, total = (_entry(kind, kinds.Row(*row)) for row in rows), 0
    while batch := list(islice(entries, BATCH)):
        _keep(batch)
        total += len(batch)
    return total


def tidy() -> None:
    """Put the index's pieces together, a little at a time so that nobody who writes waits; every night. Each
    change leaves a piece of its own: among 100,000 voices a question took five times as long before."""
    more = index.merge(-PAGES)
    while more:
        more = index.merge(PAGES)


def _entry(kind: str, row: kinds.Row) -> Entry:
    tokens, known = grams(row.text), kinds.of(kind)
    if row.private:
        tokens = list(map(keyed, tokens))
    elif known and known.names:
        tokens += initials(row.text)
    return Entry(kind=kind, item=row.item, tokens=[*tokens, *scope_tokens(kind, row.path)])


def _keep(entries: list[Entry]) -> None:
    Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["kind", "item"], update_fields=["tokens"]
    )
