"""What several actions do alike."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import draw_key
from shangliang.base.places.queries import departments

from .. import measure, queries
from ..models import Addressee, Research, Version, Whom
from ..states import CHART


def locked(code: str, move: str, *, by: Actor, seen: int | None) -> Research:
    found = queries.lock(code, by)
    CHART.check(move, found, by=by, seen=seen)
    return found


def touch(of: Research, move: str, *, by: Actor, seen: int | None, **facts: Any) -> Research:
    of.last_at = clock.now()
    return CHART.move(move, of, by=by, seen=seen, **facts)


def put(of: Research, title: str, findings: str, advice: str) -> None:
    """Set the texts. ValidationError for a title of another length, or for a part that is too long."""
    title = " ".join(title.split())
    if not measure.TITLE[0] <= len(title) <= measure.TITLE[1]:
        raise ValidationError({"title": _("题目要 4 到 60 个字。")})
    if len(findings) > measure.FINDINGS[1]:
        raise ValidationError({"findings": _("调研发现最多 20,000 个字。")})
    pieces = measure.pieces(advice)
    if len(pieces) > measure.PIECES or any(len(one) > measure.PIECE[1] for one in pieces):
        raise ValidationError({"advice": _("建议一行一条，最多 20 条，每条最多 300 个字。")})
    draw(of)
    of.title, of.findings, of.advice = title, findings.strip(), "\n".join(pieces)
    of.last_at = clock.now()


def draw(of: Research) -> None:
    """NotNow for who has no account any more."""
    try:
        draw_key(of)
    except keyring.Erased:
        raise NotNow(_("执笔的委员注销了账号，稿子已经删掉，不再往下办。")) from None


def keep_version(of: Research, by: Actor) -> int:
    """Keep the texts as they stand now; which version it is. None is kept that says the same as the last."""
    last = Version.objects.filter(research=of).order_by("-number").first()
    if last:
        last.research = of
        if last.texts == of.texts:
            return int(last.number)
    number = last.number + 1 if last else 1
    row = Version(research=of, number=number, by=by.key, at=clock.now())
    row.title, row.findings, row.advice = of.texts
    row.save(force_insert=True)
    return number


def address(of: Research, to: Sequence[str], names: Sequence[str]) -> None:
    """Say to whom it goes: kinds of `Whom`, and codes of departments. ValidationError for none such."""
    known = {one.code: one for one in departments(of.committee)}
    if set(to) - set(Whom.values) or set(names) - set(known):
        raise ValidationError({"to": _("从列着的里面选报给谁。")})
    if Whom.UPPER in to and of.committee.parent_id is None:
        raise ValidationError({"to": _("上面没有政协可报。")})
    if (Whom.DEPARTMENT in to) != bool(names):
        raise ValidationError({"departments": _("报给单位的，勾上「单位」，再选是哪几个。")})
    Addressee.objects.filter(research=of).delete()
    kinds = [whom for whom in Whom.values if whom in to and whom != Whom.DEPARTMENT]
    for whom in kinds:
        Addressee.objects.create(research=of, whom=whom)
    for code in dict.fromkeys(names):
        Addressee.objects.create(research=of, whom=Whom.DEPARTMENT, department=known[code])


def team(of: Research) -> dict[str, list[str]]:
    """Who stands for it, by their pseudonyms and in their order: what the acts name that tell the team, and
    that bring points. The lead writer is in no other list."""
    stays = [one for one in of.team.all() if one.left_on is None]
    return {
        "lead": [of.person],
        "writers": [one.person for one in stays if one.writer],
        "team": [one.person for one in stays if not one.writer],
    }


def again(of: Research) -> None:
    """Read the team anew: it was changed."""
    getattr(of, "_prefetched_objects_cache", {}).pop("team", None)


def stated(field: str, words: str, ask: str, *, least: int = 2, most: int = 300) -> str:
    words = words.strip()
    if not least <= len(words) <= most:
        raise ValidationError({field: ask})
    return words


def past(of: Research, on: date) -> date:
    """From the day it was sent on: nothing becomes of it before."""
    if on > clock.today() or (of.sent_on and on < of.sent_on):
        raise ValidationError({"on": _("日子在报送以后、今天以前。")})
    return on
