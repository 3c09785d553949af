"""What is asked of every address: the scene, how an answer is marked, and what it may not tell."""

import secrets
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse

from shangliang.flow.voices import views as voices
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

from ..doors import refusing, telling
from . import addresses, doing, studied
from .addresses import word
from .columns import (
    COLUMNS,
    EVERY,
    MAY,
    NOT_NOW,
    NOT_THEIRS,
    ON,
    SIGN_IN,
    UNSEEN,
    cells,
    differences,
)
from .scene import set_up

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
read_words: dict[str, set[str]] = {}


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker, tmp_path_factory):
    with set_up(django_db_blocker, tmp_path_factory.mktemp("media")) as scene, refusing.shortly():
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


def sent(scene, column, where, said, thing=None, chart="voice"):
    version = (
        "review_version" if chart == "review" else "online_version" if chart == "studio_online" else "version"
    )
    form = {"key": secrets.token_urlsafe(16), "seen": getattr(thing, version, 1)}
    form |= {name: word(scene, value) for name, value in said.items()}
    browser = scene.clients[column]
    cookies = browser.cookies.copy()
    with transaction.atomic(), transaction.atomic(using="keyring"):
        response = posted(browser, where, form)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
    browser.cookies = cookies
    tells_nothing_foreign(scene, column, response)
    return mark(response)


def posted(browser, where, form):
    """As a browser sends a form: in parts only if it has a file."""
    if any(hasattr(one, "read") for one in form.values()):
        return browser.post(where, form)
    return browser.post(where, urlencode(form, doseq=True), content_type="application/x-www-form-urlencoded")


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
