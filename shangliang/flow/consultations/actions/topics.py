"""A topic is raised, decided, talked over, minuted, sent and finished."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotYours, Unseen
from shangliang.base.files import actions as files
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee, Department
from shangliang.flow.studios.models import State as StudioState
from shangliang.flow.studios.models import Studio

from .. import proposers, queries, rules
from ..models import Consultation, Meeting, Point, Source
from ..states import CHART
from . import founding, recommendations

MOST_WORDS = 500


@dataclass(frozen=True)
class Draft:
    """A recommendation to be sent: to a department (code), resting on suggestions (their numbers)."""

    words: str
    department: str
    suggestions: Sequence[int] = field(default=())


@transaction.atomic
def raise_from_voices(voices: Sequence[str], *, by: Actor, title: str, question: str) -> Consultation:
    """A topic from voices that are in hand. Each learns it in this same transaction.

    NotNow if one of them is not in hand; ValidationError if there is none or they are of two committees."""
    rows = founding.seen_by(by, voices)
    if not rows:
        raise ValidationError({"voices": _("至少选一条在办的留言。")})
    if len({row.committee_id for row in rows}) > 1:
        raise ValidationError({"voices": _("选的留言不在同一个政协，分开提。")})
    studios = {row.studio_id: row.studio for row in rows}
    topic = _topic(rows[0].committee, by, Source.VOICES, title, question)
    topic.studio = next(iter(studios.values())) if len(studios) == 1 else None
    CHART.start("raise_topic", topic, by=by, source=topic.source, voices=len(rows))
    founding.raise_all(topic, rows, by=by)
    return topic


@transaction.atomic
def raise_as_member(committee: Committee, *, by: Actor, title: str, question: str) -> Consultation:
    topic = _topic(committee, by, Source.MEMBER, title, question)
    return CHART.start("raise_topic", topic, by=by, source=topic.source, voices=0)


@transaction.atomic
def raise_as_leader(committee: Committee, *, by: Actor, title: str, question: str) -> Consultation:
    topic = _topic(committee, by, Source.LEADER, title, question)
    return CHART.start("raise_topic", topic, by=by, source=topic.source, voices=0)


@transaction.atomic
def raise_on_paper(
    committee: Committee,
    *,
    by: Actor,
    title: str,
    question: str,
    leader: str,
    paper_on: date,
    paper: Sequence[UploadedFile],
) -> Consultation:
    """An officer raises what a leader wrote on a dated paper; the paper goes with it."""
    if not leader.strip():
        raise ValidationError({"leader": _("写上是哪位领导点的题。")})
    if paper_on > clock.today():
        raise ValidationError({"paper_on": _("材料的日期不能晚于今天。")})
    if not paper:
        raise ValidationError({"paper": _("附上这份材料，照片或 PDF 都行。")})
    topic = _topic(committee, by, Source.LEADER, title, question)
    topic.raised_for, topic.paper_on = leader.strip(), paper_on
    CHART.start("raise_topic", topic, by=by, source=topic.source, voices=0)
    files.keep(list(paper), subject=topic.subject, by=by)
    return topic


@transaction.atomic
def open_topic(
    code: str, *, by: Actor, seen: int | None, studio: str, last_day: date, asked: Sequence[str] = ()
) -> Consultation:
    """Decide for the topic: a studio hosts it, people may speak until `last_day`, departments are asked."""
    topic = queries.lock(code, by=by)
    CHART.check("open", topic, by=by, seen=seen)
    host = Studio.objects.select_related("committee").filter(code=studio, committee=topic.committee).first()
    if host is None or host.state != StudioState.OPEN:
        raise ValidationError({"studio": _("选一间开着的工作室来主持。")})
    if topic.studio not in (None, host) and not rules.runs(by, topic):
        raise NotYours(_("主持的工作室已经定了，要换由本级政协的干部来换。"))
    topic.studio = host
    CHART.check("open", topic, by=by, seen=seen)  # anew: a convener names no studio but their own
    if last_day < clock.today():
        raise ValidationError({"last_day": _("最后一天不能早于今天。")})
    if clock.too_far(last_day, years=2):
        raise ValidationError({"last_day": _("日子太远了，写两年以内的。")})
    topic.last_day, topic.opened_on = last_day, clock.today()
    topic.asked.set(_departments(topic.committee, asked))
    facts: dict[str, Any] = {
        "source": topic.source,
        "member": topic.raised_by if topic.source == Source.MEMBER else None,
    }
    CHART.move("open", topic, by=by, seen=seen, **facts)
    search.put("consultation", topic.pk, queries.text_of(topic), topic.committee_path)
    return topic


@transaction.atomic
def decline(code: str, *, by: Actor, seen: int | None, reason: str) -> Consultation:
    """Decide against the topic, for a reason that everybody reads. Its voices go back to their studios."""
    topic = queries.lock(code, by=by)
    CHART.check("decline", topic, by=by, seen=seen)
    if len(reason.strip()) < 4:
        raise ValidationError({"reason": _("写明为什么不列入，大家都看得到。")})
    topic.decline_reason, topic.declined_on = reason.strip(), clock.today()
    CHART.move("decline", topic, by=by, seen=seen, source=topic.source)
    founding.give_back(topic, by=by)
    return topic


@transaction.atomic
def hold_meeting(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    day: date,
    place: str,
    members: Sequence[str],
    departments: Sequence[str] = (),
    others: int = 0,
) -> Meeting:
    """Write down a meeting that was held. `members` are pseudonyms of the committee's members."""
    topic = queries.lock(code, by=by)
    CHART.check("hold_meeting", topic, by=by, seen=seen)
    if day > clock.today():
        raise ValidationError({"day": _("会还没开，开完再记。")})
    known = set(people.members(topic.committee_path, day).values_list("key", flat=True))
    if not members or not set(members) <= known:
        raise ValidationError({"members": _("选上到场的委员，至少一位。")})
    if len(place.strip()) < 2:
        raise ValidationError({"place": _("写上在哪儿开的。")})
    came = sorted(set(members))
    meeting = Meeting.objects.create(
        consultation=topic, day=day, place=place.strip(), members=came, others=others
    )
    meeting.departments.set(_departments(topic.committee, departments))
    CHART.move("hold_meeting", topic, by=by, seen=seen, members=came, others=others, day=day.isoformat())
    return meeting


@transaction.atomic
def minute(
    code: str, *, by: Actor, seen: int | None, agreed: Sequence[str], not_agreed: Sequence[str]
) -> Consultation:
    """Give out the minutes: what was agreed and what was not, one line each."""
    topic = queries.lock(code, by=by)
    CHART.check("minute", topic, by=by, seen=seen)
    if not topic.meetings.exists():
        raise ValidationError(_("先记一次会，再出纪要。"))
    yes, no = _lines(agreed), _lines(not_agreed)
    if not yes and not no:
        raise ValidationError({"agreed": _("写上商定的或没谈拢的，至少一条。")})
    if any(len(line) > MOST_WORDS for line in (*yes, *no)):
        raise ValidationError(_("一条最多 500 个字，长的拆成几条。"))
    rows = [Point(consultation=topic, agreed=True, words=line) for line in yes]
    rows += [Point(consultation=topic, agreed=False, words=line) for line in no]
    Point.objects.bulk_create(rows)
    topic.minuted_on = clock.today()
    return CHART.move("minute", topic, by=by, seen=seen, agreed=len(yes), not_agreed=len(no))


@transaction.atomic
def send(code: str, *, by: Actor, seen: int | None, drafts: Sequence[Draft]) -> Consultation:
    """Send recommendations to their departments; each has its own clock from today."""
    topic = queries.lock(code, by=by)
    CHART.check("send", topic, by=by, seen=seen)
    if not drafts:
        raise ValidationError(_("至少写一条建议，并选一个单位。"))
    topic.sent_on = clock.today()
    CHART.move("send", topic, by=by, seen=seen, recommendations=len(drafts))
    known = {row.number: row for row in queries.suggestions(topic)}
    for number, draft in enumerate(drafts, start=1):
        if len(draft.words.strip()) < 4:
            raise ValidationError(_("第 %(n)s 条建议写得太短，四个字以上。"), params={"n": number})
        if not set(draft.suggestions) <= set(known):
            raise ValidationError(_("第 %(n)s 条建议所依据的意见里，有的没有公开。"), params={"n": number})
        [department] = _departments(topic.committee, [draft.department])
        resting = [known[n] for n in sorted(set(draft.suggestions))]
        recommendations.send(topic, number, draft.words.strip(), department, resting, by=by)
    return topic


@transaction.atomic
def finish(code: str, *, by: Actor, seen: int | None) -> Consultation:
    """The last move, made by the result when it is published.

    ValidationError while a recommendation waits for its answer, or an adopted one is neither done nor past
    its promised day; one that is past it counts as late and does not hold the result up."""
    topic = queries.lock(code, by=by)
    CHART.check("finish", topic, by=by, seen=seen)
    if missing := queries.missing_for_result(queries.recommendations(topic)):
        raise ValidationError(missing)
    topic.finished_on = clock.today()
    tally = proposers.tally_of(topic)
    done = sum(1 for row in queries.recommendations(topic) if row.state == "done")
    return CHART.move("finish", topic, by=by, seen=seen, done=done, proposers=tally.all, solved=tally.solved)


def _topic(committee: Committee, by: Actor, source: Source, title: str, question: str) -> Consultation:
    """A topic not yet saved. ValidationError for a title or question that is too short or too long."""
    title, question = " ".join(title.split()), question.strip()
    if not 4 <= len(title) <= 50:
        raise ValidationError({"title": _("题目要 4 到 50 个字。")})
    if not 4 <= len(question) <= 1000:
        raise ValidationError({"question": _("写明要商量定什么，4 到 1,000 个字。")})
    due = clock.due_after(clock.today(), committee.set("topic_days"))
    return Consultation(
        committee=committee,
        source=source,
        title=title,
        question=question,
        raised_by=by.key,
        raised_on=clock.today(),
        decide_by=due.day,
        decide_provisional=due.provisional,
    )


def _departments(committee: Committee, codes: Sequence[str]) -> list[Department]:
    """Departments of this committee's place. Unseen for any other."""
    found = list(places.departments(committee).filter(code__in=set(codes)))
    if len(found) != len(set(codes)):
        raise Unseen
    return found


def _lines(rows: Sequence[str]) -> list[str]:
    return [line.strip() for line in rows if line.strip()]
