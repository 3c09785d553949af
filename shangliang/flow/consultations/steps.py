"""The five steps of a consultation, each with who, when and what proves it."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shangliang.base.ui.filters import day, listed, short_day
from shangliang.base.ui.shapes import Step

from .models import Consultation, Recommendation, Source, State

Where = Literal["ok", "now", "todo"]


@dataclass(frozen=True)
class Evidence:
    """What a page has at hand to prove the steps: numbers, and whether the leader's paper is filed."""

    voices: int = 0
    voices_shown: int = 0
    paper: str = ""  # its address
    raiser: str = ""
    posts: int = 0
    meetings: int = 0


def steps(of: Consultation, has: Evidence, recommendations: list[Recommendation]) -> list[Step]:
    """Five steps, always in this order. A source the topic did not come from reads 这个题目没走这一步."""
    return [
        _leader(of, has) if of.source == Source.LEADER else _skipped(_("党政点题")),
        _voices(of, has) if of.source == Source.VOICES else _skipped(_("群众出题")),
        _member(of, has) if of.source == Source.MEMBER else _skipped(_("委员荐题")),
        _talk(of, has),
        _answer(of, recommendations),
    ]


def _skipped(name: str) -> Step:
    return Step(name, "skipped", evidence=_("这个题目没走这一步"))


def _leader(of: Consultation, has: Evidence) -> Step:
    when = day(of.paper_on or of.raised_on)
    evidence = _("1 份材料") if has.paper else _("在平台上点的题")
    return Step(_("党政点题"), "ok", of.raised_for or has.raiser, when, evidence, has.paper)


def _voices(of: Consultation, has: Evidence) -> Step:
    if has.voices_shown:
        evidence = _("%(m)s 条留言，%(n)s 条公开") % {"m": has.voices, "n": has.voices_shown}
        return Step(
            _("群众出题"), "ok", pgettext("how many", "群众留言"), day(of.raised_on), evidence, "#voices"
        )
    evidence = _("%(m)s 条留言，都没有公开") % {"m": has.voices}
    return Step(_("群众出题"), "ok", pgettext("how many", "群众留言"), day(of.raised_on), evidence)


def _member(of: Consultation, has: Evidence) -> Step:
    return Step(_("委员荐题"), "ok", has.raiser, day(of.raised_on), _("在平台上荐的题"))


def _talk(of: Consultation, has: Evidence) -> Step:
    host = of.studio.name if of.studio else ""
    if of.state in (State.RAISED, State.DECLINED):
        return Step(_("协商解题"), "todo", evidence=_("还没开始"))
    where: Where = "now" if of.state in (State.OPEN, State.MINUTED) else "ok"
    when = _("说到 %(day)s") % {"day": short_day(of.last_day)}
    if of.minuted_on:
        when = _("%(day)s 出纪要") % {"day": short_day(of.minuted_on)}
        return Step(_("协商解题"), where, host, when, _("纪要 1 份"), "#minutes")
    if has.posts:
        return Step(_("协商解题"), where, host, when, _("%(n)s 条发言") % {"n": has.posts}, "#posts")
    return Step(_("协商解题"), where, host, when, _("还没有公开的发言"))


def _answer(of: Consultation, rows: list[Recommendation]) -> Step:
    name = _("政府答题")
    if of.sent_on is None:
        return Step(name, "todo", _("承办单位"), evidence=_("还没送建议"))
    where: Where = "ok" if of.state == State.FINISHED else "now"
    answered = sum(1 for row in rows if row.answered_on)
    who = listed(dict.fromkeys(row.department.name for row in rows))
    evidence = _("%(n)s 条建议，%(k)s 条答复了") % {"n": len(rows), "k": answered}
    when = _("%(day)s 送出") % {"day": short_day(of.sent_on)}
    return Step(name, where, who, when, evidence, "#recommendations")


def mini(of: Consultation) -> tuple[int, str, tuple[int, ...]]:
    """For a card: which step it has come to, that step's name, and the steps it did not go through."""
    came = [Source.LEADER, Source.VOICES, Source.MEMBER].index(Source(of.source)) + 1
    skipped = tuple(step for step in (1, 2, 3) if step != came)
    if of.state in (State.SENT, State.FINISHED):
        return 5, _("政府答题"), skipped
    if of.public:
        return 4, _("协商解题"), skipped
    return came, str(Source(of.source).label), skipped
