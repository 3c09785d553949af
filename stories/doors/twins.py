"""Two committees alike: 清溪县 and 云岭县, whose studios and people have the same names, with one of
everything each, and in every private thing a word of its own (`zqhere07x`) that only its readers may see."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client, override_settings

from shangliang import chores
from shangliang.base import clock, search
from shangliang.base.files import storage
from shangliang.base.files.models import File
from shangliang.base.people.models import Role
from shangliang.base.people.personal import keyring
from shangliang.base.people.queries import actor_of
from shangliang.base.places import actions as places
from shangliang.base.places.models import Committee, Department
from shangliang.flow.consultations.models import FoundingVoice, Suggestion
from shangliang.flow.studios.models import Reception, Studio
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices.models import Answer, Line

from ..pages import photo
from ..who_may import activities as laid
from ..who_may import cast, filed, mails, probes, seeing, studied, things, written
from ..who_may.columns import COLUMNS, MAY, cells
from ..who_may.scene import _browser as browser
from ..who_may.small_world import standing
from ..world_people import grant
from ..world_studios import online
from ..world_topics import a_voice, author


@contextmanager
def set_up(blocker: Any, media: Path) -> Iterator[SimpleNamespace]:
    """`here there`: each with `world`, `things` (the names that addresses are made from), `tokens` (word →
    the columns of its own table that may read it). `people`: (name, browser, its column here, and there)."""
    plain = "django.contrib.sessions.backends.signed_cookies"
    with override_settings(SESSION_ENGINE=plain, MEDIA_ROOT=media), standing(blocker) as world:
        both = SimpleNamespace(media=media)
        both.here, both.there = tenant("here", world, "麒麟"), tenant("there", _mirrored(world), "貔貅")
        both.here.media = both.there.media = media
        for kind in search.kinds.registered():  # the things were laid down as rows
            search.rebuild(kind.name)
        chores.everything()  # so that figures have their rows
        both.people = [*_people(both, "here"), *_people(both, "there", few=True)]
        both.here.browsers = {
            columns["here"]: browser for name, browser, columns in both.people if name[:4] == "here"
        }
        yield both


def _mirrored(world: SimpleNamespace) -> SimpleNamespace:
    """The same world as 云岭县 sees it: what is `county` here is `neighbour` there, and so on."""
    there, far = copy(world), {"committee": world.neighbour}
    there.handler2_at = places.add(Department, world.neighbour, "林业局")
    for name, words in {"far_member": "岳委员", "far_member2": "何委员", "far_deputy": "汪委员",
                        "far_other_convener": "许委员", "far_other_member": "吕委员"}.items():  # fmt: skip
        grant(world, name, words, Role.MEMBER, **far)
    grant(world, "far_operator", "吴运维", Role.OPERATOR, **far)
    grant(world, "far_handler2", "冯科长", Role.HANDLER, department=there.handler2_at.code, **far)
    for name, post in {"far_member": Role.STATIONED, "far_deputy": Role.DEPUTY}.items():
        grant(world, name, "", post, studio=world.far_studio.code, **far)
    Studio.objects.filter(pk=world.far_studio.pk).update(name=world.studio.name)
    world.far_studio.refresh_from_db()
    for name, account in world.accounts.items():
        setattr(world, name, actor_of(account))
    names = ("member", "member2", "deputy", "other_convener", "other_member", "operator", "handler2")
    for name in (*names, "convener", "leader", "handler", "auditor"):
        setattr(there, name, getattr(world, f"far_{name}"))
        setattr(there, f"far_{name}", getattr(world, name))
    there.county, there.neighbour, there.lamps, there.far = (
        world.neighbour, world.county, world.far, world.lamps,
    )  # fmt: skip
    there.officer, there.neighbour_officer = world.neighbour_officer, world.officer
    there.studio, there.far_studio = world.far_studio, world.studio
    there.other = online(
        world, world.other.name, convener="far_other_convener", seat="far_other_member",
        officer="neighbour_officer", approver="far_leader", **far,
    )  # fmt: skip
    for name in ("far_other_convener", "far_other_member"):
        setattr(there, name.removeprefix("far_"), actor_of(world.accounts[name]))
    there.voice = things.voice(there, "in_consultation")
    there.author, there.far_author = author(there.voice), world.author
    there.author_other = author(things.voice(there, "received"))
    world.far_author = there.author_other
    return there


def tenant(tag: str, world: SimpleNamespace, common: str) -> SimpleNamespace:
    """One of everything of a committee; `common` is a word that all of it has, to search for."""
    one = SimpleNamespace(tag=tag, world=world, tokens={}, common=common, count=0)

    def word(about: str, marks: str) -> str:
        one.count += 1
        token = f"zq{tag}{one.count:02}x"
        one.tokens[token] = {column for column, mark in cells(marks).items() if mark == MAY}
        return f"{token}，{common}{about}"

    one.things = {**_voices(world, word), **_topics(world, word), **_studios(world, word)}
    one.things |= mails.laid_down(world)
    one.things |= {"county": world.county, "entry": _entry(world, tag), "total": things.total(world)}
    hidden = one.things["voice_hidden"]
    FoundingVoice.objects.filter(consultation=one.things["topic_raised"]).update(voice=hidden)
    FoundingVoice.objects.filter(consultation=one.things["topic_open"]).update(voice=hidden)
    one.things |= _files(tag, one.things, word)
    one.cast = cast.of(
        world, author_own=[author(hidden)], convener_own=[world.convener],
        guest_own=[cast.guest(world, f"guest{tag}", one.things["topic_open"].code)],
    )  # fmt: skip
    return one


def _voices(world: SimpleNamespace, word: Any) -> dict[str, Any]:
    kept = seeing.VOICE["assigned"]
    days: dict[str, Any] = {"accept_by": clock.today(), "answer_by": clock.today() + timedelta(days=9)}
    hidden = things.voice(world, "assigned", **days, words=word("灯坏了", kept), place=word("巷口", kept))
    keyring.new(hidden.person)
    hidden.phone = "139" + f"{hidden.pk:08}"  # shown masked; whole to nobody without a reason
    hidden.save()
    by = {"by": world.officer.key, "at": clock.now()}
    Line.objects.create(voice=hidden, side="author", words=word("还没修", kept), **by)
    back = a_voice(world, word("灯坏了", seeing.ASKED))
    back = voices.assign(back.code, by=world.officer, seen=back.version, department=world.lamps)
    why = word("不归我们", seeing.ASKED)
    voices.send_back(back.code, by=world.handler, seen=back.version, words=why)
    shown = things.voice(
        world, "answered by department", "shown", public_words="巷口的灯修好了",
        words=word("原话里的名字", seeing.VOICE["answered by department"]),
    )  # fmt: skip
    found: dict[str, Any] = {
        "voice_back": back, "voice_hidden": hidden, "voice_shown": shown,
        "voice_waiting": things.voice(
            world, "received", "waiting", **days, words=word("看不清路", seeing.VOICE["received"])
        ),
        "voice_withheld": things.voice(
            world, "received", "withheld", withheld_reason="personal", **days,
            words=word("张家", seeing.KEPT),
            withheld_detail=word("写了名字", seeing.KEPT),
        ),
        "voice_up": things.voice(world, "sent_up", **days, words=word("要市里修", seeing.VOICE["sent_up"])),
        "voice_of_city": things.voice(
            world, "assigned, by the city", **days, words=word("市里转了", seeing.UPPER)
        ),
        "voice_refused": things.voice(world, "refused", **days, words=word("推销", seeing.VOICE["refused"])),
    }  # fmt: skip
    found["voice_reported"] = things.voice(world, "received", "shown", **days, public_words="楼上吵")
    looked = seeing.SEES["report", "open"]
    things.report(world, "open", found["voice_reported"], words=word("写了是谁家", looked))
    inside = "–  ––  ––  –✓  –✓  ✓  ✓  ––  ✓  –  –  ––"  # of the second studio: its own people, the office
    found["voice_other"] = things.voice(world, "received", studio=world.other, words=word("渠里没水", inside))
    note = seeing.SEES["private note", "of the county"]
    things.note(world, of=hidden, words=word("腿脚不便", note))
    found["note"] = things.note(world, of=hidden)
    wait = seeing.SEES["waiting answer", "of the studio's desk"]
    found["voice_waits"] = things.second_look(world, "of the studio's desk", words=word("换灯头", wait)).voice
    common = seeing.SEES["common answer", "any"]
    found["template"] = things.template(world, title=word("报修", common), words=word("已报修", common))
    own = seeing.SEES["saved filter", "any"]
    found["filter"] = things.saved_filter(world, name=word("灯", own)[:20])
    found["batch"] = things.batch(world, back, words=word("都报修", own))
    found["answer"] = Answer.objects.create(voice=shown, round=1, words="换了灯头", **by)
    return found


def _topics(world: SimpleNamespace, word: Any) -> dict[str, Any]:
    raised = seeing.SEES["consultation", "raised"]
    draft = seeing.SEES["result", "draft"]
    found: dict[str, Any] = {
        "topic_raised": things.topic(
            world, "raised", title=word("怎么修", raised), question=word("谁来修", raised)
        ),
        "topic_open": things.topic(world, "open"),
        "topic_sent": things.topic(world, "sent", title="修灯的建议送出去了"),
    }
    opened, own = found["topic_open"], found["topic_raised"]
    for review in ("waiting", "withheld"):
        seen = "–  ––  ––  ––  ✓–  ✓  –  ––  ✓  –  –  ––"  # written by a guest who is not in the cast
        found[f"post_{review}"] = things.post(
            world, "post of a code", review, opened, author_key=f"w{world.county.code}",
            words=word("一户一户数", seen),
        )  # fmt: skip
        Suggestion.objects.create(
            consultation=opened,
            post=found[f"post_{review}"],
            number=90 + len(review),
            words=word("先数", seen),
        )
    found["post_shown"] = things.post(world, "post of a guest", "shown", opened)
    things.post(world, "post of a member", "withheld", opened, withheld_reason="personal",
                words=word("李家", seeing.SEES["post of a member", "withheld"]))  # fmt: skip
    assert own.state == "raised"
    found["result_draft"] = things.result(world, "draft", found["topic_sent"], text=word("亮了", draft))
    found["result_published"] = things.result(world, "published")
    for number, stage in enumerate(("sent", "returned", "done"), start=1):
        found[f"recommendation_{stage}"] = things.recommendation(
            world, stage, found["topic_sent"], number=number
        )
    return found


def _studios(world: SimpleNamespace, word: Any) -> dict[str, Any]:
    where = {"committee": world.county, "kind": "area"}
    planned = Studio.objects.create(
        name=word("筹建", seeing.INSIDE), address=word("三楼", seeing.INSIDE), **where
    )
    applied = Studio.objects.create(
        name=word("等批", seeing.INSIDE), state="open", online="applied",
        apply_why=word("为什么", "–  ––  ––  ––  ––  –  ✓  ––  –  –  –  ––"), **where,
    )  # fmt: skip
    works = seeing.WORKS
    visit = things.inspection(world, "open", findings=word("没上墙", works))
    things.mark(world, note=word("租约", works))
    Committee.objects.filter(pk=world.county.pk).update(preferences={"standards": ["xixiang_haves"]})
    booked = things.booking(SimpleNamespace(studio=world.studio), "booked")
    roster = things.roster(
        world, "read", name=word("名册", seeing.SEES["roster", "read"])[:40],
        faults=[[2, word("没有这个界", seeing.SEES["roster", "read"])]],
    )  # fmt: skip
    Reception.objects.create(
        studio=applied, day=clock.today(), residents=2, members=[world.member.key], by="officer",
        at=clock.now(), note=word("来了两位", "–  ––  ––  ––  ––  ✓  –  ––  ✓  –  –  ––"),
    )  # fmt: skip
    rule = things.rule(
        world, "in_force", title=word("值守", seeing.INSIDE), text=word("几点看", seeing.INSIDE)
    )
    message = things.message(world, "waiting", about=word("接待", works), words=word("怎么排", works))
    own, told = (seeing.SEES["opinion_report", state] for state in ("draft", "sent"))
    team = seeing.SEES["research", "draft"]
    if world.county.code != "990101":  # of 云岭县 no member makes the round, who alone reads it
        own = team = seeing.NONE
    number = seeing.SEES["bulletin", "issued"]
    reports = {
        "report_draft": written.opinion_report(world, "draft", title=word("没交的", own)),
        "report_sent": written.opinion_report(
            world, "sent", title=word("路灯", told), situation=word("十九盏", told)
        ),
        "report_issued": written.opinion_report(world, "issued", advice=word("统一接管", told)),
        "bulletin": written.bulletin(world, title=word("登的题目", number), advice=word("登的建议", number)),
        "bulletin_up": written.bulletin(world, up=True),
    }
    seen, joined = (seeing.SEES["research", state] for state in ("submitted", "sent, study"))
    reports |= {
        "research_draft": studied.research(world, "draft", title=word("没交的调研", team)),
        "research_submitted": studied.research(world, "submitted", findings=word("四处没人管", seen)),
        "research_study": studied.research(world, "sent, study", advice=word("统一管护", joined)),
    }
    filed_of, handed = (seeing.SEES["proposal", state] for state in ("sent", "assigned"))
    unsent = own
    given = filed.proposal(world, "assigned", advice=word("交办的", handed))
    drafted = filed.handling(world, "drafted")
    filed.answer(world, drafted.proposal, word("拟的答复", seeing.SEES["answer to a proposal", "drafted"]))
    asked, shown = filed.signature(world, "invited"), filed.public(world)
    proposals = {
        "proposal_draft": filed.proposal(world, "draft", title=word("没交的提案", unsent)),
        "proposal_sent": filed.proposal(world, "sent", title=word("交的提案", filed_of)),
        "proposal_assigned": given, "handling_given": given.handlings.get(),
        "handling_drafted": drafted, "proposal_drafted": drafted.proposal, "proposal_public": shown,
        "proposal_signing": asked.proposal, "signature_invited": asked,
        **_letters(world, word),
        "letter_number": SimpleNamespace(code=shown.handlings.get().answers_given.get().pk),
    }  # fmt: skip
    return {
        "rule": rule, "message": message, **reports, **proposals, **_activities(world, word),
        "studio": world.studio, "studio_planned": planned, "studio_applied": applied,
        "booking": booked, "roster": roster, "inspection": visit,
    }  # fmt: skip


def _letters(world: SimpleNamespace, word: Any) -> dict[str, Any]:
    """Of what was not filed: one that waits for its reply and was urged, and one that has it."""
    letter = filed.letter(world, situation=word("转给单位的", seeing.HANDED))
    urging = filed.urged(letter, word("催了", seeing.URGED))
    replied = filed.replied(world, word("单位回的", seeing.HANDED))
    return {
        "letter": letter, "proposal_passed": letter.proposal,
        "letter_urging": SimpleNamespace(code=urging.pk),
        "letter_replied": replied, "proposal_replied": replied.proposal,
    }  # fmt: skip


def _activities(world: SimpleNamespace, word: Any) -> dict[str, Any]:
    plan, kept = seeing.SEES["activity", "planned"], seeing.SEES["activity", "held, private"]
    return {
        "activity_planned": laid.activity(world, "planned", title=word("还没通知", plan)),
        "activity_announced": laid.activity(world, "announced"),
        "activity_held": laid.activity(
            world,
            "held",
            minutes=word("看了几位", kept),
            did=word("分诊", kept),
            helpers=word("来帮忙", plan),
        ),
        "activity_private": laid.activity(world, "held, private", title=word("两家", kept)),
        "activity_published": laid.activity(world, "published"),
        "activity_line": laid.series(world),
    }


def _entry(world: SimpleNamespace, tag: str) -> Any:
    row = probes.entry(world)
    row.code = f"entry{tag}"
    row.save()
    return row


def _files(tag: str, found: dict[str, Any], word: Any) -> dict[str, Any]:
    def of(name: str, subject: str) -> File:
        content, code = photo().read(), f"{name}{tag}"[:10]
        storage.write(code, "small", ContentFile(content))
        return File.objects.create(
            code=code, subject=subject, form="photo", name="灯.jpg", size=len(content), width=64, height=48,
            by="author", at=clock.now(),
        )  # fmt: skip

    draft = found["result_draft"].subject
    paper = File.objects.create(
        code=f"paper{tag}", subject=draft, form="paper", by="officer", at=clock.now(), size=9,
        name=word("验收单", seeing.SEES["evidence of a result", "draft"]) + ".pdf",
    )  # fmt: skip
    storage.write(
        paper.code, "paper", ContentFile(b"%PDF-1.4 " + word("里面", seeing.SEES["result", "draft"]).encode())
    )
    return {
        "photo_hidden": of("hidden", found["voice_hidden"].subject),
        "photo_shown": of("shown", found["voice_shown"].subject),
        "answer_shown": of("answr", found["answer"].subject),
        "paper_draft": paper,
    }


def _people(
    both: SimpleNamespace, side: str, *, few: bool = False
) -> Iterator[tuple[str, Client, dict[str, str]]]:
    """The first of each column of this committee's table, with the column each has on either side."""
    one = getattr(both, side)
    columns = (
        [c for c in COLUMNS if c not in ("stranger", "neighbour", "above", "above_asked")] if few else COLUMNS
    )
    if few:
        columns = ["author_own", "officer", "handler_own", "leader"]
    for column in columns:
        if column == "neighbour":
            continue
        actor = one.cast[column][0]
        scene = SimpleNamespace(world=one.world, who={column: actor})
        same = column in ("stranger", "above", "above_asked")
        other = column if same else "neighbour"
        yield f"{side}:{column}", browser(scene, column), {side: column, _over(side): other}


def _over(side: str) -> str:
    return "there" if side == "here" else "here"
