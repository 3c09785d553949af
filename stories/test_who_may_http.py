"""Every address, tried in every column: nothing is open that is not declared, and no page writes or tells
what its reader may not know. A new address without its row fails here; so does a row without its address."""

import re
import secrets

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from shangliang.base.charts.chart import CHARTS
from shangliang.base.journal.models import Act
from shangliang.flow.voices import views as voices
from shangliang.flow.voices.models import Voice
from shangliang.flow.voices.office import moves as office
from shangliang.site.departments import moves as departments
from shangliang.site.departments.views import proposals as department_proposals
from shangliang.site.desk.views import activities as desk_activities
from shangliang.site.desk.views import consultations, days, going, review, rulebook, studios
from shangliang.site.desk.views import messages as desk_messages
from shangliang.site.desk.views import objections as desk_objections
from shangliang.site.desk.views import people as desk_people
from shangliang.site.desk.views import proposals as desk_proposals
from shangliang.site.desk.views import reports as desk_reports
from shangliang.site.leaders.views import studios as leaders
from shangliang.site.portal.views import bookings, track
from shangliang.site.workbench.views import activities as work_activities
from shangliang.site.workbench.views import messages as work_messages
from shangliang.site.workbench.views import objections as work_objections
from shangliang.site.workbench.views import proposals as work_proposals
from shangliang.site.workbench.views import reports as work_reports

from .doors import telling
from .who_may import addresses, doing, studied, trying
from .who_may.addresses import address, routes, word
from .who_may.columns import (
    COLUMNS,
    EVERY,
    MAY,
    NOT_NOW,
    NOT_THEIRS,
    ON,
    SIGN_IN,
    UNSEEN,
    VISITORS,
    cells,
    differences,
)
from .who_may.once import MAKE_NEW, OTHERWISE, WITHOUT_A_KEY, WITHOUT_A_VERSION
from .who_may.scene import read_only, set_up

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(databases=["default", "keyring"]),
]  # within the module's transaction
CARRIED = {  # the moves of an address that carries several
    "desk:voice_move": set(office.STEPS),
    "departments:voice_move": set(office.STEPS),
    "departments:recommendation_move": set(departments.STEPS),
    "desk:review_move": set(review.MOVES),
    "desk:review_photo_move": {"show", "hide"},
    "desk:activity_photo_move": {"cover", "uncover"},
    "desk:booking_move": {*days.PLAIN, *days.SAID},
    "portal:booking_move": {*bookings.MOVES, "close"},
    "desk:studio_move": {*studios.DEEDS, "edit", "timetable"},
    "leaders:studio_move": set(leaders.DEEDS),
    "desk:approval": set(going.SAID),
    "desk:settle_move": {"same", "different"},
    "desk:filter_move": {"rename", "delete"},
    "desk:template_move": {"change", "drop"},
    "desk:batch_move": {"carry_out", "look_again", "rewrite"},
    "desk:consultation_move": {*consultations.DEEDS, *consultations.OTHERS},
    "desk:person_move": {*desk_people.DEEDS, "link", "end", "home"},
    "portal:thread_move": {*track.MOVES, "close"},
    "voices:voice_move": set(voices.SUPPORTING),
    "desk:rule_move": set(rulebook.DEEDS),
    "desk:message_move": set(desk_messages.MOVES),
    "workbench:message_move": set(work_messages.MOVES),
    "desk:report_move": set(desk_reports.DEEDS),
    "desk:activity_people_move": set(desk_activities.corrected()),
    "desk:activity_move": set(desk_activities.DEEDS),
    "workbench:activity_move": set(work_activities.MOVES),
    "workbench:report_move": set(work_reports.MOVES),
    **studied.MOVES,
    "workbench:proposal_move": set(work_proposals.MOVES),
    "desk:proposal_move": set(desk_proposals.DEEDS),
    "desk:proposal_part_move": set(desk_proposals.PART_DEEDS),
    "departments:proposal_move": set(department_proposals.MOVES),
    "desk:objection_move": set(desk_objections.MOVES),
    "workbench:objection_move": set(work_objections.MOVES),
}
NO_KEY = "这一页少带了点东西"  # what a form is told that comes without one
read_words: dict[str, set[str]] = {}


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker, tmp_path_factory):
    with set_up(django_db_blocker, tmp_path_factory.mktemp("media")) as scene:
        yield scene


@pytest.fixture
def scene(base, settings):
    settings.MEDIA_ROOT = base.media
    settings.CHECKPOINTS = base.checkpoints
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    return base


def mark(response):
    """The mark of an answer; whatever is no refusal, to what was sent, is a ✓ or sends on."""
    if response.status_code in (302, 303):
        to = response["Location"]
        asks = to.startswith(reverse("account_login")) or to == reverse("portal:track")
        return SIGN_IN if asks else ON
    known = {200: MAY, 403: NOT_THEIRS, 404: UNSEEN, 409: NOT_NOW, 422: MAY}
    return known.get(response.status_code, f"[{response.status_code}]")


def tells_nothing_foreign(scene, column, response):
    body = telling.body(response)
    for said, readers in scene.canaries.items():
        if said.encode() in body:
            assert column in readers, f"{column} reads {said} at {response.request['PATH_INFO']}"
            read_words.setdefault(said, set()).add(column)


def agree(marks, found, about=""):
    declared = marks if isinstance(marks, dict) else cells(marks, EVERY)
    wrong = list(differences(declared, found))
    assert not wrong, "\n".join([about, *wrong])


# ── To read ──
@pytest.mark.parametrize("row", addresses.GETS, ids=" ".join)
def test_what_a_page_answers(scene, row):
    found = {}
    for column, browser in scene.clients.items():
        cookies = browser.cookies.copy()
        with read_only():
            response = browser.get(address(scene, *row))
            tells_nothing_foreign(scene, column, response)
        browser.cookies = cookies
        found[column] = mark(response)
    agree(addresses.GETS[row], found)


def test_every_planted_word_was_read_by_somebody_who_may(scene):
    """Else the pages above would prove nothing. Runs after them, in the same process."""
    if not read_words:
        pytest.skip("the pages were not read in this run")
    # no row's address is made from it: lists alone show it
    far = next(voice for voice in Voice.objects.all() if voice.title.startswith("zq-far-voice"))
    response = scene.clients["neighbour"].get(reverse("desk:voice", args=[far.code]))
    tells_nothing_foreign(scene, "neighbour", response)
    unread = {said for said, readers in scene.canaries.items() if readers} - read_words.keys()
    assert not unread


# ── To do ──
def sent(scene, column, where, said, thing=None, chart="voice"):
    version = (
        "review_version" if chart == "review" else "online_version" if chart == "studio_online" else "version"
    )
    form = {"key": secrets.token_urlsafe(16), "seen": getattr(thing, version, 1)}
    form |= {name: word(scene, value) for name, value in said.items()}
    browser = scene.clients[column]
    cookies = browser.cookies.copy()
    with transaction.atomic(), transaction.atomic(using="keyring"):
        response = browser.post(where, form)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
    browser.cookies = cookies
    tells_nothing_foreign(scene, column, response)
    return mark(response)


def allowed(marks, found, about=""):
    """Where something is theirs it may go through, send on, have a fault, or come at the wrong time."""
    declared = marks if isinstance(marks, dict) else cells(marks, EVERY)
    theirs = {MAY, NOT_NOW}
    agree(
        {column: MAY if declared[column] in theirs else declared[column] for column in COLUMNS},
        {column: MAY if found[column] in {*theirs, ON} else found[column] for column in COLUMNS},
        about,
    )


def moves():
    """Each move of each address's chart that the address carries."""
    return [
        (*row, move)
        for row in addresses.MOVES
        for move in sorted(CARRIED[row[2]] & doing.DOES[row[0]].keys())
    ]


@pytest.mark.parametrize("row", addresses.MOVES, ids=" ".join)
def test_a_move_is_carried_for_whom_the_table_gives_it(scene, row):
    chart, stage, *name = row
    thing = scene.things[name[-1]]
    thing.refresh_from_db()
    assert trying.state_of(chart, stage) == getattr(thing, CHARTS[chart].state)
    carried = [move[-1] for move in moves() if move[:-1] == row]
    who = {column: [actor] for column, actor in scene.who.items()}
    for move, declared in trying.answers(chart, carried, thing, who).items():
        declared |= dict.fromkeys(VISITORS, SIGN_IN)
        where = address(scene, *name, move)
        allowed(declared, {column: sent(scene, column, where, {}, thing, chart) for column in COLUMNS}, move)


@pytest.mark.parametrize("row", addresses.POSTS, ids=" ".join)
def test_what_is_sent_is_taken_from_whom_it_is_theirs(scene, row):
    marks, said = addresses.POSTS[row]
    name = next((part for part in reversed(row) if part in scene.things), "")
    thing, where = scene.things.get(name), address(scene, *row)
    found = {column: sent(scene, column, where, said, thing) for column in COLUMNS}
    if (row[0] == "portal:thread_move" and row[1] == "close") or row[0] == "portal:track":
        found = {column: MAY if one == SIGN_IN else one for column, one in found.items()}
    allowed(marks, found)


@pytest.mark.parametrize("column", ["stranger", "author_own", "officer"])
def test_an_empty_post_is_never_a_fault_of_ours(scene, column):
    for name, *made_from in {
        *addresses.GETS,
        *addresses.POSTS,
        *((*row[2:], "reply") for row in addresses.MOVES),
    }:
        browser = scene.clients[column]
        cookies = browser.cookies.copy()
        with transaction.atomic():
            response = browser.post(address(scene, name, *made_from))
            transaction.set_rollback(True)
        browser.cookies = cookies
        assert response.status_code < 500, (name, made_from, response.status_code)


def test_a_form_of_another_site_is_refused(scene):
    careful = Client(enforce_csrf_checks=True, raise_request_exception=False)
    # Only this browser's own cookies; and the one step of a mail, pressed by a mailbox's own program.
    free = {"portal:mode", "portal:language", "notices:off"}
    for name, *made_from in {*addresses.POSTS, *((*row[2:], "reply") for row in addresses.MOVES)}:
        with read_only():
            status = careful.post(address(scene, name, *made_from)).status_code
        assert name in free or status == 403, (name, status)


# ── Once, and from the version that was seen ──
def everything_sent(scene):
    """(address and what it is made from, what is sent, the columns whose it is in this scene) of every form
    and every move."""
    for row, (marks, said) in addresses.POSTS.items():
        declared = marks if isinstance(marks, dict) else cells(marks, EVERY)
        yield row, said, [column for column in COLUMNS if declared[column] == MAY]
    who = {column: [actor] for column, actor in scene.who.items()}
    for chart, _stage, *row, move in moves():
        thing = scene.things[row[-1]]
        thing.refresh_from_db()
        declared = trying.answers(chart, [move], thing, who)[move]
        yield (*row, move), {}, [column for column in COLUMNS if declared.get(column) == MAY]


def answers(scene, row, said, theirs):
    """What a stranger, and two of those whose it is, get for a form as it stands, all taken back. Whose it is
    not was asked above, with everything in its place."""
    where, form = address(scene, *row), {name: word(scene, value) for name, value in said.items()}
    for column in {"stranger", *theirs[:1], *theirs[-1:]} if theirs else {"stranger", "officer"}:
        browser = scene.clients[column]
        cookies = browser.cookies.copy()
        with transaction.atomic(), transaction.atomic(using="keyring"):
            before = Act.objects.count()
            yield column, browser.post(where, form), Act.objects.count() - before
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keyring")
        browser.cookies = cookies


def test_a_form_without_its_key_does_nothing(scene):
    for row, said, theirs in everything_sent(scene):
        if row in WITHOUT_A_KEY:
            continue
        got = list(answers(scene, row, {**said, "seen": "1"}, theirs))
        assert not [column for column, _answer, acts in got if acts], row
        asked_for = [column for column, answer, _acts in got if NO_KEY.encode() in answer.content]
        unseen = {answer.status_code for _column, answer, _acts in got} <= {403, 404}
        assert asked_for or unseen, row


def test_a_change_without_the_version_that_was_seen_is_not_made(scene):
    silent = set()
    for row, said, theirs in everything_sent(scene):
        if row in WITHOUT_A_KEY or row[0] in MAKE_NEW or {row[0], row[-1]} & WITHOUT_A_VERSION.keys():
            continue
        got = list(answers(scene, row, {**said, "key": secrets.token_urlsafe(16)}, theirs))
        assert not [column for column, _answer, acts in got if acts], row
        if theirs and not [column for column, answer, _acts in got if answer.status_code == 409]:
            silent.add(row)
    assert silent == set(OTHERWISE)


def test_what_changes_something_is_no_page(scene):
    read = {row[0] for row in addresses.GETS}
    for name, *made_from in {row for row in addresses.POSTS if row[0] not in read}:
        for column in ("stranger", "officer"):
            assert scene.clients[column].get(address(scene, name, *made_from)).status_code == 405, name


# ── Complete by construction ──
def test_every_address_has_a_row_and_no_row_outlived_its_address():
    known = set(routes())
    declared = {row[0] for row in (*addresses.GETS, *addresses.POSTS)} | {row[2] for row in addresses.MOVES}
    assert not known - declared, f"addresses without a row: {sorted(known - declared)}"
    assert not declared - known, f"rows without an address: {sorted(declared - known)}"


def test_every_move_that_an_address_carries_has_a_row():
    several = {name for name in routes() if re.search(r"_move$|^desk:approval$", name)}
    assert several == set(CARRIED)
    for name, carried in CARRIED.items():
        by_chart = {row[-1] for row in moves() if row[2] == name}
        declared = by_chart | {row[-1] for row in addresses.POSTS if row[0] == name}
        assert declared == carried, name
    assert set(review.KINDS) == {"voice", "post"}
