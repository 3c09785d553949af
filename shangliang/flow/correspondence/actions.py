"""A member writes to a studio; the studio reads and answers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import GONE, draw_key
from shangliang.base.people.personal.holders import Left, Trace
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios.models import State as StudioState

from . import queries
from .models import Message, Said
from .states import CHART

LONGEST_ABOUT, LONGEST = 60, 2000


@transaction.atomic
def write(studio: str, *, by: Actor, about: str, words: str) -> Message:
    """Write to an open studio (its code) of any level. Unseen for a studio that the member may not know of;
    ValidationError without words, or while the studio is not open."""
    to = studios.studio(studio, by)
    now = clock.now()
    made = Message(person=by.key, studio=to, written_at=now, last_at=now)
    CHART.check_new("write", made, by=by)
    if to.state != StudioState.OPEN:
        raise ValidationError(_("这间工作室现在没有开，写了没有人看。"))
    made.about = _fits(about, "about", LONGEST_ABOUT, _("写一句关于什么，不超过 60 个字。"))
    said = _words(words)
    _draw(made)
    CHART.start("write", made, by=by, length=len(said))
    _say(made, Said.Side.MEMBER, said, by)
    return made


@transaction.atomic
def read(code: str, *, by: Actor, seen: int | None) -> Message:
    """The studio says that it has read it, and that an answer is still to come."""
    found = queries.lock(code, by)
    return CHART.move("read", found, by=by, seen=seen)


@transaction.atomic
def answer(code: str, *, by: Actor, seen: int | None, words: str) -> Message:
    """Answer. NotNow once the writer's account is erased: nobody is left to read it."""
    return _move("answer", Said.Side.STUDIO, code, by, seen, words)


@transaction.atomic
def add(code: str, *, by: Actor, seen: int | None, words: str) -> Message:
    """The writer says one thing more; the studio is asked again."""
    return _move("add", Said.Side.MEMBER, code, by, seen, words)


@transaction.atomic
def close(code: str, *, by: Actor, seen: int | None) -> Message:
    """The writer needs no more. They may still add something later."""
    found = queries.lock(code, by)
    return CHART.move("close", found, by=by, seen=seen)


def forget(person: str) -> Left:
    """Everything that messages hold of this pseudonym; see `people.holders`."""
    left = Left()
    for found in queries.locked_of(person):
        left.traces.append(Trace(found.subject, "", found.committee_path, found.studio_code))
        Said.objects.filter(message=found).update(words=GONE)
        Message.objects.filter(pk=found.pk).update(about=GONE, version=found.version + 1)
    return left


def _move(move: str, side: str, code: str, by: Actor, seen: int | None, words: str) -> Message:
    found = queries.lock(code, by)
    CHART.check(move, found, by=by, seen=seen)
    said = _words(words)
    _draw(found)
    found.last_at = clock.now()
    CHART.move(move, found, by=by, seen=seen, length=len(said))
    _say(found, side, said, by)
    return found


def _draw(message: Message) -> None:
    try:
        draw_key(message)
    except keyring.Erased:
        raise NotNow(_("写这条留言的人已经注销了账号，回了也没有人看。")) from None


def _say(message: Message, side: str, words: str, by: Actor) -> None:
    Said(message=message, side=side, by=by.key, at=message.last_at, words=words).save(force_insert=True)


def _words(said: str) -> str:
    return _fits(said, "words", LONGEST, _("写几个字再交，不超过 2,000 个字。"))


def _fits(said: str, field: str, most: int, ask: str) -> str:
    said = said.strip()
    if not 2 <= len(said) <= most:
        raise ValidationError({field: ask})
    return said
