"""What is asked of notices: one's own list, what was not read yet, what did not arrive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal import queries as journal
from shangliang.base.journal.acts import declared
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person, Role
from shangliang.base.people.personal import keyring
from shangliang.base.places.models import Committee
from shangliang.base.prepared import Prepared
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import queries as voices

from . import tokens
from .models import (
    Letter,
    LetterState,
    Looked,
    Mailbox,
    Notice,
    Recorded,
    Subscriber,
    Subscription,
    What,
    Wish,
)
from .table import KINDS
from .things import Thing, public, seen
from .who import seats_of

DAYS = 30  # what is older is no news
PAGE = 30
BAD = (LetterState.FAILED, LetterState.UNSURE)


@dataclass(frozen=True)
class Line:
    """A notice as its reader sees it. `thing` None: they may not see it any more, so only that it was."""

    act_id: int
    at: datetime
    what: str
    kind: str
    thing: Thing | None
    new: bool


def of(actor: Actor, *, kind: str = "") -> QuerySet[Notice]:
    """The notices of somebody's seats, newest first, without what they did themselves."""
    since = clock.now() - timedelta(days=DAYS)
    rows = Notice.objects.filter(seat__in=seats_of(actor), act_at__gte=since).exclude(by=actor.key)
    return (rows.filter(kind=kind) if kind else rows).order_by("-act_id")


def unread(actor: Actor) -> QuerySet[Any]:
    """The acts after the one that was read last, each once though it may be booked to several seats."""
    upto = Looked.objects.filter(reader=f"person:{actor.key}").values("upto")
    return of(actor).filter(act_id__gt=Coalesce(upto, 0)).order_by().values_list("act_id").distinct()


def page(actor: Actor, *, kind: str = "", before: int = 0) -> tuple[list[Line], int]:
    """A page of the list and the mark of the next one (0: none). Three queries, and one for each kind of
    thing on the page."""
    rows = of(actor, kind=kind)
    if before:
        rows = rows.filter(act_id__lt=before)
    found: dict[int, Notice] = {}
    read = list(rows[: PAGE * 3 + 1])  # one act may stand there for several of one's seats
    for row in read:
        found.setdefault(row.act_id, row)
    shown = list(found.values())[:PAGE]
    upto, things = read_upto(f"person:{actor.key}"), seen((row.subject for row in shown), actor)
    more = shown[-1].act_id if len(found) > PAGE or len(read) > PAGE * 3 else 0
    return [_line(row, things.get(row.subject), upto) for row in shown], more


def _line(row: Notice, thing: Thing | None, upto: int) -> Line:
    what = str(declared()[row.act].words)
    return Line(row.act_id, row.act_at, what, str(KINDS[row.kind]), thing, row.act_id > upto)


def read_upto(reader: str) -> int:
    return Looked.objects.filter(reader=reader).values_list("upto", flat=True).first() or 0


def newest(threads: Iterable[str]) -> int:
    """The last act on these threads, or of an activity that is held because of what was said there."""
    on = journal.acts(threads)
    held = on.filter(name="voice_taken_into_activity").values_list("facts", flat=True)
    of_them = journal.acts_about(facts["into"] for facts in held)
    last = (rows.order_by("-id").values_list("id", flat=True).first() for rows in (on, of_them))
    return max(filter(None, last), default=0)


def wish(actor: Actor) -> Wish:
    return Wish.objects.filter(person=actor.key).first() or Wish(person=actor.key)


def mailbox(voice: str) -> Mailbox | None:
    """The address that the author of a voice (its code) left."""
    return next(iter(_mailbox(voice=voice)), None)


@Prepared
def _mailbox(*, voice: str) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(voice=voice)


# ── What did not arrive ──
def letters(actor: Actor, *, bad: bool) -> QuerySet[Letter]:
    """What went out: all of it to the operator, to officers what did not arrive of their committee. To whom
    only masked. Unseen for everybody else."""
    rows = Letter.objects.order_by("-made_at", "-pk")
    if actor.holds(Role.OPERATOR):
        return rows.filter(state__in=BAD) if bad else rows
    if paths := actor.paths(Role.OFFICER):
        return rows.filter(state__in=BAD, committee__in=paths)
    raise Unseen("letters")


def recorded(actor: Actor) -> QuerySet[Recorded]:
    """What would have left by channels that only record: the operator's."""
    rows = Recorded.objects.order_by("-at", "-pk")
    return rows if actor.holds(Role.OPERATOR) else rows.none()


# ── Subscriptions ──
@dataclass(frozen=True)
class Asked:
    """Something that can be subscribed to, in words, and where it is read."""

    kind: str
    what: str
    words: str
    address: str = ""


def asked(kind: str, what: str) -> Asked:
    """What is asked for. Unseen where there is no such thing for everybody to see."""
    if kind == What.WORD and what.strip():
        return Asked(kind, what.strip()[:20], _("有「%(word)s」的") % {"word": what.strip()[:20]})
    if kind == What.PLACE:
        place = Committee.objects.filter(code=what, valid_until=None).first()
        if place:
            return Asked(kind, what, _("%(place)s的公开消息") % {"place": place.name})
    if kind == What.STUDIO:
        room = studios.public().filter(code=what).first()
        if room:
            return Asked(kind, what, _("%(studio)s的公开消息") % {"studio": room.name})
    if kind == What.THREAD:
        return _thread(what)
    raise Unseen(what)


def _thread(what: str) -> Asked:
    """A public thing by its subject ("voice:…", "consultation:…")."""
    found = public([what]).get(what)
    if found is None or not found.thread:
        raise Unseen(what)
    return Asked(What.THREAD, what, _("「%(title)s」的进展") % {"title": found.title}, found.address)


def subscriber(token: str) -> Subscriber:
    """Whose list a mail's link opens. Unseen for none."""
    receiver = tokens.owned(token)
    found = Subscriber.objects.filter(code=receiver.removeprefix("subscriber:")).first()
    if not receiver.startswith("subscriber:") or found is None:
        raise Unseen("subscriber")
    return found


def subscriptions(of_: Subscriber) -> list[tuple[Subscription, str]]:
    """The confirmed ones with their words; what is not to be seen any more says so."""
    rows = of_.subscriptions.filter(confirmed_at__isnull=False).order_by("pk")
    return [(row, in_words(row)) for row in rows]


def in_words(row: Subscription) -> str:
    try:
        return asked(row.kind, row.what).words
    except Unseen:
        return _("一件已经看不到的事")


def pending(token: str) -> tuple[str, Any]:
    """What a confirmation link confirms: its words and the row. Unseen where it is none, too old, or gone."""
    said = tokens.confirmed(token)
    kind, _colon, code = said.partition(":")
    if kind == "subscription":
        row = Subscription.objects.select_related("subscriber").filter(code=code).first()
        if row:
            return in_words(row), row
    if kind == "mailbox":
        box = Mailbox.objects.filter(code=code).first()
        if box:
            number = voices.by_codes([box.voice])[box.voice].number
            return _("您的留言 %(number)s 的进展") % {"number": number}, box
    raise Unseen("confirm")


def by_address(email: str) -> Subscriber | None:
    return Subscriber.objects.filter(email_blind=blind(email)).first()


def blind(email: str) -> str:
    """The keyed digest by which an address is found again: the same however its letters are written."""
    return keyring.blind("notices.email", email.strip().casefold())


# ── For whoever keeps the time ──
def unconfirmed(before: datetime) -> QuerySet[Subscription]:
    return Subscription.objects.filter(confirmed_at=None, asked_at__lt=before)


def old_letters(before: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(made_at__lt=before, ended_at__isnull=False)


def old_records(before: datetime) -> QuerySet[Recorded]:
    return Recorded.objects.filter(at__lt=before)


def mailboxes_over(before: datetime) -> QuerySet[Mailbox]:
    """Addresses of authors whose matter was over before then, and those never confirmed for two days."""
    stale = clock.now() - timedelta(hours=tokens.HOURS)
    over = voices.over_since(before).values("code")
    return Mailbox.objects.filter(Q(confirmed_at=None, asked_at__lt=stale) | Q(voice__in=over))


def own(person: str) -> dict[str, Iterable[Any]]:
    """Model → the rows of a pseudonym, for the copy that its holder takes."""
    return {
        "notices.Mailbox": Mailbox.objects.filter(person=person),
        "notices.Subscriber": Subscriber.objects.filter(person=person),
    }


def operates(actor: Actor) -> bool:
    return actor.holds(Role.OPERATOR)


def reads_outbox(actor: Actor) -> bool:
    """Whether a page offers the list of what did not arrive."""
    return actor.holds(Role.OPERATOR, Role.OFFICER)


def still_there(token: str) -> bool:
    """Whether a subscriber's link still opens a list."""
    code = tokens.owned(token).removeprefix("subscriber:")
    return Subscriber.objects.filter(code=code).exists()


def still_sent(token: str) -> bool:
    """Whether anything is sent to the receiver of a mail's link."""
    kind, _colon, code = tokens.owned(token).partition(":")
    if kind == "subscriber":
        return Subscription.objects.filter(subscriber__code=code).exists()
    if kind == "author":
        return Mailbox.objects.filter(voice=code).exists()
    found = Wish.objects.filter(person=code).first()
    return bool(found and set(found.how.values()) - {"never"})


def address_of(actor: Actor) -> str:
    """The work address of somebody's account, to which mails go; empty where there is none."""
    return Person.objects.filter(key=actor.key).values_list("email", flat=True).first() or ""
