"""A member drafts, sends and withdraws."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios.models import State as StudioState
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries as voice_queries

from .. import measure, queries
from ..models import OpinionReport
from ..states import CHART
from .parts import index, keep_version, put

SHORTEST = 10  # characters of each part once it is sent


@dataclass(frozen=True)
class Draft:
    """What the member wrote; a draft may still lack a part."""

    title: str
    situation: str = ""
    analysis: str = ""
    advice: str = ""
    urgent: bool = False

    @property
    def texts(self) -> tuple[str, str, str, str]:
        return self.title, self.situation, self.analysis, self.advice


@transaction.atomic
def draft(studio: str, *, by: Actor, said: Draft, voice: str = "", follows: str = "") -> OpinionReport:
    """Begin a report, to be sent through a studio (its code). `voice`: the one that it rests on, `follows`:
    one's own report that it goes on from. Unseen for what the member may not read."""
    through = studios.studio(studio, by)
    now = clock.now()
    made = OpinionReport(
        person=by.key, studio=through, committee=through.committee, urgent=said.urgent, started_at=now
    )
    CHART.check_new("draft", made, by=by)
    made.voice = voice_queries.get(voice, by) if voice else None
    made.follows = queries.report(follows, by) if follows else None
    put(made, *said.texts)
    facts: dict[str, Any] = {
        "voice": True if voice else None,
        "follows": made.follows.subject if made.follows else None,
    }
    return CHART.start("draft", made, by=by, urgent=said.urgent, **facts)


@transaction.atomic
def begin(writer: Actor, committee: Committee, *, by: Actor, said: Draft) -> OpinionReport:
    """The office begins a draft for a member, of what they wrote elsewhere. It is theirs at once: they alone
    read it, change it, choose another studio and send it, or do not. NotNow for who has no studio of this
    committee to send it through."""
    through = next((one for one in queries.rooms(writer) if one.committee_id == committee.pk), None)
    if through is None:
        raise NotNow(_("写的委员在本级政协没有开着的工作室可以交，转不成社情民意信息。"))
    made = OpinionReport(person=writer.key, studio=through, committee=committee, started_at=clock.now())
    CHART.check_new("begin", made, by=by)
    put(made, said.title, *measure.fitted(*said.texts))
    return CHART.start("begin", made, by=by, member=writer.key)


@transaction.atomic
def redraft(code: str, *, by: Actor, seen: int | None, said: Draft) -> OpinionReport:
    found = queries.lock(code, by)
    CHART.check("redraft", found, by=by, seen=seen)
    put(found, *said.texts)
    found.urgent = said.urgent
    return CHART.move("redraft", found, by=by, seen=seen)


@transaction.atomic
def readdress(code: str, *, by: Actor, seen: int | None, studio: str) -> OpinionReport:
    """A draft goes through another studio (its code), also one of another committee of the writer's; through
    the same one nothing happens. Unseen for a studio that the writer may not see, NotYours for a committee in
    which they may not write."""
    found = queries.lock(code, by)
    CHART.check("readdress", found, by=by, seen=seen)
    if studio == found.studio_code:
        return found
    was, through = found.studio_code, studios.studio(studio, by)
    found.studio, found.committee, found.last_at = through, through.committee, clock.now()
    CHART.check_new("draft", found, by=by)
    return CHART.move("readdress", found, by=by, seen=seen, was=was)


@transaction.atomic
def send(code: str, *, by: Actor, seen: int | None) -> OpinionReport:
    """Send to the studio. ValidationError while a part is missing or the studio is not open. The author of
    the voice that it rests on is told, once."""
    found = queries.lock(code, by)
    CHART.check("send", found, by=by, seen=seen)
    if found.studio.state != StudioState.OPEN:
        raise ValidationError(_("这间工作室现在没有开，交了没有人看。"))
    parts = dict(zip(measure.PARTS, found.texts[1:], strict=True))
    asks = {
        "situation": _("情况写清楚，十个字以上。"),
        "analysis": _("写一写为什么会这样，十个字以上。"),
        "advice": _("提做得到的建议，十个字以上。"),
    }
    if short := {name: asks[name] for name, text in parts.items() if measure.length(text) < SHORTEST}:
        raise ValidationError(short)
    first = found.sent_on is None
    found.sent_on, found.last_at = found.sent_on or clock.today(), clock.now()
    number = keep_version(found, by, office=False)
    CHART.move("send", found, by=by, seen=seen, first=first, number=number, urgent=found.urgent,
               member=found.person)  # fmt: skip
    index(found)
    if first and found.voice is not None:
        voices.tell_taken("report", found.voice.code, by=by, into=found.thread)
    return found


@transaction.atomic
def withdraw(code: str, *, by: Actor, seen: int | None) -> OpinionReport:
    """The writer takes it back, until it is signed."""
    found = queries.lock(code, by)
    CHART.check("withdraw", found, by=by, seen=seen)
    found.last_at, found.checked_by = clock.now(), ""
    return CHART.move("withdraw", found, by=by, seen=seen, sent=found.sent_on is not None)
