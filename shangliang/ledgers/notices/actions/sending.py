"""Letters leave: put together, claimed, handed over, written down. ADR 0028 says what holds after a crash."""

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q
from django.utils import translation

from shangliang.base import clock

from .. import letters, timing
from ..channels import Channel, NotTaken, Parcel, Refused, mask, named
from ..models import Letter, LetterState, Telling
from .spreading import spread

MOST = 200  # letters in one round
log = logging.getLogger(__name__)


def deliver() -> int:
    """One round of the worker: spread, put letters together, send those that are due. How many were sent."""
    spread()
    put_together()
    take_back()
    return sum(_send(letter) for letter in _due())


@transaction.atomic
def put_together() -> int:
    """What is due goes into letters, one for each receiver and channel. How many letters.

    Of two workers one waits or takes other rows: a telling that has a letter gets no second one."""
    rows = Telling.objects.select_for_update(skip_locked=True).filter(
        letter=None, due_at__lte=clock.now()
    ).order_by("act_id")[:2000]  # fmt: skip
    piles: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for row in rows:
        piles[row.receiver, row.channel].append(row)
    for (receiver, channel), pile in piles.items():
        letter = Letter.objects.create(
            receiver=receiver, channel=channel, committee=pile[-1].committee, next_at=clock.now(),
            items=len(pile), made_at=clock.now(),
        )  # fmt: skip
        Telling.objects.filter(pk__in=[row.pk for row in pile], letter=None).update(letter=letter)
    return len(piles)


def take_back() -> None:
    """Letters handed over so long ago that whoever did it is gone: sent again where that is better than
    never, left as unsure where it is not."""
    lost = Letter.objects.filter(
        state=LetterState.HANDED, handed_at__lt=clock.now() - timing.LEASE
    ).select_for_update(skip_locked=True)
    with transaction.atomic():
        for letter in lost:
            channel = named(letter.channel)
            if channel and channel.again:
                _later_or_never(letter, "lost")
            else:
                _end(letter, LetterState.UNSURE, fault="lost")


def _due() -> Iterable[Letter]:
    """What waits and may go now: at night and on rest days only what its receiver asked for a moment ago."""
    rows = Letter.objects.filter(state=LetterState.WAITING, next_at__lte=clock.now())
    if not clock.at_work(timing.OFFICE):
        rows = rows.filter(purpose=Letter.Purpose.CONFIRM)
    return list(rows.order_by("next_at", "pk")[:MOST])


def _send(letter: Letter) -> bool:
    """Claim, hand over, write down. Between the first and the last stands the world: see `Channel.again`."""
    channel = named(letter.channel)
    if channel is None:
        _end(letter, LetterState.EMPTY, fault="off")
        return False
    if not _claim(letter):
        return False  # another worker has it
    with translation.override("zh-hans"):
        parcel = letters.parcel(letter)
    if parcel is None:
        _end(letter, LetterState.EMPTY)
        return False
    return _handed(channel, parcel)


def _claim(letter: Letter) -> bool:
    """In one statement, committed before anything leaves: one worker only."""
    now = clock.now()
    claimed = Letter.objects.filter(pk=letter.pk, state=LetterState.WAITING, next_at=letter.next_at).update(
        state=LetterState.HANDED, handed_at=now, tries=F("tries") + 1
    )
    letter.refresh_from_db()
    return bool(claimed)


def _handed(channel: Channel, parcel: Parcel) -> bool:
    letter = parcel.letter
    letter.mask = mask(letter.channel, parcel.to)
    try:
        channel.send(parcel)
    except NotTaken as fault:
        _later_or_never(letter, str(fault))
    except Refused as fault:
        _end(letter, LetterState.FAILED, fault=str(fault))
    except Exception:  # nobody knows whether it left
        log.warning("A letter may or may not have left by %s.", letter.channel, exc_info=True)
        if channel.again:
            _later_or_never(letter, "unknown")
        else:
            _end(letter, LetterState.UNSURE, fault="unknown")
    else:
        _end(letter, LetterState.SENT)
        return True
    return False


def _later_or_never(letter: Letter, fault: str) -> None:
    when = timing.again(letter.tries)
    if when is None:
        _end(letter, LetterState.FAILED, fault=fault)
        return
    if letter.purpose == Letter.Purpose.NEWS:
        when = clock.next_at_work(timing.OFFICE, when)
    Letter.objects.filter(Q(state=LetterState.HANDED), pk=letter.pk).update(
        state=LetterState.WAITING, next_at=when, fault=fault[:60], mask=letter.mask
    )


def _end(letter: Letter, state: str, fault: str = "") -> None:
    Letter.objects.filter(pk=letter.pk, state__in=[LetterState.WAITING, LetterState.HANDED]).update(
        state=state, ended_at=clock.now(), fault=fault[:60], mask=letter.mask
    )
