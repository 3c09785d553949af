"""What the desk lists: the queue by clock under its tabs, narrowed by studio, kind, channel or words."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock, search
from shangliang.base.clock.words import Nearing, nearing
from shangliang.base.journal.pages import counted_until_an_act, lengths_until_an_act
from shangliang.base.people.actor import Actor
from shangliang.base.prepared import Prepared
from shangliang.base.ui.counts import said
from shangliang.base.ui.environment import url
from shangliang.flow.voices import queries
from shangliang.flow.voices.deadlines import standing, stands_still
from shangliang.flow.voices.models import Answerer, Channel, Kind, State, Voice
from shangliang.flow.voices.office.pane import stands
from shangliang.flow.voices.queries import desk

from . import narrow
from .rail import STAFF

SIZE = 20
ELSEWHERE = "elsewhere"  # what came to this committee from another and left it again; no part of "all"
TABS: tuple[tuple[str, Any], ...] = (
    ("received", _("待受理")),
    ("in_hand", _("在办")),
    ("passed_on", _("已分办")),
    ("late", _("超期")),
    ("answered", _("已答复待评价")),
    ("refused", _("未受理")),
    ("all", _("全部")),
    (ELSEWHERE, _("经过这里的")),
)
STATES = {  # where all of a tab is; elsewhere anywhere
    "received": ["received"],
    "in_hand": ["taken_up", "sent_up"],
    "passed_on": ["assigned", "in_consultation", "sent_up"],
    "answered": ["answered"],
    "refused": ["refused"],
}
# What a line of the list shows: a voice is wide, and most of the time of a list goes into building its query.
SHOWN = (
    "code", "words", "person", "number", "place", "kind", "topic", "channel", "state", "due_by",
    "provisional", "accept_by", "answer_by", "waits_until", "rung", "studio__name", "department__name",
    "awaits__name", "upper__name", "lower", "answered_by",
)  # fmt: skip
BESIDE = ("studio", "department", "awaits", "upper")
KEPT = ("tab", "studio", "kind", "channel", "q", "topic", "state", "town", "turn", "due", "keeper", "taken")
MORE = ("topic", "state", "town", "turn", "due", "keeper", "taken")  # what the page of filters asks beside
HANDED = "handed"
MOST_FIRST = 10  # of what colleagues handed over, so many stand first


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see, as the address says it."""

    tab: str = "received"
    studio: str = ""
    kind: str = ""
    channel: str = ""
    q: str = ""
    after: str = ""
    topic: str = ""
    state: str = ""
    town: str = ""
    turn: str = ""
    due: str = ""
    keeper: str = ""
    taken: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        said = {name: query.get(name, "").strip()[:60] for name in (*KEPT, "after")}
        if said["tab"] not in dict(TABS):
            narrow_ = any(said[name] for name in ("q", *MORE))
            said["tab"] = "all" if narrow_ else "received"
        return cls(**said)

    @property
    def held(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in KEPT if getattr(self, name)}

    @property
    def label(self) -> str:
        return str(dict(TABS)[self.tab])

    @property
    def narrow(self) -> bool:
        """Whether it asks for less than a tab's whole list."""
        return bool(self.held.keys() - {"tab"})

    def query(self, **other: str) -> str:
        """The part of an address after the question mark, with some of it changed."""
        held = {name: getattr(self, name) for name in KEPT} | other
        return urlencode({name: value for name, value in held.items() if value})

    @property
    def address(self) -> str:
        return f"{url('desk:queue')}?{self.query()}"


# What colleagues handed to them and still waits: it stands before everything else of the plain list, and not
# once more on its later pages.
FIRST = Asked(tab="all", keeper="handed", due="running")


@dataclass(frozen=True)
class Row:
    """A line of the queue: by when, or how it stands where no clock runs; `who`: where it lies."""

    voice: Voice
    href: str
    due: Nearing | None
    stands: str
    who: str
    handed: bool = False


@dataclass(frozen=True)
class Queue:
    asked: Asked
    rows: list[Row]
    tabs: list[tuple[str, Any, str, bool]]
    more: str
    studios: list[tuple[str, str]]
    saved: list[tuple[str, Any, str, bool]] = field(default_factory=list)
    more_asked: int = 0
    many: str = ""
    kinds: list[tuple[str, Any]] = field(default_factory=lambda: list(Kind.choices))
    channels: list[tuple[str, Any]] = field(default_factory=lambda: list(Channel.choices))


def queue(actor: Actor, asked: Asked, studios: list[tuple[str, str]]) -> Queue:
    """A page of the queue. Seven queries at most, however long the list is."""
    listed, saved = asked.query(), list(desk.saved_filters(actor))
    asks = [(row, Asked.of(QueryDict(row.query))) for row in saved]
    counts = lengths_until_an_act(
        "tabs",
        actor.key,
        actor.posts,
        tuple(row.query for row in saved),
        lists=lambda: (
            {name: _listed(actor, name) for name, _label in TABS}
            | {HANDED: chosen(actor, FIRST)}
            | {f"?{row.query}": chosen(actor, kept) for row, kept in asks if not kept.q}
        ),
    )
    plain = asked.tab == "received" and not asked.narrow
    first = _first(actor, clock.today()) if plain and counts[HANDED] else []
    if asked.q or asked.after:
        narrowed = chosen(actor, asked)
        rest = narrowed.exclude(pk__in=[voice.pk for voice in first]) if first else narrowed
        voices, following = _found(actor, rest, asked) if asked.q else _page(rest, asked.after)
    else:
        begins = _beginning(actor, asked, MOST_FIRST if first else 0, clock.today())
        voices, following = _cut([voice for voice in begins if voice not in first])
    return Queue(
        asked=asked,
        rows=[
            *(replace(_row(voice, listed), handed=True) for voice in first if not asked.after),
            *(_row(voice, listed) for voice in voices),
        ],
        tabs=[
            (f"{url('desk:queue')}?{asked.query(tab=name)}", label, said(counts[name]), name == asked.tab)
            for name, label in TABS
            if name != ELSEWHERE or name == asked.tab or counts[name]
        ],
        more=f"{asked.address}&{urlencode({'after': following})}" if following else "",
        studios=studios,
        saved=[
            (kept.address, row.name, said(counts.get(f"?{row.query}", 0)), kept.query() == asked.query())
            for row, kept in asks
        ],
        more_asked=sum(bool(getattr(asked, name)) for name in MORE),
        many=url("desk:many") if actor.holds(*STAFF) and asked.tab != ELSEWHERE else "",
    )


def chosen(actor: Actor, asked: Asked) -> QuerySet[Voice]:
    """The voices that the address asks for, by clock; those with its words are looked up by `found`."""
    narrowed = narrow.narrowed(_listed(actor, asked.tab), actor, **asked.held)
    return narrowed.select_related(None).select_related(*BESIDE).only(*SHOWN)


def codes(actor: Actor, asked: Asked, most: int) -> list[str]:
    """The codes of all that the address asks for, by clock or, searched, the newest first; `most` at most."""
    if not asked.q:
        return _first_codes(actor, asked, most, clock.today())
    rows = chosen(actor, asked).select_related(None)
    found, before = list[Voice](), None
    while len(found) < most:
        page, before = search.newest("voice", asked.q, rows.only("code"), before=before, size=200)
        found += page
        if before is None:
            break
    return [voice.code for voice in found[:most]]


@Prepared
def _first_codes(actor: Actor, asked: Asked, most: int, _day: date) -> QuerySet[Voice, str]:
    return chosen(actor, asked).select_related(None).values_list("code", flat=True)[:most]


def first_due(actor: Actor, beside: Queue) -> Voice | None:
    """What presses most: the voice whose day comes, or went by, first. Its words are unlocked with those of
    the list."""
    code = counted_until_an_act("first", actor.key, actor.posts, count=lambda: _first_code(actor))
    found = _shown_first(code=code)
    queries.whole([*(row.voice for row in beside.rows), *found])
    return next(iter(found), None)


@Prepared
def _shown_first(*, code: str) -> QuerySet[Voice]:
    return queries.rows().select_related(None).only("code", "words", "person", "due_by").filter(code=code)


def _first_code(actor: Actor) -> str:
    return queries.queue(actor).filter(~standing()).values_list("code", flat=True).first() or ""


def _listed(actor: Actor, tab: str) -> QuerySet[Voice]:
    """What lies under a tab."""
    if tab == ELSEWHERE:
        return queries.passed_through(actor)
    return queries.queue(actor, *STATES.get(tab, State.values)).filter(_tabs(actor).get(tab, Q()))


def _tabs(actor: Actor) -> dict[str, Q]:
    # What was sent up is in hand above, and passed on below.
    above, sent = narrow.above(actor), Q(state=State.SENT_UP)
    return {
        "in_hand": ~sent | above,
        "passed_on": ~(sent & above),
        "late": Q(due_by__lt=clock.today()),
    }


def _page(rows: QuerySet[Voice], after: str) -> tuple[list[Voice], str]:
    """Twenty rows by clock after the voice with this code, and the code after which the next twenty come."""
    last = queries.by_codes([after]).get(after) if after else None
    if last and last.due_by:
        later = Q(due_by__gt=last.due_by) | Q(due_by=None) | Q(due_by=last.due_by, pk__gt=last.pk)
        rows = rows.filter(later)
    elif last:
        rows = rows.filter(due_by=None, pk__gt=last.pk)
    return _cut(list(rows[: SIZE + 1]))


def _cut(found: list[Voice]) -> tuple[list[Voice], str]:
    return found[:SIZE], found[SIZE - 1].code if len(found) > SIZE else ""


@Prepared
def _first(actor: Actor, _day: date) -> QuerySet[Voice]:
    return chosen(actor, FIRST)[:MOST_FIRST]


@Prepared
def _beginning(actor: Actor, asked: Asked, more: int, _day: date) -> QuerySet[Voice]:
    # Which they are first, and then what a line shows of these: not of all that wait, to be sorted.
    which = chosen(actor, asked).select_related(None).values("pk")[: SIZE + 1 + more]
    shown = Voice.objects.select_related(*BESIDE).only(*SHOWN).filter(pk__in=which)
    return queries.by_clock(shown)


def _found(actor: Actor, rows: QuerySet[Voice], asked: Asked) -> tuple[list[Voice], str]:
    """The newest with these words in number, words or place; a bare number is one of this year's, short."""
    text = asked.q.zfill(6) if asked.q.isdigit() and len(asked.q) < 6 else asked.q
    paths = {
        post.committee for post in actor.posts if post.role in ("officer", "convener", "deputy", "stationed")
    }
    before = int(asked.after) if asked.after.isdecimal() else None
    scope = paths.pop() if len(paths) == 1 and asked.tab != ELSEWHERE else ""
    voices, following = search.newest("voice", text, rows, scope, before=before, size=SIZE)
    return voices, str(following or "")


def _row(voice: Voice, listed: str) -> Row:
    href = f"{url('desk:voice', voice.code)}?{listed}"
    due = None if stands_still(voice) else nearing(voice.due_by, provisional=voice.provisional)
    return Row(voice, href, due, stands(voice), _who(voice))


def _who(voice: Voice) -> str:
    if voice.state == State.ASSIGNED and voice.department:
        return (voice.awaits or voice.department).name
    answered = voice.answered_by if voice.state == State.ANSWERED else ""
    if answered == Answerer.DEPARTMENT and voice.department:
        return voice.department.name
    if voice.upper and (voice.state == State.SENT_UP or answered == Answerer.UPPER):
        return voice.upper.office
    return str(_("未分")) if voice.state == State.RECEIVED else str(_("工作室"))
