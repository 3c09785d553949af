"""What became of a report, in words; the tone of its state; what a voice brings to a new one."""

from typing import Any

from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.ui.filters import day, short_day
from shangliang.flow.voices.models import Voice

from .measure import TITLE
from .models import Bulletin, Item, OpinionReport

TONES = {
    "draft": "quiet", "sent": "wait", "returned": "wait", "office": "open", "checked": "open",
    "signed": "open", "issued": "done", "kept": "quiet", "withdrawn": "quiet",
}  # fmt: skip


def number(of: Bulletin) -> str:
    """2026年第3期（总第8期）"""
    return _("%(year)s年第%(issue)s期（总第%(total)s期）") % {
        "year": of.year, "issue": of.issue, "total": of.total
    }  # fmt: skip


def became(report: OpinionReport) -> list[str]:
    """A sentence for each thing that became of it, in order; of rows from `queries.with_outcomes`."""
    item = _item(report)
    told = [_("登在专报%(number)s") % {"number": number(item.bulletin)}] if item else []
    for one in report.adoptions.all():
        words = _("%(level)s综合采用：%(where)s") if one.combined else _("%(level)s单篇采用：%(where)s")
        beside = getattr(one, "others", None)
        more = _("（和另外 %(n)s 篇编在一起）") % {"n": beside} if beside else ""
        told.append(words % {"level": one.get_level_display(), "where": one.where} + more)
    for row in report.endorsements.all():
        told.append(_("%(who)s批示（%(day)s）") % {"who": row.who, "day": short_day(row.on)})
    for passed in report.referrals.all():
        to = {"name": passed.department.name, "day": short_day(passed.replied_on or passed.on)}
        told.append((_("%(name)s回复了（%(day)s）") if passed.reply else _("转%(name)s办（%(day)s）")) % to)
    return told


def _item(report: OpinionReport) -> Item | None:
    try:
        return report.item
    except Item.DoesNotExist:
        return None


def best(report: OpinionReport) -> str:
    """The last thing that became of it, or its state."""
    return (became(report) or [report.get_state_display()])[-1]


def from_voice(voice: Voice) -> dict[str, Any]:
    """What a report begun from a voice starts with: its number, day and studio, and its words only as they
    were looked over and shown. What was said to the studio alone is told in the writer's own words."""
    when = {"day": day(clock.local_day(voice.left_at)), "studio": voice.studio.name, "number": voice.number}
    if not voice.shown or voice.erased_on:
        return {"situation": _("%(day)s，有群众到%(studio)s反映（%(number)s）：") % when}
    words = _("%(day)s，有群众到%(studio)s反映（%(number)s）：“%(words)s”")
    title = voice.public_title if TITLE[0] <= len(voice.public_title) <= TITLE[1] else ""
    return {"title": title, "situation": words % {**when, "words": voice.wording}}
