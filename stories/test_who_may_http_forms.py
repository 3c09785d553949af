"""Every form, sent in every column: taken from whom it is theirs, once, from the version that was seen."""

import secrets

import pytest
from django.db import transaction

from shangliang.base.journal.models import Act

from .who_may import addresses, trying
from .who_may.addresses import address, word
from .who_may.browsing import allowed, base, moves, posted, scene, sent
from .who_may.columns import COLUMNS, EVERY, MAY, SIGN_IN, cells
from .who_may.once import MAKE_NEW, OTHERWISE, WITHOUT_A_KEY, WITHOUT_A_VERSION

__all__ = ["base", "scene"]
pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(databases=["default", "keyring"]),
]  # within the module's transaction
NO_KEY = "这一页少带了点东西"  # what a form is told that comes without one


@pytest.mark.parametrize("row", addresses.POSTS, ids=" ".join)
def test_what_is_sent_is_taken_from_whom_it_is_theirs(scene, row):
    marks, said = addresses.POSTS[row]
    name = next((part for part in reversed(row) if part in scene.things), "")
    thing, where = scene.things.get(name), address(scene, *row)
    found = {column: sent(scene, column, where, said, thing) for column in COLUMNS}
    if (row[0] == "portal:thread_move" and row[1] == "close") or row[0] == "portal:track":
        found = {column: MAY if one == SIGN_IN else one for column, one in found.items()}
    allowed(marks, found)


# ── Once, and from the version that was seen ──
@pytest.fixture(scope="module")
def everything_sent(base, django_db_blocker):
    """(address and what it is made from, what is sent, the columns whose it is in this scene) of every form
    and every move. Of the moves of one thing the house is asked at once, and once for all that follows."""
    found = []
    for row, (marks, said) in addresses.POSTS.items():
        declared = marks if isinstance(marks, dict) else cells(marks, EVERY)
        found.append((row, said, [column for column in COLUMNS if declared[column] == MAY]))
    who = {column: [actor] for column, actor in base.who.items()}
    with django_db_blocker.unblock():
        for chart, stage, *row in addresses.MOVES:
            carried = [move[-1] for move in moves() if move[:-1] == (chart, stage, *row)]
            thing = base.things[row[-1]]
            thing.refresh_from_db()
            for move, declared in trying.answers(chart, carried, thing, who).items():
                theirs = [column for column in COLUMNS if declared.get(column) == MAY]
                found.append(((*row, move), {}, theirs))
    return found


def answers(scene, row, said, theirs):
    """What a stranger, and two of those whose it is, get for a form as it stands, all taken back. Whose it is
    not was asked above, with everything in its place."""
    where, form = address(scene, *row), {name: word(scene, value) for name, value in said.items()}
    for column in {"stranger", *theirs[:1], *theirs[-1:]} if theirs else {"stranger", "officer"}:
        browser = scene.clients[column]
        cookies = browser.cookies.copy()
        with transaction.atomic(), transaction.atomic(using="keyring"):
            before = Act.objects.count()
            yield column, posted(browser, where, form), Act.objects.count() - before
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keyring")
        browser.cookies = cookies


def test_a_form_without_its_key_does_nothing(scene, everything_sent):
    for row, said, theirs in everything_sent:
        if row in WITHOUT_A_KEY:
            continue
        got = list(answers(scene, row, {**said, "seen": "1"}, theirs))
        assert not [column for column, _answer, acts in got if acts], row
        asked_for = [column for column, answer, _acts in got if NO_KEY.encode() in answer.content]
        unseen = {answer.status_code for _column, answer, _acts in got} <= {403, 404}
        assert asked_for or unseen, row


def test_a_change_without_the_version_that_was_seen_is_not_made(scene, everything_sent):
    silent = set()
    for row, said, theirs in everything_sent:
        if row in WITHOUT_A_KEY or row[0] in MAKE_NEW or {row[0], row[-1]} & WITHOUT_A_VERSION.keys():
            continue
        got = list(answers(scene, row, {**said, "key": secrets.token_urlsafe(16)}, theirs))
        assert not [column for column, _answer, acts in got if acts], row
        if theirs and not [column for column, answer, _acts in got if answer.status_code == 409]:
            silent.add(row)
    assert silent == set(OTHERWISE)
