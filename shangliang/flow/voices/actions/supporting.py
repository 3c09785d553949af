"""Somebody supports a voice that is shown, or takes it back. Only a number is kept, and a digest that belongs
to one browser and this one voice.

The voice's version stays: a day of many supports must not make a half-written answer stale."""

from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.record import record
from shangliang.base.people.actor import STRANGER, Actor

from .. import queries, rules
from ..models import Support, Voice
from ..queries import tied
from ..states import SUPPORTED


@transaction.atomic
def support(code: str, *, by: Actor, digest: str) -> Voice:
    """Support a shown voice, once a browser. Who did it is not in the journal either."""
    voice = _shown(code, by)
    if voice.state not in SUPPORTED:
        raise NotNow(_("这件事已经有了结果，不再附议。"))
    if tied.support_of(voice, digest):
        raise NotNow(_("您附议过这一条了。"))
    Support.objects.create(voice=voice, digest=digest, on=clock.today())
    _journal("voice_supported", voice)
    return voice


@transaction.atomic
def withdraw_support(code: str, *, by: Actor, digest: str) -> Voice:
    """Take one's support back: the row goes, the number falls. NotNow when there is none of this browser."""
    voice = _shown(code, by)
    held = tied.support_of(voice, digest)
    if held is None:
        raise NotNow(_("这台手机或电脑上没有您的附议，收不回。"))
    held.delete()
    _journal("voice_support_withdrawn", voice)
    return voice


def untie(voice: Voice) -> None:
    """Nobody can be matched with a support any more: the number stays, the digests go."""
    Support.objects.filter(voice=voice, digest__isnull=False).update(digest=None)


def _shown(code: str, by: Actor) -> Voice:
    voice = queries.lock(code, by)
    if not rules.supports(by, voice):
        raise NotYours(_("附议是别的群众的事：自己的留言不用附议，登录着的工作人员不附议。"))
    if not voice.shown:
        raise NotNow(_("没有公开的留言不能附议。"))
    return voice


def _journal(act: str, voice: Voice) -> None:
    """Of the voice, but not in its thread: a page that tells what happened reads the thread whole, and a
    thousand supports are one number there."""
    record(
        act, subject=voice.subject, committee=voice.committee_path,
        studio=voice.studio_code, by=STRANGER.key,
    )  # fmt: skip
