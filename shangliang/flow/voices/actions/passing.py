"""A voice goes from level to level: up, back, down to one below, across to a neighbour. Its days stay as they
are, whoever has it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee

from .. import deadlines, levels, rules
from ..models import State, Voice
from ..states import CHART
from .parts import about_to, iso, remark, stated


@transaction.atomic
def send_up(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """One level up, which answers, sends it on or sends it down: by the committee whose it is, and by the
    level above that has it. ValidationError when there is none above, or none that works here yet."""
    voice = about_to("send_up", code, by, seen)
    if rules.highest(voice):
        raise ValidationError(_("上面没有再高一级的政协了。"))
    upper = rules.next_up(voice)
    if upper is None:
        raise ValidationError(_("上一级政协还没有在这里接办，转不上去。请在这里办，或者在答复里写明该找谁。"))
    if not voice.reached or len(upper.path) < len(voice.reached):
        voice.reached = upper.path
    voice.lower = False
    remark(voice, "voice_sent_up", by=by, words=stated(words, field="words"))
    return _passed("send_up", voice, upper, by, seen, upper=upper.code, answer_by=iso(voice.answer_by))


@transaction.atomic
def send_down(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """Back to the committee whose it is, by the level just above, or the one below that it was passed to."""
    voice = about_to("send_down", code, by, seen)
    remark(voice, "voice_sent_down", by=by, words=stated(words, field="words"))
    deadlines.point(voice, State.TAKEN_UP)
    return CHART.move("send_down", voice, by=by, seen=seen, upper=voice.upper.code if voice.upper else None)


@transaction.atomic
def return_down(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """One level down, to the one that sent it on: it has the voice again, and the same days."""
    voice = about_to("return_down", code, by, seen)
    was, to = voice.upper, rules.next_down(voice)
    remark(voice, "voice_sent_down", by=by, words=stated(words, field="words"))
    return _passed("return_down", voice, to, by, seen, upper=was.code if was else None, to=to.code)


@transaction.atomic
def pass_down(code: str, *, by: Actor, seen: int | None, to: Committee, words: str) -> Voice:
    """To a committee below whoever has it, which answers or sends it back: by the one whose it is, or by the
    level above that has it, across to a neighbour of where it came from. ValidationError for one that lies
    elsewhere, or does not handle its matters here yet."""
    voice = about_to("pass_down", code, by, seen)
    if to not in levels.open_to(voice):
        raise ValidationError({"to": _("选下面一级、已经在这里办理的政协。")})
    voice.lower = True
    remark(voice, "voice_passed_down", by=by, words=stated(words, field="words"))
    return _passed("pass_down", voice, to, by, seen, to=to.code, answer_by=iso(voice.answer_by))


@transaction.atomic
def return_across(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """Back to the level that passed it across: it has the voice again, and the same days."""
    voice = about_to("return_across", code, by, seen)
    was, to = voice.upper, levels.passed_by(voice)
    assert was  # as the rule asked
    assert to
    remark(voice, "voice_sent_down", by=by, words=stated(words, field="words"))
    voice.lower = False
    return _passed("return_across", voice, to, by, seen, upper=was.code, to=to.code)


def _passed(move: str, voice: Voice, to: Committee, by: Actor, seen: int | None, /, **facts: Any) -> Voice:
    """Another level has it: the same days, the ladder anew. The rule is asked of who had it until now."""
    voice.leaves, voice.upper = voice.upper, to
    deadlines.point(voice, State.SENT_UP, anew=True)
    CHART.move(move, voice, by=by, seen=seen, **facts)
    voice.leaves = None
    return voice
