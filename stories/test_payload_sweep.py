"""Marks in every text field of every table and inside its JSON, in every mail, form, parameter, file name and
imported cell: they are read, and nothing is ever born of them.

Planted: words that come out of the database as if they were HTML."""

import base64
import secrets

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import CharField, JSONField, TextField
from django.urls import reverse
from markupsafe import escape

from shangliang.base import search
from shangliang.base.files import refusals

from .doors import filling, letters, marks, more, rounds, sweeping, twins
from .doors.pages import Page
from .pages import photo
from .remembered import forget

pytestmark = [pytest.mark.long, pytest.mark.django_db(databases=["default", "keyring"])]
READERS = {  # who reads behind which doors: how the names of the addresses begin
    "officer": ("",),
    "stranger": ("",),
    "author_own": ("portal:", "voices:", "consultations:"),
    "author_other": ("portal:thread",),
    "guest_own": ("consultations:",),
    "member_own": ("workbench:", "consultations:", "activities:"),
    "convener_own": ("desk:voice", "desk:message", "desk:review_item", "desk:topics"),
    "leader": ("leaders:", "workbench:"),
    "handler_own": ("departments:",),
    "operator": ("notices:",),
    "above_asked": ("desk:voice", "desk:bulletin"),
}
NOWHERE = {  # no page and no paper of ours shows these
    "notices.Subscriber.email": "only mail goes there; its own page is opened by the mail's link",
    "places.Department.phone": "comes with the departments' list and is asked for by nothing yet",
    "proposals.Proposal.key_reason": "a mark says that it is a key one; the reason is read in a note",
    "research.Paper.advice": "the pieces that it was divided into are read",
    "studios.Application.best": "read at the studio while it applies, a copy of `apply_best`",
    "studios.Roster.rows": "looked through until they are taken; a line that is wrong quotes them",
    "studios.Booking.phone": "masked, until an office asks with a reason, by POST",
}
IN_A_MAIL = {  # what everybody may read; and who is greeted with the link to their account
    "activities.Activity.title",
    "consultations.Consultation.title",
    "notices.Subscription.what",
    "people.Person.name",
    "places.Committee.name",
    "proposals.Filed.title",
    "studios.Studio.name",
    "voices.Voice.public_words",
}
WRITERS = ("officer", "author_own", "handler_own", "leader")


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker, tmp_path_factory):
    with twins.set_up(django_db_blocker, tmp_path_factory.mktemp("media")) as both:
        yield both.here


@pytest.fixture
def here(base, settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.MEDIA_ROOT = base.media
    settings.ACCOUNT_RATE_LIMITS = False
    return base


def marked_world():
    found = sweeping.mark_everything()
    for kind in search.kinds.registered():
        search.rebuild(kind.name)
    forget()
    return found


def test_whatever_was_written_is_read_by_somebody_and_only_read(here):
    read, mailed, found, things = set(), set(), [], here.things
    with transaction.atomic(), transaction.atomic(using="keyring"):
        here.things = dict(things)
        more.lay_down(here)
        marked = marked_world()
        for column, doors in READERS.items():
            found += sweeping.swept(here, column, doors, read)
        for mail in letters.sent(here):
            found += (("a mail", what) for what in marks.born_in_mail(mail))
            mailed |= marks.seen_in_mail(mail)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
    here.things = things
    assert not found, found[:9]
    shown = {marked[number] for number in read if number in marked}
    assert shown | NOWHERE.keys() == {sweeping.name(*one) for one in sweeping.written_fields()}
    assert not shown & NOWHERE.keys()
    assert {marked[number] for number in mailed} == IN_A_MAIL


def test_words_that_are_not_escaped_are_found(here, monkeypatch):
    """Planted: every text comes out of the database as if it were HTML already."""
    page = reverse("results:result", args=[here.things["result_published"].code])
    plain = "the element <zqb>", "the attribute onzq of <zqb>"
    with transaction.atomic():
        marked_world()
        assert not list(marks.born(here.browsers["officer"].get(page).text))
        monkeypatch.setattr(TextField, "from_db_value", sweeping.read_as_html(), raising=False)
        forget()
        assert set(plain) <= set(marks.born(here.browsers["officer"].get(page).text))
        transaction.set_rollback(True)


def test_words_that_are_not_escaped_are_found_in_json_and_in_a_mail(here, monkeypatch):
    """Planted: a line of a list that was imported, and a title in a mail, as if they were HTML already."""
    page = reverse("desk:roster", args=[here.things["roster"].code])
    element = "the element <zqb>"
    with transaction.atomic(), transaction.atomic(using="keyring"):
        marked_world()
        assert "zqm" in here.browsers["officer"].get(page).text
        assert not list(marks.born(here.browsers["officer"].get(page).text))
        monkeypatch.setattr(JSONField, "from_db_value", sweeping.read_as_html(JSONField.from_db_value))
        monkeypatch.setattr(CharField, "from_db_value", sweeping.read_as_html(), raising=False)
        assert element in marks.born(here.browsers["officer"].get(page).text)
        assert any(element in marks.born_in_mail(mail) for mail in letters.sent(here))
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")


class Slowly(Page):
    def strictly(self, said):
        return False


def test_a_page_is_read_alike_in_either_way(here):
    """By the parser of any page, and by what reads the pages that can be read in one way only."""
    officer, voice = here.browsers["officer"], here.things["voice_hidden"].code
    for where in (
        reverse("portal:home"),
        reverse("portal:track"),
        reverse("desk:queue"),
        reverse("desk:voice", args=[voice]),
        reverse("desk:record"),
        reverse("ui:kit"),
    ):
        said = officer.get(where).text
        assert Page("").strictly(said), where
        ways = Page(said), Slowly(said)
        assert ways[0].forms == ways[1].forms, where
        assert ways[0].tags == ways[1].tags, where
        assert (ways[0].text, ways[0].loose) == (ways[1].text, ways[1].loose), where


@pytest.mark.parametrize(
    "page",
    [
        '<a href=" javascript:zq">',
        "<i style='zq'>",
        "<script>let a = 'zq'</script>",
        "<i onclick=1>",
        "<zqb>",
    ],
)
def test_what_a_mark_could_become_is_found(page):
    assert list(marks.born(page))
    assert not list(marks.born(f"<p title='{escape(page)}'>{escape(page)}"))


@pytest.mark.parametrize(
    "part",
    [
        b"<?xml version='1.0'?><w><zqb/></w>",
        b"<?xml version='1.0'?><w><r Target='javascript:zq'/></w>",
        b"BEGIN:VCALENDAR\r\nSUMMARY:zq\r\nzq of its own\r\n",
        b"%PDF-1.7 /URI (javascript:zq)",
    ],
)
def test_what_a_mark_could_become_in_a_file_is_found(part):
    assert list(marks.born_in_file(part))


@pytest.mark.parametrize(
    "mail",
    [
        b"Subject: zq\r\nBcc: zq@example.cn\r\n\r\nzq",
        b"Subject: =?utf-8?b?" + base64.b64encode(b"zq\nBcc: zq") + b"?=\r\n\r\nzq",
        b"Subject: zq\r\nContent-Type: text/html\r\n\r\n<zqb>",
        b"Subject: zq\r\nContent-Type: application/zq\r\n\r\nzq",
    ],
)
def test_what_a_mark_could_become_in_a_mail_is_found(mail):
    assert list(marks.born_in_mail(mail))
    assert not list(marks.born_in_mail(b"Subject: zq\r\nContent-Type: text/plain\r\n\r\n<zqb>"))


def a_file(name):
    return SimpleUploadedFile(f"zqf\"'><zqb onzq=1>\u202egpj.{name}", b"<zqb>not a picture", "image/jpeg")


def test_what_is_typed_comes_back_only_as_text(here):
    """Every form that anybody is shown, sent with marks: whether it is taken, refused or to be mended."""
    found, echoed, known = [], set(), set()
    for column in WRITERS:
        browser = here.browsers[column]
        for name, form in filling.shown_to(browser, here, column).items():
            if name in known:
                continue
            known.add(name)
            answer = filling.sent(browser, form, filling.filled(form, marks.MARK.format(n=7), a_file))
            assert answer.status_code < 500, (column, name)
            if 300 <= answer.status_code < 400:
                assert "<" not in answer["Location"], name
                continue
            page = marks.page(answer)
            found += [(column, name, what) for what in marks.born(page)]
            echoed |= {name} if "zq" in page else set()
    assert not found, found[:9]
    assert len(known) >= 30, sorted(known)
    assert len(echoed) >= 15, sorted(echoed)


def test_marks_in_parameters_and_addresses(here):
    found = []
    names = (
        "q",
        "tab",
        "in",
        "before",
        "after",
        "move",
        "place",
        "under",
        "period",
        "metric",
        "kind",
        "total",
        "year",
    )
    said = marks.MARK.format(n=8)
    for column in ("stranger", "officer"):
        browser = here.browsers[column]
        for where in dict.fromkeys(where.partition("?")[0] for where, _heads in rounds.all_of(here)):
            answer = browser.get(where, dict.fromkeys(names, said))
            assert answer.status_code < 500, (column, where)
            found += [(column, where, what) for what in marks.born(marks.page(answer))]
        for path in ("/zq<zqb>/", "/voices/<zqb onzq=1>/", "/desk/voices/'\"><zqb>/", "/data/<zqb>/zq/"):
            found += [(column, path, what) for what in marks.born(browser.get(path).text)]
    assert not found, found[:9]


def test_marks_in_an_imported_table(here):
    cells = marks.MARK.format(n=1).replace('"', '""')
    officer = here.browsers["officer"]
    for content in (
        f'姓名,登录名,界别,工作室\r\n"{cells}","{cells}","{cells}","{cells}"\r\n'.encode(),
        f"姓名,工作室\r\n{here.things['studio'].name},<zqb onzq=1>\r\n".encode("gb18030"),
        cells.encode(),
    ):
        file = SimpleUploadedFile("zq<zqb>.csv", content)
        answer = officer.post(reverse("desk:rosters"), {"key": secrets.token_urlsafe(16), "file": file})
        assert answer.status_code in (302, 422)
        page = officer.get(answer["Location"]) if answer.status_code == 302 else answer
        assert not list(marks.born(page.text))


@pytest.mark.parametrize(
    "name",
    [
        "\u202egpj.exe",
        "a" * 300,
        "汉" * 150,
        "../../../x.jpg",
        "x.jpg\x00.php",
        "\"'><zqb>.jpg",
        "\u200b\u2066.jpg",
    ],
)
def test_a_file_of_any_name_is_named_harmlessly(here, name):
    file = photo("lamp.jpg")
    file.__dict__["_name"] = name  # past what the upload's own class would cut
    shown = refusals.shown(file)
    assert len(shown) <= 40
    assert shown.isprintable()
    page = here.browsers["stranger"].post(
        reverse("voices:door", args=[here.things["studio"].code]),
        {
            "key": "k" * 22,
            "words": "灯坏了",
            "photos": SimpleUploadedFile(name or ".", b"no picture", "image/jpeg"),
        },
    )
    assert page.status_code == 422
    assert not list(marks.born(page.text))
    assert "\u202e" not in page.text
    assert "../" not in page.text
