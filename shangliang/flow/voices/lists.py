"""Closed lists: why a voice is not taken up, who answered it, how far its holder was urged; a state said."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.base.ui.labels import spoken


class Refusal(models.TextChoices):
    """List A, closed: why a voice is not taken up."""

    EMERGENCY = "emergency", _("紧急的事，请马上打 110、119、120")
    COURT = "court", _("已在法院、仲裁或复议")
    PETITION = "petition", _("已在信访办理")
    ACCUSATION = "accusation", _("举报某个人")
    SECRET = "secret", _("涉及国家秘密")
    ELSEWHERE = "elsewhere", _("由别的机关专管")
    PLACE = "place", _("不是本地的事")
    REPEAT = "repeat", _("同一件事已在办")
    UNCLEAR = "unclear", _("看不明白，又联系不上")


class Answerer(models.TextChoices):
    STUDIO = "studio", _("工作室")
    DEPARTMENT = "department", _("承办单位")
    UPPER = "upper", _("上级政协")
    CONSULTATION = "consultation", _("协商")


class Rung(models.TextChoices):
    """How far whoever holds a late voice has been urged: one after the other, each once; see `ladder`."""

    REMINDED = "reminded", _("已提醒")
    URGED = "urged", _("已发催办函")
    LISTED = "listed", _("已列入公开超期")


# Where a state's label speaks to the author, what it is called to everybody else.
OF_OTHERS = {"answered": _("已答复，还没评价"), "closed": _("留言人评过了")}


def state_of(states: type[models.Choices]) -> Callable[[Any], str]:
    """A voice's `get_state_display`, as anybody but its author reads it: one state of the chart for what went
    up, below and across."""
    plain = spoken("state", states)

    def display(voice: Any) -> str:
        if voice.state in OF_OTHERS:
            return str(OF_OTHERS[voice.state])
        passed = voice.state == "sent_up" and voice.lower  # asked in this order: few rows need it
        return str(_("另一家政协在办")) if passed else plain(voice)

    return display
