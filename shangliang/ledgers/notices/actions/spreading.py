"""From the book to those who want it sent: one row for each act, receiver and channel, once."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Post
from shangliang.base.people.queries import held_on
from shangliang.base.places.models import Committee
from shangliang.base.places.presets import PRESETS
from shangliang.base.search.tokens import asked, grams, term
from shangliang.flow.studios.models import Booking
from shangliang.flow.voices.models import Voice

from .. import things, timing
from ..channels import EMAIL, SMS, WECHAT, named
from ..models import How, Mailbox, Notice, Subscription, Telling, Untold, What, Wish
from ..table import TELLS, Line
from ..who import SITS, seats_at

BATCH = 200  # acts in one transaction
# The first versions of what is agreed to: at the door of more than a result, with a booking of texts.
STEPS_SINCE, TEXTS_SINCE = "2026-11-d", "2026-11-b"


def spread() -> int:
    """Take acts from the worker's list and write down who is to be sent what, and from when on. How many
    acts.

    The rows and the list change in one transaction: a crash between leaves both as they were, and of two
    workers each takes what the other has not locked; the unique key holds whatever happens."""
    total = 0
    while Untold.objects.exists() and (taken := _some()):
        total += taken
    return total


@transaction.atomic
def _some() -> int:
    ids = list(
        Untold.objects.select_for_update(skip_locked=True)
        .order_by("act_id")
        .values_list("act_id", flat=True)[:BATCH]
    )
    if not ids:
        return 0
    young = clock.now() - timing.OLDEST
    acts = {act.id: act for act in Act.objects.filter(id__in=ids, at__gte=young)}
    rows = [*_seated(acts), *_subscribed(acts)]
    Telling.objects.bulk_create(rows, ignore_conflicts=True)
    Untold.objects.filter(act_id__in=ids).delete()
    return len(ids)


def _seated(acts: dict[int, Act]) -> Iterable[Telling]:
    notices = list(Notice.objects.filter(act_id__in=acts).order_by("act_id", "seat"))
    hours = _hours(acts.values())
    sitting = _staff(notices)
    keys = {key for those in sitting.values() for key in those}
    keys |= {n.seat.partition(":")[2] for n in notices if n.seat.startswith("person:")}
    wishes = {wish.person: wish for wish in Wish.objects.filter(person__in=keys)}
    authors = {n.seat.partition(":")[2] for n in notices if n.seat.startswith("author:")}
    boxes = {box.voice: box for box in Mailbox.objects.filter(voice__in=authors, confirmed_at__isnull=False)}
    phones = _phones({n.seat for n in notices}) if named(SMS) else {}

    def row(notice: Notice, receiver: str, channel: str, how: str) -> Telling:
        act = acts[notice.act_id]
        due = timing.due(how, act.at, hours[act.committee])
        return Telling(act_id=act.id, receiver=receiver, channel=channel, committee=act.committee, due_at=due)

    for notice in notices:
        kind, _colon, code = notice.seat.partition(":")
        if kind == "author":
            box = boxes.get(code)
            if box and box.how != How.NEVER:
                yield row(notice, notice.seat, EMAIL, box.how)
        if kind in ("author", "booker"):
            if notice.seat in phones and _rings(acts[notice.act_id], phones[notice.seat]):
                yield row(notice, notice.seat, SMS, How.AT_ONCE)
            continue
        for key in sitting.get(notice.seat, [code] if kind == "person" else []):
            wish = wishes.get(key)
            how = wish.how.get(notice.kind, How.NEVER) if wish else How.NEVER
            if wish is None or how == How.NEVER or key == notice.by:
                continue
            yield row(notice, f"person:{key}", EMAIL, how)
            if wish.wechat and named(WECHAT):
                yield row(notice, f"person:{key}", WECHAT, how)


def _staff(notices: list[Notice]) -> dict[str, list[str]]:
    """Seat → those who sit there now and want something sent; one query."""
    wanted = {notice.seat for notice in notices}
    codes = {seat.partition(":")[2] for seat in wanted}
    posts = Post.objects.filter(
        held_on(clock.today()),
        Q(committee__code__in=codes) | Q(studio__in=codes) | Q(department__in=codes),
        role__in=SITS,
        holder__is_active=True,
        holder__key__in=Wish.objects.values("person"),
    ).values_list("role", "committee__code", "studio", "department", "holder__key")
    found: dict[str, list[str]] = defaultdict(list)
    for *post, key in posts.order_by("pk"):
        for seat in seats_at(*post) & wanted:
            if key not in found[seat]:
                found[seat].append(key)
    return found


def _phones(seats: set[str]) -> dict[str, bool]:
    """The seats of those who left a phone; whether what they agreed to says more than results."""
    codes = {seat.partition(":")[2] for seat in seats if seat.startswith(("author:", "booker:"))}
    found = Voice.objects.filter(code__in=codes, phone__isnull=False, erased_on=None)
    phones = {f"author:{code}": mark >= STEPS_SINCE for code, mark in found.values_list("code", "agreed")}
    booked = Booking.objects.filter(code__in=codes, phone__isnull=False).exclude(
        code_hash__startswith="erased:"
    )
    marks = booked.values_list("code", "agreed")
    return phones | {f"booker:{code}": mark >= TEXTS_SINCE for code, mark in marks}


def _rings(act: Act, agreed: bool) -> bool:
    """Whether a phone is told of this act."""
    line = TELLS[act.name]
    return line.sms or (line.text and agreed and (not line.given or line.given in act.facts))


def _subscribed(acts: dict[int, Act]) -> Iterable[Telling]:
    """To subscribers, of what everybody may see now, and that something is not to be seen any more."""
    open_ = {id_: act for id_, act in acts.items() if _outside(TELLS[act.name])}
    if not open_ or not Subscription.objects.filter(confirmed_at__isnull=False).exists():
        return
    shown, hours = things.public(act.subject for act in open_.values()), _hours(open_.values())
    for act in open_.values():
        for one in _asking(act, shown.get(act.subject)):
            yield Telling(
                act_id=act.id, receiver=f"subscriber:{one.subscriber.code}", channel=EMAIL,
                committee=act.committee,
                due_at=timing.due(one.subscriber.how, act.at, hours[act.committee]),
            )  # fmt: skip


def _outside(line: Line) -> bool:
    return line.public or line.thread or line.gone


def _asking(act: Act, thing: things.Thing | None) -> Iterable[Subscription]:
    """The subscriptions that an act answers, a subscriber once. `thing`: None, nobody may see it now."""
    line = TELLS[act.name]
    if line.gone:
        told = thing is None and _was_shown(act)
        return _confirmed(Q(kind=What.THREAD, what=act.subject)) if told else []
    if thing is None:
        return []
    return _confirmed(_wide(act, thing) if line.public else _itself(act, thing))


def _confirmed(wanted: Q) -> Iterable[Subscription]:
    rows = Subscription.objects.filter(wanted, confirmed_at__isnull=False).select_related("subscriber")
    return {row.subscriber_id: row for row in rows.exclude(subscriber__how=How.NEVER)}.values()


def _was_shown(act: Act) -> bool:
    """Whether everybody could read it until this act."""
    names = ("review_shown", "review_withheld", "review_made_private")
    before = Act.objects.filter(subject=act.subject, name__in=names, id__lt=act.id).order_by("-id")
    return before.values_list("name", flat=True).first() == "review_shown"


def _wide(act: Act, thing: things.Thing) -> Q:
    """The thing itself, its place, its studio, a word in it."""
    wanted = Q(kind=What.PLACE, what__in=thing.path.strip("/").split("/"))
    if thing.studio:
        wanted |= Q(kind=What.STUDIO, what=thing.studio)
    wanted |= _itself(act, thing)
    if TELLS[act.name].fresh and (words := _words_in(thing.text)):
        wanted |= Q(kind=What.WORD, what__in=words)
    return wanted


def _itself(act: Act, thing: things.Thing) -> Q:
    return Q(kind=What.THREAD, what__in=things.asked_as(act.subject, thing))


def _words_in(text: str) -> list[str]:
    """The words subscribed to that stand in a text, found as the search finds them."""
    there = set(map(term, grams(text)))
    words = Subscription.objects.filter(kind=What.WORD, confirmed_at__isnull=False).order_by()
    distinct = words.values_list("what", flat=True).distinct()
    return [word for word in distinct if (parts := asked(word)) and set(parts) <= there]


def _hours(acts: Iterable[Act]) -> dict[str, tuple[str, ...]]:
    """Each committee's office hours."""
    paths = {act.committee for act in acts}
    own = {c.path: tuple(c.set("office_hours")) for c in Committee.objects.filter(path__in=paths)}
    return {path: own.get(path, tuple(PRESETS["office_hours"])) for path in paths}
