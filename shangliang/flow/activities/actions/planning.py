"""An activity is planned, changed, announced, cancelled; a series begun; a committee sets its rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours, Unseen
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.places import actions as places
from shangliang.base.places.models import Committee
from shangliang.flow.studios.models import State as StudioState
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries as voice_queries

from .. import queries, rules
from ..kinds import chosen, kinds
from ..models import Activity, Series, State
from ..states import CHART
from .finding import index
from .joining import move_up

FIRST, AHEAD = date(1990, 1, 1), timedelta(days=731)  # between the first day and two years from now


@dataclass(frozen=True)
class Plan:
    """What is planned. `places` None: as many as come. `series` and `campaign`: codes, "" for none."""

    kind: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    about: str = ""
    places: int | None = None
    study: str = ""
    partners: str = ""
    series: str = ""
    campaign: str = ""


def blank(host: Studio | Committee, by: Actor, kind: str) -> Activity:
    """An activity of a studio or a committee that is not there yet. ValidationError for a kind that the
    committee does not use, or a studio that is not open."""
    studio = host if isinstance(host, Studio) else None
    committee = host.committee if isinstance(host, Studio) else host
    made = Activity(committee=committee, studio=studio, kind=kind, by=by.key)
    if studio and studio.state != StudioState.OPEN and rules.organises(by, made):
        raise ValidationError(_("这间工作室现在没有开，办不了活动。"))
    return made


def put(activity: Activity, said: Plan) -> None:
    """Set what is planned; ValidationError with the field."""
    if said.kind not in chosen(activity.committee):
        raise ValidationError({"kind": _("选一个类别。")})
    title, place = " ".join(said.title.split()), said.place.strip()
    faults: dict[str, str] = {}
    if not 4 <= len(title) <= 60:
        faults["title"] = _("名称要 4 到 60 个字。")
    if not 2 <= len(place) <= 100:
        faults["place"] = _("写上在哪里办。")
    for name, at in (("starts_at", said.starts_at), ("ends_at", said.ends_at)):
        if not FIRST <= at.date() <= clock.today() + AHEAD:  # as written: year 1 has no moment in UTC
            faults[name] = _("写 1990 年以后、两年以内的日子。")
    if not faults.keys() & {"starts_at", "ends_at"} and said.ends_at <= said.starts_at:
        faults["ends_at"] = _("结束要晚于开始。")
    if said.places is not None and not 1 <= said.places <= 2000:
        faults["places"] = _("名额写 1 到 2,000；不限就空着。")
    if faults:
        raise ValidationError(faults)
    kind = kinds()[said.kind]
    activity.kind, activity.private = said.kind, kind.private
    activity.title, activity.place, activity.about = title, place, said.about.strip()[:500]
    activity.starts_at, activity.ends_at, activity.places = said.starts_at, said.ends_at, said.places
    activity.study, activity.partners = said.study.strip()[:200], said.partners.strip()[:200]
    activity.last_at = clock.now()
    before = activity.series
    activity.series = _line(activity, "series", said.series)
    activity.campaign = _line(activity, "campaign", said.campaign)
    if activity.series != before:
        activity.number = queries.next_number(activity.series) if activity.series else None


def _line(activity: Activity, field: str, code: str) -> Series | None:
    """A series or campaign of its committee; somebody may work for several."""
    try:
        return queries.series(code, [activity.committee_path]) if code else None
    except Unseen:
        raise ValidationError({field: _("选办这场活动的政协自己的，或者空着。")}) from None


def _studied(activity: Activity) -> None:
    if activity.kind in activity.committee.set("activity_study") and not activity.study:
        raise ValidationError({"study": _("本级政协定了：这一类活动前要先学。写上学什么。")})


@transaction.atomic
def plan(host: Studio | Committee, *, by: Actor, said: Plan, voice: str = "") -> Activity:
    """Plan an activity of a studio, or of the committee itself. `voice`: the one that it came from (its
    code); Unseen for one that `by` may not read."""
    made = blank(host, by, said.kind)
    CHART.check_new("plan", made, by=by)
    made.voice = voice_queries.get(voice, by) if voice else None
    put(made, said)
    _studied(made)
    return CHART.start("plan", made, by=by, kind=made.kind)


@transaction.atomic
def change(code: str, *, by: Actor, seen: int | None, said: Plan) -> Activity:
    """Change the plan. What was announced keeps its notice; those who signed up are told, and who waits gets
    what places there are more."""
    found = queries.lock(code, by)
    CHART.check("change", found, by=by, seen=seen)
    put(found, said)
    _studied(found)
    CHART.move("change", found, by=by, seen=seen, kind=found.kind)
    index(found)
    if found.state == State.ANNOUNCED:
        move_up(found)
    return found


@transaction.atomic
def announce(code: str, *, by: Actor, seen: int | None) -> Activity:
    """Announce it, as many days ahead as the committee has set; what can't wait is recorded afterwards.
    The author of the voice that it came from is told."""
    found = queries.lock(code, by)
    CHART.check("announce", found, by=by, seen=seen)
    ahead = int(found.committee.set("activity_notice_days"))
    if (clock.local_day(found.starts_at) - clock.today()).days < ahead:
        said = _("通知至少提前 %(n)s 天。等不得的事先去办，办完补记，写明为什么。")
        raise ValidationError(said % {"n": ahead})
    found.announced_on, found.last_at = clock.today(), clock.now()
    index(CHART.move("announce", found, by=by, seen=seen, kind=found.kind))
    if found.voice is not None:
        voices.tell_taken("activity", found.voice.code, by=by, into=found.subject)
    return found


@transaction.atomic
def cancel(code: str, *, by: Actor, seen: int | None, words: str) -> Activity:
    """Call it off, with a reason that everybody who could see it reads."""
    found = queries.lock(code, by)
    CHART.check("cancel", found, by=by, seen=seen)
    found.cancelled_why = _reason("words", words, _("写一句为什么取消，报了名的看得到。"))
    found.last_at = clock.now()
    return CHART.move("cancel", found, by=by, seen=seen, kind=found.kind)


def _reason(field: str, words: str, ask: str) -> str:
    words = words.strip()
    if not 4 <= len(words) <= 200:
        raise ValidationError({field: ask})
    return words


@transaction.atomic
def begin_series(committee: Committee, *, by: Actor, name: str, form: str) -> Series:
    """Begin a series or a campaign of a committee: an officer, or whoever convenes one of its studios."""
    if not by.holds(*rules.HOSTS, Role.OFFICER, committee=committee.path):
        raise NotYours(_("建活动系列，由政协干部或召集人来办。"))
    name = " ".join(name.split())
    if not 2 <= len(name) <= 40:
        raise ValidationError({"name": _("名称要 2 到 40 个字。")})
    if form not in Series.Form.values:
        raise ValidationError({"form": _("选一种形式。")})
    made = Series(committee=committee, name=name, form=form, by=by.key, at=clock.now())
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise ValidationError({"name": _("已经有叫这个名字的了。")}) from None
    record("series_begun", subject=made.subject, committee=committee.path, by=by, facts={"form": form})
    return made


@transaction.atomic
def set_rules(
    committee: Committee, *, by: Actor, used: Sequence[str], study: Sequence[str], notice_days: int
) -> None:
    """Which kinds a committee uses, before which of them something is studied, and how many days ahead an
    activity is announced."""
    if not by.holds(Role.OFFICER, committee=committee.path):
        raise NotYours(_("活动的规矩，由本级政协的干部来定。"))
    if unknown := {*used, *study} - set(kinds()):
        raise ValidationError({"used": _("没有「%(said)s」这一类。") % {"said": sorted(unknown)[0][:40]}})
    if not used:
        raise ValidationError({"used": _("至少用一类。")})
    if not 0 <= notice_days <= 30:
        raise ValidationError({"notice_days": _("写 0 到 30 天。")})
    off = [key for key in kinds() if key not in set(used)]
    asked = [key for key in kinds() if key in set(study)]
    places.prefer(committee, "activity_kinds_off", off)
    places.prefer(committee, "activity_study", asked)
    places.prefer(committee, "activity_notice_days", notice_days)
    facts = {"off": off, "study": asked, "notice_days": notice_days}
    record("activity_rules_set", subject=committee.subject, committee=committee.path, by=by, facts=facts)
