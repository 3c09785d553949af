"""A voice comes in: left at the door by its author, or told to somebody who writes it down."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.record import draw
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import privacy
from shangliang.base.people.personal.fields import draw_key
from shangliang.base.review.models import Review
from shangliang.base.search import actions as search
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios.models import State as StudioState
from shangliang.flow.studios.models import Studio

from .. import deadlines, queries, rules, tracking
from ..deadlines import ACCEPT, ANSWER
from ..models import Channel, Deadline, Kind, State, Voice
from ..settling import mark as mark_of
from ..states import CHART
from . import helping
from .parts import Upload, iso, keep, mark, measured
from .printing import taken_from

PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,18}[0-9]")
EARLIEST = timedelta(days=366)  # a word told longer ago than that is a new one
LATELY, LAST_FEW = timedelta(days=1), 30


@transaction.atomic
def leave(
    studio: Studio,
    *,
    by: Actor,
    words: str,
    form_key: str,
    kind: str = "",
    place: str = "",
    phone: str = "",
    public: bool = False,
    photos: Sequence[Upload] = (),
    seat: str = "",
) -> tuple[Voice, str]:
    """Leave a word at the door of a studio; the voice and its tracking code, which is kept nowhere.

    The journal keeps the pseudonym drawn for this voice, never `by`: whoever writes here does so as a
    resident. The same form gives the same voice again. NotNow when the studio takes no voices. `seat`: the
    code of the member's sheet by which they came; one of nobody who sits there is as none."""
    if not studio.has_door:
        raise NotNow(_("这间工作室现在不在网上收留言。请到「找工作室」里另选一间，或打电话。"))
    voice = _drafted(studio, words=words, kind=kind, place=place, phone=phone, public=public)
    code = tracking.make(form_key)
    if known := _left_before(code, voice):
        return known, code
    author = queries.author_of(voice)
    sitter = studios.seat_of_code(studio, seat)
    voice.through = sitter.holder.key if sitter else ""
    voice.code_hash = tracking.digest(code)
    left = _taken_in("leave", voice, by=author, photos=photos)
    helping.find_settlings(left)
    return left, code


@transaction.atomic
def record_told(
    studio: Studio,
    *,
    by: Actor,
    words: str,
    channel: str,
    consent: bool,
    said_on: date,
    form_key: str,
    kind: str = "",
    place: str = "",
    phone: str = "",
    public: bool = False,
    paper: str = "",
    assisted: str = "",
    again: bool = False,
    photos: Sequence[Upload] = (),
) -> tuple[Voice, str]:
    """Write down what somebody told in person, by phone, on paper or on a visit, with their consent. The
    clocks run from today. NotYours for who does not belong to the studio.

    `paper`: the number of a printed form. Its taker holds the code already, so none is told here: empty.
    `assisted`: the code of a help that goes on, in which the resident writes at the studio's door.
    `again`: another person said the very words that `by` wrote down here a while ago. Without it they are a
    ValidationError of `again`: somebody went back in the browser and pressed once more."""
    if studio.state != StudioState.OPEN:
        raise NotNow(_("这间工作室没有开着，记到开着的工作室里。"))
    voice = _drafted(studio, words=words, kind=kind, place=place, phone=phone, public=public)
    if not rules.records(by, voice):
        raise NotYours(_("替人记留言，由这间工作室的人和本县政协干部来办。"))
    if assisted:
        channel = helping.running(assisted, by).channel
    if channel not in Channel.values or channel == Channel.WEB:
        raise ValidationError({"channel": _("选一下是怎么说的：接待、电话、纸条，还是走访。")})
    if not consent:
        raise ValidationError({"consent": _("先问过本人，同意了再记。")})
    if not clock.today() - EARLIEST <= said_on <= clock.today():
        raise ValidationError({"said_on": _("写他说这件事的日子：今天，或一年以内。")})
    voice.channel, voice.recorded_by, voice.consent, voice.said_on = channel, by.key, True, said_on
    voice.phone_mark = mark_of(voice.phone)
    form = taken_from(studio, paper, channel)
    if form:
        voice.code_hash = form.code_hash
        voice = _taken_in("record", voice, by=by, photos=photos, channel=channel, paper=form.number)
        form.voice = voice
        form.save(update_fields=["voice"])
        return voice, ""
    code = tracking.make(form_key)
    if known := _left_before(code, voice):
        return known, code
    if not (again or assisted):
        _told_lately(voice)
    voice.code_hash = tracking.digest(code)
    more = {"assisted": assisted} if assisted else {}
    return _taken_in("record", voice, by=by, photos=photos, channel=channel, **more), code


def _drafted(studio: Studio, *, words: str, kind: str, place: str, phone: str, public: bool) -> Voice:
    words = measured(words, field="words", least=4, most=2000, missing=_("请写下您想说的事，几个字也行。"))
    if kind not in ("", *Kind.values):
        raise ValidationError({"kind": _("从这几样里选一样，或者不选。")})
    if len(place.strip()) > 80:
        raise ValidationError({"place": _("地方写短一点，80 个字以内。")})
    phone = phone.strip()
    if phone and not PHONE.fullmatch(phone):
        raise ValidationError({"phone": _("这个号码看着不对，查一下；不留也行。")})
    voice = Voice(
        studio=studio, committee=studio.committee, words=words, kind=kind,
        place=place.strip(), phone=phone or None, public=public,
        review=Review.WAITING if public else Review.NONE, said_on=clock.today(), left_at=clock.now(),
    )  # fmt: skip
    return voice


def _told_lately(voice: Voice) -> None:
    lately = queries.rows().filter(
        recorded_by=voice.recorded_by, studio=voice.studio, left_at__gt=clock.now() - LATELY
    )
    for told in lately.order_by("-pk")[:LAST_FEW]:
        if str(told.words).strip() == str(voice.words).strip():
            said = {"number": told.number, "time": f"{clock.local(told.left_at):%H:%M}"}
            raise ValidationError({"again": _("一样的话您在 %(time)s 已经记过了，编号 %(number)s。") % said})


def _left_before(code: str, voice: Voice) -> Voice | None:
    """The voice that this very form left before. NotNow when the key comes with other words."""
    known = queries.by_tracking_code(code)
    if known and (known.words, known.studio_id) != (voice.words, voice.studio_id):
        raise NotNow(_("这张表已经交过一次了。要再说一件事，请重新打开工作室的门。"))
    return known


def _taken_in(move: str, voice: Voice, *, by: Actor, photos: Sequence[Upload], **facts: Any) -> Voice:
    voice.agreed, voice.agreed_at = privacy.consent("leave").mark, clock.now()
    clocks = deadlines.plan(voice, ACCEPT, ANSWER)
    deadlines.point(voice, State.RECEIVED)
    draw_key(voice)  # commits by itself, before the row that needs it
    keep(photos, subject=voice.subject, by=queries.author_of(voice))
    voice.number = _number(voice)
    CHART.start(
        move, voice, by=by, kind=voice.kind or None, public=voice.public,
        accept_by=iso(voice.accept_by), answer_by=iso(voice.answer_by), **facts,
    )  # fmt: skip
    Deadline.objects.bulk_create(clocks)
    search.put("voice", voice.pk, queries.searched(voice), voice.committee.path, private=True)
    return voice


def _number(voice: Voice) -> str:
    """溪政留2026-000123: the committee's short mark, the year, a number without gaps."""
    committee, year = voice.committee, clock.local_day(voice.left_at).year
    return f"{mark(committee)}政留{year}-{draw('voice', committee.path, year):06d}"
