"""What several actions do alike."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import draw_key
from shangliang.flow.reports.models import Written

from .. import measure, queries, settings
from ..models import Handling, Note, Phase, Proposal, Signature, Version
from ..states import CHART


def put(of: Proposal, title: str, situation: str, analysis: str, advice: str) -> None:
    """Set the texts. ValidationError for a title of another length, or for a part that is too long."""
    title = " ".join(title.split())
    if not measure.TITLE[0] <= len(title) <= measure.TITLE[1]:
        raise ValidationError({"title": _("题目要 4 到 50 个字。")})
    parts = {"situation": situation.strip(), "analysis": analysis.strip(), "advice": advice.strip()}
    if long := [name for name, text in parts.items() if len(text) > measure.PART]:
        raise ValidationError(dict.fromkeys(long, _("每一部分最多 3,000 个字。")))
    draw(of)
    of.title, of.last_at = title, clock.now()
    of.situation, of.analysis, of.advice = parts.values()


def draw(of: Proposal) -> None:
    """NotNow for who has no account any more."""
    try:
        draw_key(of)
    except keyring.Erased:
        raise NotNow(_("领衔的委员注销了账号，稿子已经删掉，不再往下办。")) from None


def whole(of: Proposal) -> None:
    """ValidationError while the situation or the advice is missing."""
    asks = {
        "situation": _("情况写清楚，十个字以上。"),
        "advice": _("提具体的建议，十个字以上。"),
    }
    texts = dict(zip(("situation", "analysis", "advice"), of.texts[1:], strict=True))
    if short := {name: ask for name, ask in asks.items() if len(texts[name].strip()) < measure.SHORTEST}:
        raise ValidationError(short)


def copied(row: Written, of: Written) -> Written:
    row.title, row.situation, row.analysis, row.advice = of.texts
    return row


def keep_version(of: Proposal, by: Actor) -> int:
    """Keep the texts as they stand now; which version it is. None is kept that says the same as the last."""
    last = Version.objects.filter(proposal=of).order_by("-number").first()
    if last:
        last.proposal = of
        if last.texts == of.texts:
            return int(last.number)
    number = last.number + 1 if last else 1
    row = Version(proposal=of, number=number, by=by.key, at=clock.now())
    copied(row, of)
    row.save(force_insert=True)
    return number


def told(of: Proposal, about: Note.About, words: str, by: Actor, ask: str, field: str = "words") -> None:
    """Keep what the filers are told. ValidationError, asking for it, without words."""
    Note.objects.create(
        proposal=of, about=about, words=stated(words, ask, field=field), by=by.key, at=clock.now()
    )


def stated(words: str, ask: str, *, field: str = "words", least: int = 4, most: int = 500) -> str:
    words = words.strip()
    if not least <= len(words) <= most:
        raise ValidationError({field: ask})
    return words


def chosen(field: str, value: str, among: Iterable[str], ask: str) -> str:
    if value not in among:
        raise ValidationError({field: ask})
    return value


def past(day: date, *, field: str = "on") -> date:
    if day > clock.today():
        raise ValidationError({field: _("日子不能在今天以后。")})
    return day


def signers(of: Proposal) -> tuple[list[str], list[str]]:
    """Who leads and who else signed, by their pseudonyms: what the acts that bring points name."""
    others = [one.person for one in of.signatures.all() if one.state == Signature.State.SIGNED]
    return [of.person], [person for person in others if person != of.person]


def named(of: Proposal) -> dict[str, Any]:
    lead, part = signers(of)
    return {"lead": lead, "part": part}


def contact_next(part: Handling, phase: Phase | None) -> None:
    """Which contact with the filers comes next in this part, and by when; None: nothing is due. The first two
    count from the day it was given, the third from today, when its answer goes out."""
    since = clock.today() if phase == Phase.AFTER else part.given_on
    part.contact_due = phase or ""
    part.contact_by = settings.contact_by(part.proposal.committee, phase, since) if phase else None


def touch(of: Proposal, move: str, *, by: Actor, seen: int | None, **facts: Any) -> Proposal:
    of.last_at = clock.now()
    return CHART.move(move, of, by=by, seen=seen, **facts)


def again(of: Proposal) -> None:
    """Read signatures and handlings anew: one of them was made or moved."""
    for name in ("signatures", "handlings", "merged"):
        getattr(of, "_prefetched_objects_cache", {}).pop(name, None)


def standing(of: Proposal) -> list[Handling]:
    """The parts that were not sent back."""
    return [one for one in of.handlings.all() if one.state != Handling.State.RETURNED]


def locked(code: str, move: str, *, by: Actor, seen: int | None) -> Proposal:
    found = queries.lock(code, by)
    CHART.check(move, found, by=by, seen=seen)
    return found
