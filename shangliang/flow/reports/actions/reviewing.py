"""The studio looks it over; the office edits, checks, signs, keeps."""

from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.people.actor import Actor

from .. import queries
from ..models import Note, OpinionReport
from ..states import CHART
from .parts import index, keep_version, put, say
from .writing import Draft


@transaction.atomic
def pass_on(code: str, *, by: Actor, seen: int | None) -> OpinionReport:
    """The first review: it goes on to the office."""
    found = queries.lock(code, by)
    CHART.check("pass_on", found, by=by, seen=seen)
    first = not found.was_passed_on
    found.was_passed_on, found.last_at = True, clock.now()
    return CHART.move(
        "pass_on", found, by=by, seen=seen, first=first, voice=found.voice_id is not None, member=found.person
    )


@transaction.atomic
def return_(code: str, *, by: Actor, seen: int | None, words: str) -> OpinionReport:
    """Back to the writer for more, with what is missing."""
    found = queries.lock(code, by)
    CHART.check("return", found, by=by, seen=seen)
    say(found, Note.About.RETURNED, words, by, _("写明还缺什么，写的人照着补。"))
    found.checked_by, found.last_at = "", clock.now()
    return CHART.move("return", found, by=by, seen=seen)


@transaction.atomic
def edit(code: str, *, by: Actor, seen: int | None, said: Draft) -> OpinionReport:
    """Edit; the version before stays. What was checked has to be checked anew."""
    found = queries.lock(code, by)
    CHART.check("edit", found, by=by, seen=seen)
    put(found, *said.texts)
    found.urgent, found.checked_by = said.urgent, ""
    number = keep_version(found, by, office=True)
    CHART.move("edit", found, by=by, seen=seen, number=number)
    index(found)
    return found


@transaction.atomic
def check(code: str, *, by: Actor, seen: int | None) -> OpinionReport:
    found = queries.lock(code, by)
    CHART.check("check", found, by=by, seen=seen)
    first = not found.was_checked
    found.was_checked, found.checked_by, found.last_at = True, by.key, clock.now()
    return CHART.move("check", found, by=by, seen=seen, first=first)


@transaction.atomic
def sign(code: str, *, by: Actor, seen: int | None) -> OpinionReport:
    """Sign: somebody else than whoever checked it."""
    found = queries.lock(code, by)
    CHART.check("sign", found, by=by, seen=seen)
    found.signed_by, found.last_at = by.key, clock.now()
    return CHART.move("sign", found, by=by, seen=seen)


@transaction.atomic
def hold_back(code: str, *, by: Actor, seen: int | None, words: str) -> OpinionReport:
    """Not signed, or not to be issued as it is: back to the editor, with what is wrong."""
    found = queries.lock(code, by)
    CHART.check("hold_back", found, by=by, seen=seen)
    say(found, Note.About.HELD_BACK, words, by, _("写明哪里要改。"))
    found.checked_by = found.signed_by = ""
    found.last_at = clock.now()
    return CHART.move("hold_back", found, by=by, seen=seen)


@transaction.atomic
def keep(code: str, *, by: Actor, seen: int | None, words: str) -> OpinionReport:
    """Not issued, kept on file; the writer reads why."""
    found = queries.lock(code, by)
    CHART.check("keep", found, by=by, seen=seen)
    say(found, Note.About.KEPT, words, by, _("写明为什么留存，写的委员看得到。"))
    found.checked_by, found.last_at = "", clock.now()
    return CHART.move("keep", found, by=by, seen=seen, member=found.person)
