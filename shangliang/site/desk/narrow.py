"""By what the queue is narrowed: what the address says, as a question to the table and in words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.journal.pages import counted_until_an_act
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices.deadlines import HELD, standing
from shangliang.flow.voices.lists import OF_OTHERS
from shangliang.flow.voices.models import Channel, Kind, State, Voice
from shangliang.flow.voices.queries import desk
from shangliang.flow.voices.topics import choices as topics

Choices = list[tuple[str, Any]]
TURNS: Choices = [
    ("us", gettext_lazy("我们")),
    ("look", gettext_lazy("复核的人")),
    ("department", gettext_lazy("承办单位")),
    ("upper", gettext_lazy("别的政协")),
    ("author", gettext_lazy("留言人")),
    ("talk", gettext_lazy("大家商量")),
]
DUES: Choices = [
    ("late", gettext_lazy("超期")),
    ("today", gettext_lazy("今天到期")),
    ("soon", gettext_lazy("三天内到期")),
    ("running", gettext_lazy("日子在走的")),
]
WHOSE: Choices = [
    ("me", gettext_lazy("我经办的")),
    ("handed", gettext_lazy("同事交给我的")),
    ("nobody", gettext_lazy("没人经办的")),
]
TAKEN: Choices = [("week", gettext_lazy("这周接手的"))]
UNSORTED = "none"
LABELS = {
    "state": gettext_lazy("状态"), "kind": gettext_lazy("类别"), "topic": gettext_lazy("主题"),
    "studio": gettext_lazy("工作室"),
    "town": gettext_lazy("镇、街道"), "turn": gettext_lazy("轮到谁"), "due": gettext_lazy("期限"),
    "channel": gettext_lazy("来处"), "keeper": gettext_lazy("经办人"), "taken": gettext_lazy("何时接手"),
}  # fmt: skip


def above(actor: Actor) -> Q:
    """What was sent up to the actor's own committee is in hand there."""
    return Q(state=State.SENT_UP, upper__path__in=actor.paths(Role.OFFICER))


def narrowed(rows: QuerySet[Voice], actor: Actor, **asked: str) -> QuerySet[Voice]:
    """The rows that are asked for; a word that is no choice narrows to nothing."""
    plain = {
        "studio": "studio__code",
        "kind": "kind",
        "topic": "topic",
        "channel": "channel",
        "state": "state",
        "town": "studio__town",
    }
    if asked.get("topic") == UNSORTED:
        rows, asked = rows.filter(topic=""), asked | {"topic": ""}
    rows = rows.filter(**{field: asked[name] for name, field in plain.items() if asked.get(name)})
    for name, which in (("turn", _turn), ("due", _due), ("keeper", _keeper), ("taken", _taken)):
        if asked.get(name):
            rows = rows.filter(which(actor, asked))
    return rows


def _turn(actor: Actor, asked: dict[str, str]) -> Q:
    waits = standing()
    ours = ~Q(state=State.SENT_UP) | above(actor)
    return {
        "us": Q(state__in=[State.RECEIVED, State.TAKEN_UP, State.SENT_UP], proposed_by="") & ours & ~waits,
        "look": ~Q(proposed_by=""),
        "department": Q(state=State.ASSIGNED) & ~waits,
        "upper": Q(state=State.SENT_UP) & ~above(actor) & ~waits,
        "author": Q(state__in=[State.ANSWERED, State.RECEIVED, *HELD]) & (Q(state=State.ANSWERED) | waits),
        "talk": Q(state=State.IN_CONSULTATION),
    }.get(asked["turn"], Q(pk__in=[]))


def _due(actor: Actor, asked: dict[str, str]) -> Q:
    return {
        "late": Q(due_by__lt=clock.today()),
        "today": Q(due_by=clock.today()),
        "soon": Q(due_by__range=desk.soon()) & ~standing(),
        "running": Q(due_by__isnull=False) & ~standing(),
    }.get(asked["due"], Q(pk__in=[]))


def _keeper(actor: Actor, asked: dict[str, str]) -> Q:
    whose = asked["keeper"]
    if whose == "nobody":
        return desk.nobodys(actor)
    return desk.handed_to(actor) if whose == "handed" else desk.kept_by(actor.key if whose == "me" else whose)


def _taken(actor: Actor, asked: dict[str, str]) -> Q:
    named = {"me": actor.key, "handed": actor.key}.get(asked.get("keeper", ""), asked.get("keeper", ""))
    return desk.taken_since(desk.monday(), *([named] if named and named != "nobody" else []))


def choices(actor: Actor) -> dict[str, Choices]:
    """Name → what may be chosen there. One query until the next act; then three."""
    around, colleagues = _around(actor)
    towns = sorted({town for _code, _name, town in around if town})
    return {
        "state": [(one.value, OF_OTHERS.get(one, one.label)) for one in State],
        "kind": list(Kind.choices),
        "topic": [*topics(), (UNSORTED, _("没定主题的"))],
        "studio": [(code, name) for code, name, _town in around],
        "town": [(town, town) for town in towns],
        "turn": TURNS,
        "due": DUES,
        "channel": list(Channel.choices),
        "keeper": [*WHOSE, *colleagues],
        "taken": TAKEN,
    }


def rooms(actor: Actor) -> Choices:
    """Code and name of each studio whose voices they work on. One query, as above."""
    return [(code, name) for code, name, _town in _around(actor)[0]]


def _around(actor: Actor) -> tuple[list[tuple[str, str, str]], Choices]:
    """The studios that they work in, each with its town, and their colleagues."""

    def look() -> tuple[list[tuple[str, str, str]], Choices]:
        found = studios.worked_in(actor).values_list("code", "name", "town")
        return list(found), list(desk.colleagues_of(actor).items())

    return counted_until_an_act("choices", actor.key, actor.posts, count=look)


def said(asked: dict[str, str], offered: dict[str, Choices], names: Iterable[str]) -> str:
    """What of these the address narrows by, in words."""
    found = []
    for name in names:
        if asked.get(name):
            words = dict(offered.get(name, [])).get(asked[name], asked[name])
            found.append(_("%(what)s：%(which)s") % {"what": LABELS[name], "which": words})
    return "；".join(found)
