"""Every address, tried in every column: nothing is open that is not declared, and no page writes or tells
what its reader may not know. A new address without its row fails here; so does a row without its address."""

import re

import pytest
from django.conf import settings as now
from django.db import transaction
from django.test import Client
from django.urls import reverse

from shangliang.flow.voices.models import Voice
from shangliang.site.desk.views import review

from .doors.heads import wanting
from .remembered import forget
from .who_may import addresses
from .who_may.addresses import address, routes
from .who_may.browsing import CARRIED, agree, base, mark, moves, read_words, scene, tells_nothing_foreign
from .who_may.columns import NOT_THEIRS, UNSEEN
from .who_may.scene import looked, read_only

__all__ = ["base", "scene"]
CLOSED = {NOT_THEIRS, UNSEEN}
pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(databases=["default", "keyring"]),
]  # within the module's transaction


@pytest.fixture(autouse=True, scope="module")
def no_kept_pages():
    """Nothing is written in this file that is not refused or taken back at once, so pages are kept from one
    test to the next, as between two acts of a site's life."""
    forget()


# ── To read ──
@pytest.mark.parametrize("row", addresses.GETS, ids=" ".join)
def test_what_a_page_answers(scene, row):
    found, lacking, sessions = {}, set(), set()
    with read_only():
        for column, browser in scene.clients.items():
            response = looked(browser, address(scene, *row))
            tells_nothing_foreign(scene, column, response)
            found[column] = mark(response)
            lacking |= {f"{column}: {what}" for what in wanting(response)}
            if found[column] in CLOSED and now.SESSION_COOKIE_NAME in response.cookies:
                sessions.add(column)
    agree(addresses.GETS[row], found)
    assert not lacking
    assert not sessions, "A page that is closed to its reader saved their session."


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
    with read_only():
        for name, *made_from in {*addresses.POSTS, *((*row[2:], "reply") for row in addresses.MOVES)}:
            status = careful.post(address(scene, name, *made_from)).status_code
            assert name in free or status == 403, (name, status)


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
