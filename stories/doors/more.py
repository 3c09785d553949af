"""Beside one of everything: a row of each table that holds somebody's words, and each thing in the state in
which a page shows them."""

from datetime import time, timedelta
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import Client

from shangliang.base import clock
from shangliang.base.files.models import File
from shangliang.base.people.models import Look
from shangliang.base.people.personal import keyring
from shangliang.base.places.models import Committee, LiaisonGroup, Zone
from shangliang.flow.consultations.models import Consultation, Meeting
from shangliang.flow.proposals.models import Answer as AnswerGiven
from shangliang.flow.proposals.models import Rating, Session, Urging
from shangliang.flow.reports.models import Adoption, Referral
from shangliang.flow.research.models import Outcome
from shangliang.flow.studios.models import Booking, OwnList, Slot, Studio, TaskSheet
from shangliang.flow.voices.models import Answer, Assignment, Merging, Progress, ShownPhoto, Verdict, Voice
from shangliang.ledgers.figures.models import ReportedTotal
from shangliang.ledgers.notices.models import Mailbox
from shangliang.ledgers.points.models import Closed

from ..who_may import activities as laid
from ..who_may import filed, studied, things, written

# Addresses of what is laid down here, as in `rounds.MORE`.
MORE = (
    ("desk:voice", "voice_beside"),
    ("desk:review_item", "kind_voice", "voice_appealed"),
    ("desk:review_item", "kind_post", "post_appealed"),
    ("desk:proposal", "proposal_public", "?version=2"),
    ("desk:proposal", "proposal_body"),
    ("desk:proposal", "proposal_session"),
    ("figures:metric", "county", "problems_solved"),
    ("desk:report", "report_issued", "?version=2"),
    ("desk:report", "report_returned"),
    ("desk:research", "research_study", "?version=2"),
    ("workbench:proposal", "proposal_returned"),
    ("workbench:report", "report_returned"),
    ("workbench:research", "research_returned"),
    ("workbench:activity", "activity_left"),
    ("desk:proposal_urging", "proposal_public", "urging"),
    ("rulebook:rule", "rule_repealed"),
    ("desk:rule", "rule_repealed"),
    ("desk:studio", "studio_closed"),
    ("voices:door", "studio_closed"),
    ("consultations:consultation", "topic_declined"),
)  # fmt: skip


def lay_down(one: SimpleNamespace) -> None:
    """Adds to a committee's things, within the transaction of the test that asks for it."""
    one.things |= _voices(one.world, one.things) | _topics(one.world, one.things)
    one.things |= _studios(one.world, one.things) | _duty(one.world, one.things)
    ReportedTotal.objects.filter(pk=one.things["total"].pk).update(derived=True)
    _open_booking(one.browsers["author_own"], one.things["booking"])


def _open_booking(browser: Client, of: Booking) -> None:
    """In this browser, as by its code."""
    session = SessionStore(browser.cookies["sessionid"].value)
    until = int(clock.now().timestamp()) + 3600
    session["booking"] = {"code": of.code, "key": of.person, "until": until}
    session.save()
    browser.cookies = SimpleCookie({"sessionid": str(session.session_key)})


def _voices(world: SimpleNamespace, found: dict[str, Any]) -> dict[str, Any]:
    by: dict[str, Any] = {"by": world.officer.key, "at": clock.now()}
    own, shown, today = found["voice_hidden"], found["voice_shown"], clock.today()
    beside = things.voice(world, "assigned, with others")
    Assignment.objects.filter(voice=beside, department=world.farms).update(
        opinion="可以办", given_on=today, given_by="handler2"
    )
    Assignment.objects.create(
        voice=beside, department=world.schools, task="beside", at=clock.now(), by="officer", due=today,
        send_back_by=today, sent_back_at=clock.now(), reason="不归我们",
    )  # fmt: skip
    Answer.objects.create(voice=own, round=1, words="修过了", who="路灯所", **by)
    Verdict.objects.create(voice=own, round=1, verdict="not", missing="还不亮", **by)
    Progress.objects.create(voice=shown, round=1, words="在修", who="路灯所", **by)
    other = Voice.objects.get(code=world.author_other.subject.partition(":")[2])
    Voice.objects.filter(pk=other.pk).update(state="taken_up")
    Merging.objects.create(voice=other, into=found["voice_back"], words="是同一盏灯", **by)
    Look.objects.create(subject=own.subject, person=own.person, reason="问一问", **by)
    Mailbox.objects.create(
        voice=own.code, person=own.person, email="a@example.cn", agreed="1", asked_at=clock.now(),
        confirmed_at=clock.now(),
    )  # fmt: skip
    photo, _copy = things.photo(world, shown, copied=True)
    ShownPhoto.objects.filter(photo=photo.code).update(alt="灯")
    found["template"].editions.create(
        number=1, title="旧的", words="旧话", by=world.officer.key, at=clock.now()
    )
    asked = things.voice(world, "received", "appealed", withheld_reason="personal", appeal="没有写谁")
    return {
        "voice_beside": beside, "voice_appealed": asked, "settling": things.settling(world, "waiting"),
    }  # fmt: skip


def _topics(world: SimpleNamespace, found: dict[str, Any]) -> dict[str, Any]:
    sent, today = found["topic_sent"], clock.today()
    Meeting.objects.create(consultation=sent, day=today, place="会议室", members=[world.member.key])
    done = found["recommendation_done"]
    things.headway(done)
    sent.recommendations.filter(pk=found["recommendation_sent"].pk).update(
        extended=True, extension_reason="等图纸"
    )
    declined = things.topic(world, "declined", declined_on=today)
    appealed = things.post(
        world, "post of a code", "appealed", sent, withheld_reason="personal", appeal="没有写谁"
    )
    found["post_shown"].suggestions.create(
        consultation=found["topic_open"], number=70, words="数", public_words="数一数"
    )
    keyring.new(found["post_shown"].person)
    found["post_shown"].public_words = "数清楚"
    found["post_shown"].save()
    Consultation.objects.filter(pk=sent.pk).update(raised_for="县长", paper_on=today)
    File.objects.create(
        code=f"topic{world.county.code}"[:10], subject=sent.subject, form="paper", name="题.pdf", size=9,
        by="officer", at=clock.now(),
    )  # fmt: skip
    return {"topic_declined": declined, "post_appealed": appealed}


def _studios(world: SimpleNamespace, found: dict[str, Any]) -> dict[str, Any]:
    by: dict[str, Any] = {"by": world.officer.key, "at": clock.now()}
    today, where = clock.today(), {"committee": world.county, "kind": "area"}
    Slot.objects.create(
        studio=world.studio, weekday=1, start=time(8), end=time(9), place="里屋", note="有坡道"
    )
    group = LiaisonGroup.objects.create(committee=world.county, name="一组")
    Zone.objects.create(group=group, name="一片")
    TaskSheet.objects.create(
        committee=world.county, year=today.year, edition=9, basis="口头", **by,
        items=[{"key": "visits", "label": "走访", "count": "", "target": 3, "period": "year", "kinds": []}],
    )  # fmt: skip
    struck = things.task_record(world, struck_at=clock.now(), struck_why="记重了")
    OwnList.objects.create(
        committee=world.county, key="own", edition=1, name="自己的", based_on="", items=["门牌"], **by
    )
    Committee.objects.filter(pk=world.county.pk).update(preferences={"standards": ["xixiang_haves", "own"]})
    closed = Studio.objects.create(
        name="撤了的", state="closed", was_online=True, closed_on=today, voices_go_to="县办", **where
    )
    Studio.objects.filter(pk=world.studio.pk).update(
        model_reason="办得好", model_since=today, model_until=today + timedelta(days=9)
    )
    repealed = things.rule(world, "repealed", public=True)
    return {"studio_closed": closed, "rule_repealed": repealed, "task_record": struck}


def _duty(world: SimpleNamespace, found: dict[str, Any]) -> dict[str, Any]:
    by: dict[str, Any] = {"on": clock.today(), "by": world.officer.key, "at": clock.now()}
    report = found["report_issued"]
    keyring.new(report.person)
    for number in (1, 2):
        report.versions.create(number=number, by=world.member.key, at=clock.now(), **written.TEXTS)
    Adoption.objects.create(
        report=report, level="city", combined=True, where="市信息", reference="第一期", **by
    )
    report.endorsements.create(level="city", who="市长", words="请办", **by)
    Referral.objects.create(
        report=report, department=world.lamps, words="请办", reply="办了", replied_on=clock.today(), **by
    )
    study = found["research_study"]
    for number in (1, 2):
        study.versions.create(number=number, by=world.member.key, at=clock.now(), **studied.TEXTS)
    adopted = {
        "research": study,
        "addressee": study.addressees.get(),
        "said": "adopted",
        "words": "采纳",
        **by,
    }
    Outcome.objects.create(**adopted)
    Outcome.objects.create(
        taken_back_at=clock.now(), taken_back_by=world.officer.key, taken_back_why="记错了", **adopted
    )
    study.endorsements.create(level="county", who="县长", words="请办", **by)
    study.corrections.create(words="都定了人", shown_on=clock.today(), **by)
    AnswerGiven.objects.filter(handling=found["handling_drafted"]).update(public=False, reason="涉及企业")
    shown = found["proposal_public"]
    for number in (1, 2):
        shown.versions.create(number=number, by=world.member.key, at=clock.now(), **written.TEXTS)
    urging = Urging.objects.create(
        handling=shown.handlings.get(), year=2026, number=7, words="请抓紧", due=clock.today(),
        on=clock.today(), by=world.officer.key,
    )  # fmt: skip
    Rating.objects.create(
        signature=shown.signatures.get(), round=1, visited="visited", attitude="satisfied", heard="visit",
        aimed="fully", result="agree", score=90, words="还行", at=clock.now(),
    )  # fmt: skip
    back: dict[str, Any] = {
        "proposal_returned": filed.proposal(world, "returned"),
        "report_returned": written.opinion_report(world, "returned"),
        "research_returned": studied.research(world, "returned"),
    }
    for name, one in back.items():
        about = {} if name == "research_returned" else {"about": "returned"}
        keyring.new(one.person)
        one.notes.create(words="再写清楚", by=world.officer.key, at=clock.now(), **about)
    closing = written.closing(world)
    Closed.objects.create(closing=closing, member=world.member.key, points=1, total=1, grade="良")
    Session.objects.create(
        committee=world.county, name="六次会议", opens=clock.today(), until=clock.today(),
        by=world.officer.key, at=clock.now(),
    )  # fmt: skip
    return {
        "urging": SimpleNamespace(code=urging.pk), "closing": closing, "referral": written.referral(world),
        "objection": written.objection(world, "dismissed"), **back,
        "proposal_session": filed.proposal(world, "assigned", in_session=True, session="五次会议"),
        "proposal_body": filed.proposal(world, "sent", kind="party", body="民建支部"),
        "activity_left": laid.participation(world, "leave").activity,
    }  # fmt: skip
