"""What waits for a member today: voices of the studio they run, recommendations of theirs to judge,
receptions, consultations to speak in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.prepared import Prepared
from shangliang.flow.activities import queries as activities
from shangliang.flow.consultations import proposers
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.correspondence import queries as correspondence
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.reports import queries as reports
from shangliang.flow.research import queries as research
from shangliang.flow.studios.models import Studio
from shangliang.flow.studios.timetable import turns
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.deadlines import stands_still

MEMBERS = (Role.MEMBER, Role.STATIONED, Role.CONVENER, Role.DEPUTY)
# Of a studio in which the member sits, and of a topic that they raised.
ROOM = ("code", "name", "state", "online", "address")
RAISED = ("code", "title", "state", "source", "committee__name")
MOST = 5
M = TypeVar("M", bound=Model)
# What a line shows of each: all of them are wide, and many kinds are asked for.
VOICE = (
    "code", "words", "person", "state", "due_by", "accept_by", "answer_by", "awaits", "waits_until",
    "studio__code", "studio__name",
)  # fmt: skip
ADVICE = ("number", "words", "done_on", "consultation__code", "consultation__title")
TOPIC = ("code", "title", "last_day", "committee__name")
MESSAGE = ("code", "person", "about", "last_at", "studio__name")
REPORT = ("code", "person", "title", "last_at", "studio__name")
RESEARCH = ("code", "person", "state", "title", "last_at", "committee__name", "paper__title")
PART = ("state", "activity__code", "activity__title", "activity__place", "activity__starts_at")
ACTIVITY = ("code", "title", "ends_at", "committee__name", "studio__name")
PROPOSAL = (
    "code", "person", "title", "state", "sign_by", "number", "in_session", "session", "year",
    "committee__name", "filed__title",
)  # fmt: skip
LONGEST = 30  # characters of a recommendation in a title


@dataclass(frozen=True)
class Item:
    """One thing to do: the day it stands under, what, why, and the one button."""

    day: date
    when: str
    title: str
    detail: str
    href: str
    button: str
    late: bool = False


def let_in(actor: Actor) -> None:
    """NotYours for who is no member and sits in no studio."""
    if not actor.holds(*MEMBERS):
        raise NotYours(_("这一页是委员用的，您现在的职务不在这里办事。"))


def items(actor: Actor, rooms: Iterable[Studio]) -> list[Item]:
    """What waits, the earliest day first. `rooms`: the studios in which the member sits, with timetables."""
    found = [
        *_voices(actor),
        *_verdicts(actor),
        *_receptions(rooms),
        *_consultations(actor),
        *_messages(actor),
        *_reports(actor),
        *_research(actor),
        *_activities(actor),
        *_proposals(actor),
    ]
    return sorted(found, key=lambda item: item.day)


def lines(rows: QuerySet[M], columns: Sequence[str], most: int = MOST) -> QuerySet[M]:
    """The first few, with these columns alone."""
    joins = {column.rpartition("__")[0] for column in columns} - {""}
    return rows.prefetch_related(None).select_related(None).select_related(*joins).only(*columns)[:most]


LISTS: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "voices": lambda actor: lines(voices.queue(actor, "received", "taken_up"), VOICE),
    "verdicts": lambda actor: lines(proposers.waiting_for(actor.key), ADVICE),
    "answers": lambda actor: lines(correspondence.written_by(actor).filter(state="answered"), MESSAGE),
    "messages": lambda actor: lines(correspondence.waiting(actor), MESSAGE),
    "returned": lambda actor: lines(reports.written_by(actor).filter(state="returned"), REPORT),
    "reports": lambda actor: lines(reports.waiting(actor).filter(state="sent"), REPORT),
    "research": lambda actor: lines(
        research.of_member(actor).filter(state__in=("draft", "returned")), RESEARCH
    ),
    "proposals": lambda actor: lines(proposals.due_by(actor), PROPOSAL, most=MOST * 10),
}


def _found(name: str, actor: Actor) -> list[Any]:
    return _asked(name, actor, clock.today())


@Prepared
def _asked(name: str, actor: Actor, _day: date) -> QuerySet[Any]:
    return LISTS[name](actor)


def _voices(actor: Actor) -> Iterator[Item]:
    """Conveners and deputies: what their studio must take up or answer next."""
    if not actor.holds(Role.CONVENER, Role.DEPUTY):
        return
    for voice in _found("voices", actor):
        run = voice.studio_code in actor.studios(Role.CONVENER, Role.DEPUTY)
        if voice.due_by is None or not run or stands_still(voice):
            continue
        received = voice.state == "received"
        yield Item(
            day=voice.due_by,
            when=_("受理期限") if received else _("答复期限"),
            title=_("「%(title)s」等受理") % {"title": voice.title}
            if received
            else _("「%(title)s」等答复") % {"title": voice.title},
            detail=voice.studio.name,
            href=reverse("desk:voice", args=[voice.code]),
            button=_("去受理") if received else _("去办"),
            late=voice.due_by < clock.today(),
        )


def _verdicts(actor: Actor) -> Iterator[Item]:
    """Recommendations that rest on the member's suggestions and wait for the member's own word."""
    for row in _found("verdicts", actor):
        where = reverse("consultations:consultation", args=[row.consultation.code])
        yield Item(
            day=clock.today(),
            when=_("不评不算解决"),
            title=_("您提的建议「%(words)s」等您评") % {"words": Truncator(row.words).chars(LONGEST)},
            detail=_("单位说办完了。%(topic)s") % {"topic": row.consultation.title}
            if row.done_on
            else _("单位没有采纳。%(topic)s") % {"topic": row.consultation.title},
            href=f"{where}#judge-{row.number}",
            button=_("去评"),
        )


def _receptions(rooms: Iterable[Studio]) -> Iterator[Item]:
    """The next reception of each studio in which the member sits."""
    for studio in rooms:
        for turn in turns(studio.timetable.all(), most=1) if studio.state == "open" else []:
            yield Item(
                day=turn.day,
                when=turn.hours,
                title=_("%(studio)s接待") % {"studio": studio.name},
                detail=turn.slot.place or studio.address or _("在工作室"),
                href=reverse("portal:studio" if studio.is_public else "desk:studio", args=[studio.code]),
                button=_("看地方"),
            )


def _consultations(actor: Actor) -> Iterator[Item]:
    """Consultations of the member's committees that still take posts."""
    for topic in consultations.closing_soon(actor.paths(*MEMBERS), MOST):
        if topic.last_day is None:
            continue
        yield Item(
            day=topic.last_day,
            when=_("说到这天"),
            title=topic.title,
            detail=_("%(office)s的协商，正在听大家说") % {"office": topic.committee.office},
            href=reverse("consultations:consultation", args=[topic.code]),
            button=_("去说一条"),
        )


def _messages(actor: Actor) -> Iterator[Item]:
    """Answers to what the member wrote to studios; what waits for one in the studio they run."""
    for message in _found("answers", actor):
        yield Item(
            day=clock.local_day(message.last_at),
            when=_("工作室回了"),
            title=_("「%(about)s」有回话") % {"about": message.about},
            detail=message.studio.name,
            href=reverse("workbench:message", args=[message.code]),
            button=_("去看"),
        )
    if not actor.holds(Role.CONVENER, Role.DEPUTY):
        return
    for message in _found("messages", actor):
        yield Item(
            day=clock.local_day(message.last_at),
            when=_("委员留言"),
            title=_("「%(about)s」等您回") % {"about": message.about},
            detail=message.studio.name,
            href=reverse("desk:message", args=[message.code]),
            button=_("去回"),
        )


def _reports(actor: Actor) -> Iterator[Item]:
    """One's own opinion reports that came back for more; what waits for a first review in the studio."""
    for row in _found("returned", actor):
        yield Item(
            day=clock.local_day(row.last_at),
            when=_("请再补充"),
            title=_("「%(title)s」退回来了") % {"title": row.title},
            detail=row.studio.name,
            href=reverse("workbench:report", args=[row.code]),
            button=_("去补"),
        )
    if not actor.holds(Role.CONVENER, Role.DEPUTY):
        return
    for row in _found("reports", actor):
        yield Item(
            day=clock.local_day(row.last_at),
            when=_("社情民意信息"),
            title=_("「%(title)s」等您初审") % {"title": row.title},
            detail=row.studio.name,
            href=reverse("desk:report", args=[row.code]),
            button=_("去看"),
        )


def _research(actor: Actor) -> Iterator[Item]:
    """One's own research reports that came back; those in whose list one was named and that are not handed in
    yet, to be seen, or left, in time."""
    for row in _found("research", actor):
        own = row.person == actor.key
        if own and row.state == "draft":
            continue
        yield Item(
            day=clock.local_day(row.last_at),
            when=_("请再补充") if own else _("列了您的名"),
            title=(_("「%(title)s」退回来了") if own else _("「%(title)s」的调研组列了您"))
            % {"title": row.heading},
            detail=row.committee.office,
            href=reverse("workbench:research", args=[row.code]),
            button=_("去补") if own else _("去看"),
        )


def _activities(actor: Actor) -> Iterator[Item]:
    """Activities that the member is invited to or signed up for; what the convener has to record."""
    mine = activities.taken_part(actor).filter(state__in=("invited", "signed"), activity__state="announced")
    coming = mine.filter(activity__ends_at__gte=clock.now()).order_by("activity__starts_at", "pk")
    for part in lines(coming, PART):
        invited = part.state == "invited"
        yield Item(
            day=clock.local_day(part.activity.starts_at),
            when=_("请您参加") if invited else _("报了名的活动"),
            title=part.activity.title,
            detail=part.activity.place,
            href=reverse("workbench:activity", args=[part.activity.code]),
            button=_("去回") if invited else _("看一下"),
        )
    if not actor.holds(Role.CONVENER, Role.DEPUTY):
        return
    for row in lines(activities.to_record(actor), ACTIVITY):
        yield Item(
            day=clock.local_day(row.ends_at),
            when=_("办过了"),
            title=_("「%(title)s」等您记录") % {"title": row.title},
            detail=row.host,
            href=reverse("desk:activity", args=[row.code]),
            button=_("去记"),
        )


def _proposals(actor: Actor) -> Iterator[Item]:
    """What waits for a signature, what was answered and is to be rated, what came back."""
    said = {
        "signing": (_("请您联名"), _("「%(title)s」请您联名"), _("去看")),
        "answered": (_("不评不算"), _("「%(title)s」答复了，等您评"), _("去评")),
        "returned": (_("请修改"), _("「%(title)s」退回来了"), _("去改")),
    }
    found = _found("proposals", actor)
    shown = [row for state in said for row in [one for one in found if one.state == state][:MOST]]
    for row in proposals.ready(shown):
        when, title, button = said[row.state]
        yield Item(
            day=(row.sign_by if row.state == "signing" else None) or clock.today(),
            when=when,
            title=title % {"title": row.heading},
            detail=row.case_number or row.committee.office,
            href=reverse("workbench:proposal", args=[row.code]),
            button=button,
        )
