"""Into the book: with the act, in its own transaction, and anew from the journal."""

from django.db import transaction

from shangliang.base.journal.models import Act

from ..models import Notice, Untold
from ..table import TELLS
from ..who import seats

BATCH = 2000


def post(act: Act) -> None:
    """Book who should know of this act. Called by the journal with every act; posting twice changes nothing.

    The act also goes on the worker's list: what leaves the house leaves after the commit."""
    if act.name not in TELLS:
        return
    Notice.objects.bulk_create(_rows(act), ignore_conflicts=True)
    Untold.objects.bulk_create([Untold(act_id=act.id)], ignore_conflicts=True)


@transaction.atomic
def repost() -> int:
    """Throw the book away and post every act anew; how many notices there are then, the same as before.

    Nothing is sent by it: what was sent stands in tables of its own, and no act goes on the list again."""
    Notice.objects.all().delete()
    waiting: list[Notice] = []
    for act in Act.objects.filter(name__in=TELLS).order_by("id").iterator(BATCH):
        waiting += _rows(act)
        if len(waiting) >= BATCH:
            Notice.objects.bulk_create(waiting, ignore_conflicts=True)
            waiting = []
    Notice.objects.bulk_create(waiting, ignore_conflicts=True)
    return Notice.objects.count()


def _rows(act: Act) -> list[Notice]:
    kind = TELLS[act.name].kind
    return [
        Notice(
            act_id=act.id, act_at=act.at, act=act.name, subject=act.subject, seat=seat, kind=kind, by=act.by
        )
        for seat in seats(act)
    ]
