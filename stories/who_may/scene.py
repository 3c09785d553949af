"""The small world with one of everything, a browser for each column, and words that not everybody may see."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core import signing
from django.core.files.base import ContentFile
from django.db import connections, transaction
from django.test import Client, override_settings

from shangliang.base import clock
from shangliang.base.files import storage
from shangliang.base.files.models import File
from shangliang.base.journal.checkpoints import checkpoint
from shangliang.base.journal.codes import salt
from shangliang.base.journal.models import Act, Unsealed
from shangliang.base.journal.seal import seal
from shangliang.base.people.actor import Actor
from shangliang.flow.consultations.models import Consultation, FoundingVoice
from shangliang.flow.studios import seatcodes
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices.models import Answer

from ..pages import photo
from ..world_topics import author
from . import activities as laid
from . import cast, filed, mails, probes, seeing, studied, things, written
from .columns import COLUMNS, MAY, VISITORS, cells
from .small_world import standing

OWN_PHONE, FAR_PHONE = "13900001234", "13900005678"


@contextmanager
def set_up(blocker: Any, media: Path) -> Iterator[SimpleNamespace]:
    """`scene.things`: what addresses are made from. `scene.who`: the actor of each column, `scene.clients`
    their browsers. `scene.canaries`: word → the columns that may read it somewhere."""
    plain = "django.contrib.sessions.backends.signed_cookies"  # a session in the database would save itself
    told = media / "checkpoints.jsonl"
    with (
        override_settings(SESSION_ENGINE=plain, MEDIA_ROOT=media, CHECKPOINTS=told),
        standing(blocker) as world,
    ):
        scene = SimpleNamespace(world=world, media=media, checkpoints=told, canaries={})
        scene.things = _one_of_everything(world, scene.canaries)
        scene.cast = cast.of(
            world,
            author_own=[author(scene.things["voice_hidden"])],
            convener_own=[world.convener],
            guest_own=[cast.guest(world, "guest_own", scene.things["topic_open"].code)],
        )
        scene.who = {column: actors[0] for column, actors in scene.cast.items()}
        _journalled(actor for actor in scene.who.values() if actor.kind == "author")
        scene.clients = {column: _browser(scene, column) for column in COLUMNS}
        yield scene


def _journalled(authors: Iterable[Actor]) -> None:
    """The act that began each author's thread, sealed and told by a checkpoint."""
    today = clock.today().isoformat()
    for one in authors:
        act = Act.objects.create(
            name="voice_left", subject=one.subject, thread=one.thread, by=one.key, salt=salt(),
            committee=one.committee, at=clock.now(), facts={"accept_by": today, "answer_by": today},
        )  # fmt: skip
        Unsealed.objects.create(act_id=act.pk, at=act.at)
    while seal():
        pass
    checkpoint()


def _one_of_everything(world: SimpleNamespace, canaries: dict[str, set[str]]) -> dict[str, Any]:
    def planted(word: str, marks: str) -> str:
        canaries[word] = {column for column, mark in cells(marks).items() if mark == MAY}
        return f"{word}，晚上看不清路"

    own = planted("zq-own-voice", seeing.VOICE["assigned"])
    hidden = things.voice(world, "assigned", words=own)
    hidden.phone = OWN_PHONE
    hidden.save()
    far = things.voice(world, "received", studio=world.far_studio, words="zq-far-voice，桥上有洞")
    far.phone = FAR_PHONE
    far.save()
    things.voice(world, "received", studio=world.other, words="zq-other-voice，渠里没水")
    canaries |= {
        OWN_PHONE: set(), FAR_PHONE: set(), "zq-far-voice": {"neighbour"},
        "zq-other-voice": {"member_other", "convener_other", "officer", "leader", "auditor"},
    }  # fmt: skip
    shown = things.voice(world, "answered by department", "shown", public_words="巷口的灯修好了")
    waiting = things.voice(
        world, "received", "waiting", words=planted("zq-waiting", seeing.VOICE["received"])
    )
    answer = Answer.objects.create(voice=shown, round=1, words="换了灯头", by="handler", at=clock.now())

    raised_words = planted("zq-raised", seeing.SEES["consultation", "raised"])
    raised = things.topic(world, "raised", title=raised_words)
    opened = things.topic(world, "open")
    for one in (raised, opened):
        FoundingVoice.objects.filter(consultation=one).update(voice=hidden)
    author_key = hidden.person
    _far_topics(world, canaries)
    post_words = planted("zq-waiting-post", seeing.SEES["post of a code", "waiting"])
    posts = {
        review: things.post(world, "post of a code", review, opened, author_key=author_key, words=post_words)
        for review in ("waiting", "withheld")
    }
    sent = things.topic(world, "sent", title="修灯的建议送出去了")
    draft_words = planted("zq-draft", seeing.SEES["result", "draft"])
    draft = things.result(world, "draft", sent, text=draft_words)
    looked = seeing.SEES["report", "open"]
    reported = things.voice(world, "received", "shown", public_words="路灯坏了，楼上不管")
    things.report(world, "open", reported, words=planted("zq-reported", looked))
    rows = {
        stage: things.recommendation(world, stage, sent, number=n)
        for n, stage in enumerate(("sent", "returned", "done"), start=1)
    }
    room, links = planted("zq-planned", seeing.INSIDE), mails.laid_down(world)
    studio = {"committee": world.county, "kind": "area"}
    about = planted("zq-note", seeing.SEES["private note", "of the county"])
    common = planted("zq-common", seeing.SEES["common answer", "any"])
    return {
        "note": things.note(world, of=hidden, words=about),
        "template": things.template(world, title=common[:40]),
        "filter": things.saved_filter(world),
        "batch": things.batch(world, things.voice(world, "taken_up")),
        "booking": things.booking(world, "booked"), "roster": things.roster(world, "read"),
        "inspection": things.inspection(world, "open"), "task_record": things.task_record(world),
        "studio_city": Studio.objects.create(name="市里核的", state="open", online="city", **studio),
        "rule": things.rule(
            world, "in_force", title=planted("zq-rule", seeing.INSIDE), text=planted("zq-text", seeing.INSIDE)
        ),
        "message": things.message(
            world, "waiting", about=planted("zq-about", seeing.WORKS), words=planted("zq-words", seeing.WORKS)
        ),
        **_reports(world, planted), **_activities(world, planted), **_proposals(world, planted),
        **_research(world, planted),
        "objection": written.objection(
            world, "open", words=planted("zq-doubt", seeing.SEES["objection", "open"])
        ),
        "closing": written.closing(world),
        "studio": world.studio, "voice_hidden": hidden, "voice_shown": shown, "voice_waiting": waiting,
        "voice_beside": things.voice(world, "assigned, with others"),
        "settling": things.settling(world, "waiting"),
        "voice_up": things.voice(world, "sent_up"), "topic_raised": raised, "topic_open": opened,
        "voice_reported": reported, "post_shown": things.post(world, "post of a guest", "shown", opened),
        "topic_sent": sent, "post_waiting": posts["waiting"], "post_withheld": posts["withheld"],
        "result_draft": draft, "result_published": things.result(world, "published"),
        **{f"recommendation_{stage}": row for stage, row in rows.items()},
        "studio_planned": Studio.objects.create(name=room, **studio),
        "studio_applied": Studio.objects.create(name="等批的", state="open", online="applied", **studio),
        "photo_hidden": _picture("pictures01", hidden.subject),
        "photo_waiting": _picture("pictures04", waiting.subject),
        "photo_shown": _picture("pictures02", shown.subject),
        "answer_shown": _picture("pictures03", answer.subject), "entry": probes.entry(world),
        "total": things.total(world), "county": world.county,
        "person_here": SimpleNamespace(code=world.member.key),
        "seat_here": SimpleNamespace(code=seatcodes.of(world.studio.code, world.member.key)), **links,
    }  # fmt: skip


def _reports(world: SimpleNamespace, planted: Callable[[str, str], str]) -> dict[str, Any]:
    own, seen = (seeing.SEES["opinion_report", state] for state in ("draft", "sent"))
    number = seeing.SEES["bulletin", "issued"]
    return {
        "report_draft": written.opinion_report(world, "draft", title=planted("zq-unsent", own)),
        "report_sent": written.opinion_report(world, "sent", advice=planted("zq-advice", seen)),
        "report_issued": written.opinion_report(world, "issued", situation=planted("zq-issued", seen)),
        "bulletin": written.bulletin(world, title=planted("zq-bulletin", number)),
        "bulletin_up": written.bulletin(world, up=True),
        "referral": written.referral(world),
    }


def _research(world: SimpleNamespace, planted: Callable[[str, str], str]) -> dict[str, Any]:
    own, seen, joined = (seeing.SEES["research", state] for state in ("draft", "submitted", "sent, study"))
    return {
        "research_draft": studied.research(world, "draft", title=planted("zq-unfinished", own)),
        "research_submitted": studied.research(world, "submitted", findings=planted("zq-found", seen)),
        "research_study": studied.research(world, "sent, study", advice=planted("zq-advised", joined)),
    }


def _activities(world: SimpleNamespace, planted: Callable[[str, str], str]) -> dict[str, Any]:
    """`zq-minutes`, `zq-did`: read by who holds the activity and who was there, never on the public page."""
    seen = seeing.SEES["activity", "planned"]
    kept = seeing.SEES["activity", "held, private"]
    held = laid.activity(world, "held", minutes=planted("zq-minutes", kept), did=planted("zq-did", kept))
    return {
        "activity_photo": _picture("pictures05", held.subject),
        "activity_planned": laid.activity(world, "planned", title=planted("zq-meant", seen)[:60]),
        "activity_announced": laid.activity(world, "announced"),
        "activity_held": held,
        "activity_private": laid.activity(world, "held, private", title=planted("zq-quarrel", kept)[:60]),
        "activity_published": laid.activity(world, "published"),
        "activity_line": laid.series(world),
    }


def _proposals(world: SimpleNamespace, planted: Callable[[str, str], str]) -> dict[str, Any]:
    own, seen = (seeing.SEES["proposal", state] for state in ("draft", "sent"))
    handed = seeing.SEES["proposal", "assigned"]
    assigned = filed.proposal(world, "assigned", situation=planted("zq-assigned", handed))
    drafted = filed.handling(world, "drafted")
    filed.answer(
        world, drafted.proposal, planted("zq-answer", seeing.SEES["answer to a proposal", "drafted"])
    )
    letter = filed.letter(world, advice=planted("zq-letter", seeing.HANDED))
    filed.urged(letter, planted("zq-urged", seeing.URGED))
    shown, asked = filed.public(world), filed.signature(world, "invited")
    return {
        "proposal_draft": filed.proposal(world, "draft", title=planted("zq-own-proposal", own)),
        "proposal_sent": filed.proposal(world, "sent", advice=planted("zq-proposed", seen)),
        "proposal_assigned": assigned, "handling_given": assigned.handlings.get(),
        "handling_drafted": drafted, "proposal_drafted": drafted.proposal, "proposal_public": shown,
        "proposal_signing": asked.proposal, "signature_invited": asked,
        "letter": letter, "proposal_passed": letter.proposal,
        "letter_number": SimpleNamespace(code=shown.handlings.get().answers_given.get().pk),
    }  # fmt: skip


def _far_topics(world: SimpleNamespace, canaries: dict[str, set[str]]) -> None:
    place = {"committee": world.neighbour, "studio": world.far_studio}
    things.topic(world, "raised", title="zq-far-raised", **place)
    far: Consultation = things.topic(world, "open", **place)
    things.post(world, "post of a guest", "withheld", far, words="zq-far-post", author_key="far-guest")
    canaries |= {"zq-far-raised": {"neighbour"}, "zq-far-post": {"neighbour"}}


def _picture(code: str, subject: str) -> File:
    content = photo().read()
    for size in ("large", "small"):
        storage.write(code, size, ContentFile(content))
    return File.objects.create(
        code=code, subject=subject, form="photo", name="灯.jpg", size=len(content), width=64, height=48,
        by="author", at=clock.now(),
    )  # fmt: skip


def _browser(scene: SimpleNamespace, column: str) -> Client:
    """Signed in, with the thread open, or with a door code used; sessions lie in the cookie."""
    browser, actor = Client(raise_request_exception=False), scene.who[column]
    if column not in VISITORS:
        [account] = [one for one in scene.world.accounts.values() if one.key == actor.key]
        browser.force_login(account)
    elif actor.kind == "author":
        browser.cookies["sessionid"] = _thread(actor)
    elif actor.kind == "guest":
        salt = f"guestguest {actor.consultation}"
        browser.cookies["guest"] = signing.get_cookie_signer(salt=salt).sign(actor.key)
    return browser


def _thread(actor: Actor) -> str:
    session = SessionStore()
    session["thread"] = {
        "key": actor.key, "thread": actor.thread, "subject": actor.subject, "committee": actor.committee,
        "until": int(clock.now().timestamp()) + 3600,
    }  # fmt: skip
    session.save()
    return str(session.session_key)


@contextmanager
def read_only() -> Iterator[None]:
    """Whatever writes inside fails in the database itself. For many pages at once: SQLite prepares each of
    its statements anew when this begins and when it ends."""
    with transaction.atomic(), transaction.atomic(using="keyring"):
        for one in connections.all():
            with one.cursor() as cursor:
                postgres = one.vendor == "postgresql"
                cursor.execute("SET TRANSACTION READ ONLY" if postgres else "PRAGMA query_only = ON")
        try:
            yield
        finally:
            for one in connections.all():
                if one.vendor == "sqlite":  # past Django, which after a refused write asks no more
                    one.connection.execute("PRAGMA query_only = OFF")
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keyring")


def looked(browser: Client, where: str, headers: Mapping[str, str] | None = None) -> Any:
    """A page that is read inside `read_only`. What it left in the browser is taken back, and a write that it
    was refused stays its own fault: the next page is read as if it had not been."""
    cookies: Any = browser.cookies.copy()
    with ExitStack() as taken_back:
        for one in connections.all():
            if one.vendor == "postgresql":  # where a refused write ends the transaction
                taken_back.enter_context(transaction.atomic(using=one.alias))
                taken_back.callback(transaction.set_rollback, True, using=one.alias)
        answer = browser.get(where, headers=headers)
    for one in connections.all():
        one.needs_rollback = False
    browser.cookies = cookies
    return answer
