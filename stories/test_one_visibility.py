"""One visibility, through every door: each private thing of two committees alike holds a word of its own, and
nobody reads the words of those who are not theirs, on no page, list, search, part, file or header.

Planted: a question without its `visible_to`, a file's door left open, a topic's page that asks for nobody."""

import re
import secrets
from collections import defaultdict

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from shangliang.base.files import queries as files
from shangliang.base.journal.models import Act
from shangliang.flow.consultations.models import Consultation
from shangliang.flow.consultations.queries import of_consultations as consultations
from shangliang.flow.results import queries as results
from shangliang.flow.results.models import Result
from shangliang.flow.studios.models import Roster, Studio
from shangliang.flow.studios.queries import of_studios as studios
from shangliang.flow.voices import queries as voices

from .doors import refusing, rounds, telling, twins
from .remembered import forget
from .who_may.scene import looked, read_only

pytestmark = [pytest.mark.long, pytest.mark.django_db(databases=["default", "keyring"])]
SIDES = ("here", "there")
TOKEN = re.compile(r"zq(?:here|there)\d+x")  # as `twins` makes them


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker, tmp_path_factory):
    with twins.set_up(django_db_blocker, tmp_path_factory.mktemp("media")) as both, refusing.shortly():
        yield both


@pytest.fixture
def both(base, settings):
    settings.MEDIA_ROOT = base.media
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    return base


def leaks(both, name, browser, columns, side, *, read=None, only=""):
    """(word, address) of whatever somebody reads that is not theirs, at one committee's addresses."""
    tokens = {token: (who, readers) for who in SIDES for token, readers in getattr(both, who).tokens.items()}
    own = columns[side] if name.startswith(side) else ""
    with read_only():
        for where, headers in rounds.all_of(getattr(both, side), again=side == "there", column=own):
            if not where.startswith(only):
                continue
            said = telling.of(looked(browser, where, headers))
            for token in sorted(tokens.keys() & set(TOKEN.findall(said))):
                whose, readers = tokens[token]
                if columns[whose] not in readers:
                    yield token, f"{name} at {where}"
                elif read is not None:
                    read[token].add(name)


def test_nobody_reads_what_is_not_theirs_at_any_door(both):
    read = defaultdict(set)
    found = [
        one
        for name, browser, columns in both.people
        for side in SIDES
        for one in leaks(both, name, browser, columns, side, read=read)
    ]
    assert not found, found[:9]
    unread = {
        t for side in SIDES for t, readers in getattr(both, side).tokens.items() if readers
    } - read.keys()
    assert not unread, f"read by nobody, so they prove nothing: {sorted(unread)}"


# ── Planted ──
EVERYTHING = {
    "voices without visible_to": (voices, "visible_to", lambda actor: Q(), "/desk/"),
    "consultations without visible_to": (
        consultations,
        "visible_to",
        lambda actor: Consultation.objects.select_related("committee", "studio"),
        "/consultations/",
    ),
    "posts of anybody": (consultations, "may_see_post", lambda actor, post: True, "/desk/review/"),
    "results without a reader": (
        results,
        "result",
        lambda code, *, actor: Result.objects.select_related("consultation__committee").get(code=code),
        "/results/",
    ),
    "studios without visible_to": (
        studios,
        "visible_to",
        lambda actor: Studio.objects.select_related("committee"),
        "/studios/",
    ),
    "a file's door that asks nobody": (files, "_let_in", lambda actors, file: True, "/files/"),
}


@pytest.mark.parametrize("planted", EVERYTHING)
def test_a_door_that_asks_nobody_is_found(both, planted, monkeypatch):
    module, name, open_to_all, where = EVERYTHING[planted]
    browsers = {name: (browser, columns) for name, browser, columns in both.people}
    who = "there:officer" if where.startswith("/desk/") else "here:stranger"
    browser, columns = browsers[who]
    side = "here" if who.startswith("there") else "there"
    assert not list(leaks(both, who, browser, columns, side, only=where))
    forget()
    monkeypatch.setattr(module, name, open_to_all)
    assert any(leaks(both, who, browser, columns, side, only=where))


def test_a_word_on_a_sheet_is_read(both):
    """Else a leak by way of a PDF would go unseen: its words lie packed."""
    sheet = both.here.browsers["officer"].get(
        reverse("desk:bulletin_pdf", args=[both.here.things["bulletin"].code])
    )
    assert sheet.content.startswith(b"%PDF-")
    assert b"zqhere" not in sheet.content
    assert "zqhere" in telling.of(sheet)


# ── Two committees alike, swapped ──
def swaps(mine, theirs):
    """(who of mine, address, what is sent, whether it goes through with one's own in its place): each puts a
    thing of the other committee where one's own belongs."""
    own, far = mine.things, theirs.things

    def at(name, *parts):
        return reverse(name, args=[getattr(part, "code", part) for part in parts])

    yield (
        "author_own",
        at("consultations:mend", own["topic_open"], far["post_withheld"]),
        {"words": "改好了再说"},
    )
    yield (
        "author_own",
        at("consultations:appeal", own["topic_open"], far["post_withheld"]),
        {"words": "没有写谁的名字，请另一位再看"},
    )
    yield (
        "author_own",
        at("consultations:judge", own["topic_sent"], far["recommendation_done"]),
        {"verdict": "solved"},
    )
    yield "author_own", at("consultations:post", far["topic_open"]), {"words": "一户一户数清楚"}
    yield "guest_own", at("consultations:post", far["topic_open"]), {"words": "一户一户数清楚"}
    yield "officer", at("desk:consultation_move", own["topic_sent"], "send_again"), {
        "recommendation": far["recommendation_returned"].code, "department": theirs.world.lamps.code,
    }  # fmt: skip
    yield "officer", at("desk:topic_raise"), {
        "voices": far["voice_back"].code, "title": "巷口的路灯怎么修", "question": "谁来修，几天修好",
    }  # fmt: skip
    yield "officer", at("desk:consultation_move", own["topic_raised"], "open"), {
        "studio": theirs.world.studio.code, "last_day": "2030-01-07", "asked": theirs.world.lamps.code,
    }  # fmt: skip
    yield (
        "officer",
        at("desk:voice_move", own["voice_back"], "assign"),
        {"department": theirs.world.lamps.code},
    )
    yield "officer", at("desk:evidence_link", far["total"]), {"subject": own["studio"].subject}
    yield "officer", at("desk:evidence_link", own["total"]), {"subject": far["voice_hidden"].subject}
    yield "officer", at("desk:reveal", far["voice_hidden"]), {"reason": "要回电话"}
    yield "officer", at("desk:review_move", "post", far["post_waiting"], "show"), {}
    yield "officer", at("desk:review_move", "voice", far["voice_waiting"], "show"), {}
    yield "officer", at("desk:studio_move", far["studio"], "suspend"), {"reason": "没有人值班"}
    yield "officer", at("desk:studio_move", own["studio"], "appoint"), {
        "member": "far_deputy", "role": "deputy", "reason": "走得勤"
    }  # fmt: skip
    yield "handler_own", at("departments:recommendation_move", far["recommendation_sent"], "answer"), {}
    yield "handler_own", at("departments:voice_move", far["voice_hidden"], "answer"), {"words": "换好了灯头"}
    yield "leader", at("leaders:studio_move", far["studio_applied"], "approve"), {"reason": "接待够数"}


def sent(browser, where, said):
    cookies = browser.cookies.copy()
    with transaction.atomic(), transaction.atomic(using="keyring"):
        answer = browser.post(where, {"key": secrets.token_urlsafe(16), "seen": "1", **said})
        acts = Act.objects.count()
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
    browser.cookies = cookies
    return answer.status_code, acts


def test_a_thing_of_the_other_committee_in_the_place_of_ones_own_opens_nothing(both):
    before = Act.objects.count()
    for who, where, said in swaps(both.here, both.there):
        browser = both.here.browsers[who]
        status, acts = sent(browser, where, said)
        assert status in (403, 404, 409, 422), (who, where, status)
        assert acts == before, (who, where)


def test_the_same_with_ones_own_goes_through(both):
    """The control: most of these forms are taken where nothing is swapped."""
    taken = [
        where
        for who, where, said in swaps(both.here, both.here)
        if sent(both.here.browsers[who], where, said)[0] == 302
    ]
    assert len(taken) >= 6, taken


def test_a_list_finds_the_studio_of_that_name_in_ones_own_committee(both):
    here, there = both.here.world, both.there.world
    assert here.studio.name == there.studio.name
    officer, name = both.here.browsers["officer"], here.accounts["member2"].name
    for studio, found in ((here.studio.name, True), (here.studio.code, True), (there.studio.code, False)):
        table = f"姓名,工作室\r\n{name},{studio}\r\n".encode()
        with transaction.atomic(), transaction.atomic(using="keyring"):
            file = SimpleUploadedFile("roster.csv", table)
            answer = officer.post(reverse("desk:rosters"), {"key": secrets.token_urlsafe(16), "file": file})
            faults = Roster.objects.latest("pk").faults
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keyring")
        assert answer.status_code == 302
        assert bool(faults) is not found, (studio, faults)


def test_cookies_of_one_committee_open_nothing_in_the_other(both):
    """A guest's cookie is signed for one consultation, a thread's session opens one thread."""
    for who in ("guest_own", "author_own"):
        browser = both.here.browsers[who]
        own, far = (getattr(both, side).things["topic_open"] for side in SIDES)
        pages = [
            browser.get(reverse("consultations:consultation", args=[one.code])).text for one in (own, far)
        ]
        door = 'name="words"'
        assert door in pages[0], who
        assert door not in pages[1], who
    thread = both.here.browsers["author_own"].get(reverse("portal:thread")).text
    assert not [token for token in both.there.tokens if token in thread]
    stranger = Client()
    stranger.cookies["guest"] = both.here.browsers["guest_own"].cookies["guest"].value
    assert 'name="words"' not in stranger.get(reverse("consultations:consultation", args=[far.code])).text
    assert 'name="words"' in stranger.get(reverse("consultations:consultation", args=[own.code])).text
