"""Each thing in each state, as a row laid down directly: what is asked is who may, not how it came about."""

import secrets
from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

from shangliang.base import clock
from shangliang.base.files.actions import Ready
from shangliang.base.files.models import File
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import privacy
from shangliang.base.review.models import Report
from shangliang.base.rulebook.models import Edition, Rule
from shangliang.flow.consultations.models import (
    Consultation,
    FoundingVoice,
    Point,
    Post,
    Progress,
    Recommendation,
    Suggestion,
)
from shangliang.flow.correspondence.models import Message, Said
from shangliang.flow.results.models import Result
from shangliang.flow.studios.models import Booking, Inspection, Mark, Reception, Roster, Studio, TaskRecord
from shangliang.flow.studios.queries import booker
from shangliang.flow.voices.models import (
    Assignment,
    Assistance,
    Batch,
    Note,
    SavedFilter,
    SecondLook,
    Settling,
    ShownPhoto,
    Template,
    Voice,
)
from shangliang.ledgers.figures.models import ReportedTotal

from . import cast

DECIDED = {"answer": "照章可以办", "words": "先登记受损田块"}


def state(stage: str) -> str:
    """The chart's state of a stage: "taken_up, sent back" is taken_up, "answered by upper" answered."""
    return stage.split(", ")[0].split(" by ")[0]


# ── Voices ──
OF_CITY = ("assigned, by the city", "answered by department, of the city")


def voice(world: SimpleNamespace, stage: str, review: str = "", *, studio: Any = None, **more: Any) -> Voice:
    studio, today = studio or world.studio, clock.today()
    waits = state(stage) in ("received", "taken_up", "assigned", "sent_up")
    held: dict[str, Any] = {"due_by": today, "answer_by": today} if waits else {}
    asked = stage in (
        "assigned",
        "assigned, with others",
        "taken_up, sent back",
        "answered by department",
        "closed",
        *OF_CITY,
    )
    department = cast.streets(world) if stage in OF_CITY else world.lamps
    if asked:
        held |= {"department": department, "assigned_on": today, "send_back_by": today}
    if stage.endswith(", proposed"):
        held["proposed_by"] = "somebody"
    if stage in ("sent_up", "sent_up, proposed", "taken_up, sent down", "answered by upper", *OF_CITY):
        held |= {"upper": world.city, "reached": world.city.path}
    if stage in ("sent_up, to the province", "answered by upper, the province"):
        held |= {"upper": world.province, "reached": world.province.path}
    if stage == "sent_up, across":
        held |= {"upper": world.neighbour, "reached": world.city.path, "lower": True}
    if stage == "sent_up, back from the province":
        held |= {"upper": world.city, "reached": world.province.path}
    if state(stage) in ("answered", "closed"):
        held |= {
            "answered_on": today,
            "answered_by": stage.partition(" by ")[2].split(", ")[0] or "department",
        }
    if stage == "assigned, with others":
        held["awaits"] = world.farms
    if stage == "merged":
        held["merged_into"] = world.voice
    if stage == "withdrawn":
        held["withdrawn_on"] = today
    found = Voice.objects.create(
        studio=studio, committee=studio.committee, number=secrets.token_hex(6),
        code_hash=secrets.token_hex(32), said_on=today, left_at=clock.now(), state=state(stage),
        review="" if review == "private" else review, agreed=privacy.consent("leave").mark,
        **({"words": "巷口的路灯坏了半个月", "public": bool(review)} | held | more),
    )  # fmt: skip
    if asked:
        row = Assignment(voice=found, department=department, by="officer", at=clock.now(), send_back_by=today)
        row.sent_back_at = clock.now() if stage == "taken_up, sent back" else None
        row.save()
    if stage == "assigned, with others":
        Assignment.objects.create(
            voice=found, department=world.farms, task="beside", by="officer", at=clock.now(),
            send_back_by=today, due=today,
        )  # fmt: skip
    return found


def assistance(world: SimpleNamespace, stage: str, **more: Any) -> Assistance:
    """By the convener, as its cast has it."""
    now = clock.now()
    over = None if stage == "open" else now
    said: dict[str, Any] = {"channel": "reception", "agreed": "1", "started_at": now}
    return Assistance.objects.create(
        studio=world.studio, by=world.convener.key, until=now + timedelta(minutes=30), ended_at=over,
        state=stage, **said | more,
    )  # fmt: skip


def settling(world: SimpleNamespace, stage: str) -> Settling:
    said = {} if stage == "waiting" else {"by": "officer", "at": clock.now()}
    return Settling.objects.create(
        voice=voice(world, "received"), earlier=voice(world, "received"), found_on=clock.today(), state=stage,
        **said,
    )  # fmt: skip


def cast_of_voice(world: SimpleNamespace, of: Voice) -> cast.Cast:
    from ..world_topics import author

    instead: dict[str, list[Actor]] = {"author_own": [author(of)]}
    if of.department and of.department.committee_id == world.city.pk:
        instead |= {"handler_own": [world.of_streets], "handler_other": [world.handler, world.handler2]}
    if of.upper_id == world.neighbour.pk:
        instead |= {"above": [world.city_officer], "above_asked": [world.neighbour_officer]}
        instead["neighbour"] = [world.far_convener, world.far_handler]  # of no office
    return cast.of(world, **instead)


def note(world: SimpleNamespace, about: str = "of the county", of: Any = None, **more: Any) -> Note:
    above = about == "of the committee above"
    of = of or voice(world, "sent_up" if above else "assigned")
    fields = {"words": "上回来过，腿脚不便", "by": "somebody", "at": clock.now()} | more
    return Note.objects.create(voice=of, committee=world.city if above else world.county, **fields)


def photo(world: SimpleNamespace, of: Voice, *, copied: bool) -> tuple[File, Ready]:
    """A photo of a voice, and a copy made to be shown: `copied`, it is chosen already."""
    copy = Ready(secrets.token_hex(5), File.Form.PHOTO, "", 9, 64, 48)
    fields = {"form": "photo", "size": 9, "width": 64, "height": 48, "by": "author", "at": clock.now()}
    found = File.objects.create(code=secrets.token_hex(5), subject=of.subject, **fields)
    if copied:
        row = ShownPhoto.objects.create(
            voice=of, photo=found.code, code=copy.code, by="somebody", at=clock.now()
        )
        File.objects.create(code=copy.code, subject=row.subject, **fields)
    return found, copy


def second_look(world: SimpleNamespace, about: str, **more: Any) -> SecondLook:
    where = "sent_up" if about == "of the committee above" else "taken_up"
    of = voice(world, f"{where}, proposed")
    fields = {"words": "换了灯头", "round": 1, "by": "somebody", "at": clock.now()} | more
    return SecondLook.objects.create(voice=of, **fields)


def template(world: SimpleNamespace, **more: Any) -> Template:
    fields = {"title": "路灯已报修", "words": "{编号} 已报修。", "by": "officer", "at": clock.now()} | more
    return Template.objects.create(committee=world.county, **fields)


def saved_filter(world: SimpleNamespace, **more: Any) -> SavedFilter:
    fields = {"holder": world.officer.key, "name": "路灯", "query": "tab=all&kind=help"} | more
    return SavedFilter.objects.create(**fields)


def batch(world: SimpleNamespace, *of: Voice, **more: Any) -> Batch:
    fields = {"by": world.officer.key, "at": clock.now(), "deed": "answer", "words": "{编号} 已报修。"} | more
    rows = [[one.code, one.version] for one in of]
    return Batch.objects.create(committee=world.county, rows=rows, **fields)


# ── Consultations and what is said in them ──
def topic(world: SimpleNamespace, stage: str, **more: Any) -> Consultation:
    """Hosted by `studio` and raised by somebody else, unless the stage says otherwise; from the voice of
    `world.author`."""
    today = clock.today()
    raisers = {"raised by the officer": world.officer.key, "raised by the convener": world.convener.key}
    fields: dict[str, Any] = {
        "committee": world.county, "studio": None if "no host" in stage else world.studio, "source": "voices",
        "title": "巷口的路灯怎么修", "question": "谁来修，几天修好",
        "raised_by": raisers.get(stage, "somebody"), "raised_on": today, "decide_by": today,
        "state": state(stage), "last_day": today + timedelta(days=9), "opened_on": today,
        "decline_reason": "另有安排" if state(stage) == "declined" else "",
    }  # fmt: skip
    found = Consultation.objects.create(**fields | more)
    if state(stage) == "sent":
        Point.objects.create(consultation=found, agreed=True, words="换灯头")
    if found.committee_id == world.county.pk:
        FoundingVoice.objects.create(consultation=found, voice=world.voice, round=1)
    return found


def cast_of_topic(world: SimpleNamespace, of: Consultation, stage: str = "") -> cast.Cast:
    found = cast.of(world, guest_own=[cast.guest(world, "guest_own", of.code)])
    if stage.endswith("by the convener"):
        found["convener_own"] = [world.convener]
    return found


WRITERS = {
    "post of a code": ("author_own", "code"),
    "post of a guest": ("guest_own", "door"),
    "post of a member": ("member_own", "member"),
    "post of the convener": ("convener_own", "member"),
}


def writer(world: SimpleNamespace, kind: str) -> Actor:
    by = {"author_own": world.author, "member_own": world.member, "convener_own": world.convener}
    return by.get(WRITERS[kind][0]) or cast.guest(world, "guest_own", "")


def post(world: SimpleNamespace, kind: str, review: str, of: Consultation | None = None, **more: Any) -> Post:
    of = of or topic(world, "open")
    fields = {
        "words": "一户一户数清楚",
        "author_key": writer(world, kind).key,
        "participant": WRITERS[kind][1],
    }
    return Post.objects.create(consultation=of, review=review, public=True, at=clock.now(), **fields | more)


def cast_of_post(world: SimpleNamespace, kind: str, of: Post) -> cast.Cast:
    found = cast_of_topic(world, of.consultation)
    if kind == "post of the convener":
        found["convener_own"] = [world.convener]
    return found


def recommendation(
    world: SimpleNamespace, stage: str, of: Consultation | None = None, *, number: int = 1, **more: Any
) -> Recommendation:
    """To the handler's department; a code's holder, a guest, a member and the convener proposed it."""
    of, today = of or topic(world, "sent"), clock.today()
    fields: dict[str, Any] = {
        "words": "登记受损田块", "department": world.lamps, "sent_on": today,
        "due": today + timedelta(days=9), "send_back_by": today,
    }  # fmt: skip
    if state(stage) in ("answered", "done"):
        fields |= {"decision": "not", "reason": "照章办不了", "answered_on": today}
    if state(stage) == "done":
        fields |= {"decision": "adopt", "measure": "分村登记", "promised_for": today, "done_on": today}
    found = Recommendation.objects.create(consultation=of, number=number, state=state(stage), **fields | more)
    keys = (world.author_other.key, "guest_own", world.member.key, world.convener.key, world.author.key)
    for n, key in enumerate(keys, start=10 * number):
        said = Post.objects.create(consultation=of, review="shown", author_key=key, at=clock.now())
        found.suggestions.add(Suggestion.objects.create(consultation=of, post=said, number=n, words="登记"))
    return found


def cast_of_recommendation(world: SimpleNamespace, of: Recommendation) -> cast.Cast:
    return cast_of_topic(world, of.consultation) | {"convener_own": [world.convener]}


def headway(of: Recommendation) -> Progress:
    return Progress.objects.create(
        recommendation=of, percent=100, words="办完了", at=clock.now(), by="handler"
    )


def result(world: SimpleNamespace, stage: str, of: Consultation | None = None, **more: Any) -> Result:
    of = of or topic(world, "sent" if stage == "draft" else "finished")
    day = clock.today() if stage == "published" else None
    fields = {"text": "三盏灯都亮了，还差一盏。", "drafted_by": world.officer.key} | more
    return Result.objects.create(consultation=of, state=stage, published_on=day, **fields)


# ── Studios, receptions, totals ──
def studio(world: SimpleNamespace, stage: str) -> Studio:
    """The studio of the small world put into this state, with the people who sit in it."""
    where, online = stage.split(", ")
    Studio.objects.filter(pk=world.studio.pk).update(state=where, online=online)
    return Studio.objects.select_related("committee").get(pk=world.studio.pk)


def reception(world: SimpleNamespace) -> Reception:
    return Reception.objects.create(
        studio=world.studio, day=clock.today(), residents=3, members=[world.member.key], by="officer",
        at=clock.now(),
    )  # fmt: skip


def booking(world: SimpleNamespace, stage: str, **more: Any) -> Booking:
    Studio.objects.filter(pk=world.studio.pk).update(state="open", online="online")
    number = Booking.objects.filter(studio=world.studio).count() + 1
    timed = {} if stage == "waiting" else {"start": time(9, number), "end": time(9, number + 1)}
    fields = {"day": clock.today(), "number": number, "state": stage, "made_at": clock.now()}
    return Booking.objects.create(studio=world.studio, **fields | timed | more)


def cast_of_booking(world: SimpleNamespace, of: Booking) -> cast.Cast:
    return cast.of(world, author_own=[booker(of)])


def inspection(world: SimpleNamespace, stage: str, **more: Any) -> Inspection:
    today = clock.today()
    found = {} if stage == "clear" else {"findings": "值班表没上墙", "put_right_by": today}
    done = {"put_right": "上墙了", "put_right_on": today} if stage == "put_right" else {}
    return Inspection.objects.create(
        studio=world.studio, day=today, state=stage, by="officer", **found | done | more
    )


def mark(world: SimpleNamespace, **more: Any) -> Mark:
    said = {"standard": "xixiang_haves", "edition": 1, "item": "固定场所", "standing": "missing"} | more
    return Mark.objects.create(studio=world.studio, by="officer", at=clock.now(), **said)


def task_record(world: SimpleNamespace, **more: Any) -> TaskRecord:
    said = {"item": "visits", "day": clock.today(), "note": "走了三户"} | more
    return TaskRecord.objects.create(studio=world.studio, by="officer", at=clock.now(), **said)


def roster(world: SimpleNamespace, stage: str, **more: Any) -> Roster:
    taken = clock.now() if stage == "taken" else None
    fields = {"name": "名册.xlsx", "rows": [["新人", "xinren", "", "", ""]], "lines": 1, "digest": "0"}
    return Roster.objects.create(
        committee=world.county, state=stage, taken_at=taken, by="officer", at=clock.now(), **fields | more
    )


def rule(world: SimpleNamespace, stage: str, **more: Any) -> Rule:
    """Kept in, unless `public` says otherwise; with one edition, `text` its words."""
    today, text = clock.today(), more.pop("text", "留言三天内受理。")
    repealed = {"repealed_from": today, "repeal_reason": "并入新的办法"} if stage == "repealed" else {}
    found = Rule.objects.create(
        committee=world.county, state=stage, **{"title": "留言值守安排"} | repealed | more
    )
    Edition.objects.create(
        rule=found, number=1, title=found.title, issuer="办公室", issued_on=today, since=today, text=text,
        governs=["accept_days"], by="officer", at=clock.now(),
    )  # fmt: skip
    return found


def message(world: SimpleNamespace, stage: str, **more: Any) -> Message:
    """From the member stationed in the studio to its convener."""
    now, words = clock.now(), more.pop("words", "接待日怎么排")
    fields: dict[str, Any] = {"about": "接待日", "written_at": now, "last_at": now} | more
    found = Message.objects.create(person=world.member.key, studio=world.studio, state=stage, **fields)
    Said.objects.create(message=found, side="member", by=world.member.key, at=now, words=words)
    return found


def report(world: SimpleNamespace, stage: str, of: Any = None, **more: Any) -> Report:
    """Of a shown voice of the studio; nothing says who it was."""
    of = of or voice(world, "received", "shown")
    settled = None if stage == "open" else clock.now()
    kind, _colon, item = of.subject.partition(":")
    fields: dict[str, Any] = {
        "kind": kind, "item": item, "person": of.person, "thread": of.thread, "studio": of.studio_code,
        "reason": "personal", "words": "写了是谁家", "at": clock.now(), "settled_at": settled,
    }  # fmt: skip
    return Report.objects.create(committee=world.county, state=stage, **fields | more)


def total(world: SimpleNamespace, **more: Any) -> ReportedTotal:
    fields = {"metric": "problems_solved", "value": 6, "unit": "pieces", "period": "2025", "source": "年报"}
    return ReportedTotal.objects.create(
        committee=world.county, reported_by="officer", reported_at=clock.now(), **fields | more
    )
