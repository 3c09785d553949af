"""What the desk lists: the queue by clock under its tabs, narrowed by studio, kind, channel or words."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock, search
from shangliang.base.clock.words import Nearing, nearing
from shangliang.base.journal.pages import counted_until_an_act
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.ui.counts import bounded, said
from shangliang.base.ui.environment import url
from shangliang.flow.voices import queries
from shangliang.flow.voices.deadlines import stands_still
from shangliang.flow.voices.models import Channel, Kind, State, Voice
from shangliang.flow.voices.office.pane import stands

SIZE = 20
TABS: tuple[tuple[str, Any], ...] = (
    ("received", _("待受理")),
    ("in_hand", _("在办")),
    ("passed_on", _("已分办")),
    ("late", _("超期")),
    ("answered", _("已答复待评价")),
    ("refused", _("未受理")),
    ("all", _("全部")),
)
# What a line of the list shows: a voice is wide, and most of the time of a list goes into building its query.
SHOWN = (
    "code", "words", "person", "number", "place", "kind", "channel", "state", "due_by", "provisional",
    "accept_by", "waits_until", "rung", "studio__name", "department__name", "awaits__name", "upper__name",
)  # fmt: skip
KEPT = ("tab", "studio", "kind", "channel", "q")


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see, as the address says it."""

    tab: str = "received"
    studio: str = ""
    kind: str = ""
    channel: str = ""
    q: str = ""
    after: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        said = {name: query.get(name, "").strip()[:60] for name in (*KEPT, "after")}
        if said["tab"] not in dict(TABS):
            said["tab"] = "all" if said["q"] else "received"
        return cls(**said)

    def query(self, **other: str) -> str:
        """The part of an address after the question mark, with some of it changed."""
        held = {name: getattr(self, name) for name in KEPT} | other
        return urlencode({name: value for name, value in held.items() if value})

    @property
    def address(self) -> str:
        return f"{url('desk:queue')}?{self.query()}"


@dataclass(frozen=True)
class Row:
    """A line of the queue: by when, or how it stands where no clock runs; `who`: where it lies."""

    voice: Voice
    href: str
    due: Nearing | None
    stands: str
    who: str


@dataclass(frozen=True)
class Queue:
    asked: Asked
    rows: list[Row]
    tabs: list[tuple[str, Any, str, bool]]
    more: str
    studios: list[tuple[str, str]]
    kinds: list[tuple[str, Any]] = field(default_factory=lambda: list(Kind.choices))
    channels: list[tuple[str, Any]] = field(default_factory=lambda: list(Channel.choices))


def queue(actor: Actor, asked: Asked, studios: list[tuple[str, str]]) -> Queue:
    """A page of the queue. Four queries at most, however long the list is."""
    everything, tabs = queries.queue(actor, *State.values), _tabs(actor)
    narrowed = _narrowed(everything.filter(tabs[asked.tab]), asked)
    voices, following = _found(actor, narrowed, asked) if asked.q else _page(narrowed, asked.after)
    listed = asked.query()
    counts = counted_until_an_act(
        "tabs",
        actor.key,
        actor.posts,
        count=lambda: bounded({name: everything.filter(which) for name, which in tabs.items()}),
    )
    return Queue(
        asked=asked,
        rows=[_row(voice, listed) for voice in voices],
        tabs=[
            (f"{url('desk:queue')}?{asked.query(tab=name)}", label, said(counts[name]), name == asked.tab)
            for name, label in TABS
        ],
        more=f"{asked.address}&{urlencode({'after': following})}" if following else "",
        studios=studios,
    )


def first_due(actor: Actor, beside: Queue) -> Voice | None:
    """What presses most: the voice whose day comes, or went by, first. Its words are unlocked with those of
    the list."""
    found = queries.queue(actor).select_related(None).only("code", "words", "person", "due_by").first()
    queries.whole([*(row.voice for row in beside.rows), *([found] if found else [])])
    return found


def _tabs(actor: Actor) -> dict[str, Q]:
    # What was sent up is in hand above, and passed on below.
    above = Q(state=State.SENT_UP, upper__path__in=actor.paths(Role.OFFICER))
    away = Q(state__in=[State.ASSIGNED, State.IN_CONSULTATION]) | Q(state=State.SENT_UP) & ~above
    return {
        "received": Q(state=State.RECEIVED),
        "in_hand": Q(state=State.TAKEN_UP) | above,
        "passed_on": away,
        "late": Q(due_by__lt=clock.today()),
        "answered": Q(state=State.ANSWERED),
        "refused": Q(state=State.REFUSED),
        "all": Q(),
    }


def _narrowed(rows: QuerySet[Voice], asked: Asked) -> QuerySet[Voice]:
    wanted = {"studio__code": asked.studio, "kind": asked.kind, "channel": asked.channel}
    narrowed = rows.filter(**{name: value for name, value in wanted.items() if value})
    return (
        narrowed.select_related(None).select_related("studio", "department", "awaits", "upper").only(*SHOWN)
    )


def _page(rows: QuerySet[Voice], after: str) -> tuple[list[Voice], str]:
    """Twenty rows by clock after the voice with this code, and the code after which the next twenty come."""
    last = queries.by_codes([after]).get(after) if after else None
    if last and last.due_by:
        later = Q(due_by__gt=last.due_by) | Q(due_by=None) | Q(due_by=last.due_by, pk__gt=last.pk)
        rows = rows.filter(later)
    elif last:
        rows = rows.filter(due_by=None, pk__gt=last.pk)
    found = list(rows[: SIZE + 1])
    return found[:SIZE], found[SIZE - 1].code if len(found) > SIZE else ""


def _found(actor: Actor, rows: QuerySet[Voice], asked: Asked) -> tuple[list[Voice], str]:
    """The newest with these words in number, words or place; a bare number is one of this year's, short."""
    text = asked.q.zfill(6) if asked.q.isdigit() and len(asked.q) < 6 else asked.q
    paths = {
        post.committee for post in actor.posts if post.role in ("officer", "convener", "deputy", "stationed")
    }
    before = int(asked.after) if asked.after.isdecimal() else None
    scope = paths.pop() if len(paths) == 1 else ""
    voices, following = search.newest("voice", text, rows, scope, before=before, size=SIZE)
    return voices, str(following or "")


def _row(voice: Voice, listed: str) -> Row:
    href = f"{url('desk:voice', voice.code)}?{listed}"
    due = None if stands_still(voice) else nearing(voice.due_by, provisional=voice.provisional)
    return Row(voice, href, due, stands(voice), _who(voice))


def _who(voice: Voice) -> str:
    if voice.state == State.ASSIGNED and voice.department:
        return (voice.awaits or voice.department).name
    if voice.state == State.SENT_UP and voice.upper:
        return voice.upper.office
    return str(_("未分")) if voice.state == State.RECEIVED else str(_("工作室"))
