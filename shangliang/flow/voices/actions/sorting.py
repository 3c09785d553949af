"""What a voice is about (主题): said when it is taken up, or later. It tells nobody, and no clock
knows of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base.people.actor import Actor

from .. import queries
from ..models import Voice
from ..states import CHART
from ..topics import topics


@transaction.atomic
def set_topic(code: str, *, by: Actor, seen: int | None, topic: str) -> Voice:
    """Say what it is about, or "" to take back what was said; the act holds what it was. ValidationError for
    a key that is not in the list, or the one it already has."""
    voice = queries.lock(code, by)
    CHART.check("set_topic", voice, by=by, seen=seen)
    was = voice.topic
    if topic == was:
        raise ValidationError({"topic": _("已经是这个主题了。")})
    about(voice, topic)
    return CHART.move("set_topic", voice, by=by, seen=seen, topic=topic or None, was=was or None)


def about(voice: Voice, topic: str) -> dict[str, Any]:
    """Set it on the row, which the caller saves by its move; the fact that the move's act holds."""
    if topic and topic not in topics():
        raise ValidationError({"topic": _("从单子里选一个主题，或者不选。")})
    voice.topic = topic
    return {"topic": topic or None}
