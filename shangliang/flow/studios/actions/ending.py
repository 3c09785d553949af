"""A studio stops for a while, or for good: nobody who sits in it, came to it or booked it is left without a
word."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock, search
from shangliang.base.people import actions as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Post

from .. import queries
from ..handover import hand_over, open_matters
from ..models import Online, State, Studio
from ..states import CHART, ONLINE_CHART
from .bookings import call_off_all
from .page import said
from .seats import leaving, seat_in


@transaction.atomic
def suspend(code: str, *, by: Actor, seen: int | None, reason: str, successor: str = "") -> Studio:
    """An open studio stops for a while: its door closes, its page says why, who booked is told. Its open
    voices stay with its people, whose clocks run on, unless `successor` (a code) takes them."""
    studio = queries.lock(code, by)
    CHART.check("suspend", studio, by=by, seen=seen)
    studio.state_reason = said(reason)
    heir = _heir(studio, successor)
    studio.successor = heir.code if heir else ""
    handed = hand_over(studio, heir, by=by) if heir else 0
    call_off_all(studio, by=by, reason=_where_to(studio.state_reason, heir))
    return CHART.move("suspend", studio, by=by, seen=seen, successor=studio.successor, handed=handed)


@transaction.atomic
def resume(code: str, *, by: Actor, seen: int | None) -> Studio:
    """A suspended studio opens again. What another took over stays there."""
    studio = queries.lock(code, by)
    CHART.check("resume", studio, by=by, seen=seen)
    studio.state_reason = studio.successor = ""
    return CHART.move("resume", studio, by=by, seen=seen)


@transaction.atomic
def close(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    reason: str,
    voices_go_to: str,
    people_go: Mapping[str, str],
    successor: str = "",
) -> Studio:
    """A studio is closed for good and goes offline with it.

    `successor`: the code of the studio that takes its open matters; it must be named when there are any.
    `voices_go_to` says in words who goes on. `people_go`: each pseudonym of those who sit in it → the code of
    the studio in which they sit from now on, or "" for none: nobody is left out by oversight.
    ValidationError for somebody who is not named, and for a studio that is not an open one of the same
    committee."""
    studio = queries.lock(code, by)
    CHART.check("close", studio, by=by, seen=seen)
    if studio.online not in (Online.OFFLINE, Online.ONLINE):
        raise ValidationError(_("它的上线申请还没定。先定，再撤销。"))
    studio.state_reason = said(reason)
    studio.voices_go_to = said(voices_go_to, _("请写明没办完的事交给谁，一件也不能丢。"))
    heir = _heir(studio, successor)
    if heir is None and (left := open_matters(studio)):
        raise ValidationError({"successor": _("还有 %(n)s 件留言没办完，选一间工作室接手。") % {"n": left}})
    studio.successor = heir.code if heir else ""
    team = queries.members_of(studio)
    places = _places(studio, team, people_go)
    studio.was_online = studio.online == Online.ONLINE
    if studio.was_online:
        studio.online_reason = studio.state_reason
        ONLINE_CHART.move("take_offline", studio, by=by, seen=None)
        search.drop("studio", studio.pk)
    handed = hand_over(studio, heir, by=by) if heir else 0
    call_off_all(studio, by=by, reason=_where_to(studio.state_reason, heir))
    for post in team:
        people.end_post(post, by=by.key, act=leaving(post))
    for key, room in places.items():
        seat_in(room, next(post.holder for post in team if post.holder.key == key), by=by)
    studio.closed_on, studio.recheck_due = clock.today(), None
    return CHART.move(
        "close", studio, by=by, seen=seen, successor=studio.successor, was=studio.state, handed=handed,
        seated=sorted(places), unseated=sorted({post.holder.key for post in team} - places.keys()),
    )  # fmt: skip


def _heir(studio: Studio, code: str) -> Studio | None:
    if not code:
        return None
    if code == studio.code:
        raise ValidationError({"successor": _("不能交给它自己。")})
    found = queries.of_committee(studio.committee_path).filter(code=code, state=State.OPEN).first()
    if found is None:
        raise ValidationError({"successor": _("接手的要是同一个政协里开着的工作室。")})
    return found


def _where_to(reason: str, heir: Studio | None) -> str:
    """What somebody who had a time is told."""
    if heir is None or not heir.has_door:
        return reason
    said_ = _("%(reason)s（可以到%(studio)s去约）") % {"reason": reason, "studio": heir.name}
    return said_ if len(said_) <= 300 else reason


def _places(studio: Studio, team: list[Post], people_go: Mapping[str, str]) -> dict[str, Studio]:
    """Pseudonym → the studio in which they sit from now on, of those who go on sitting somewhere."""
    names = {post.holder.key: post.holder.name for post in team}
    if forgotten := [name for key, name in names.items() if key not in people_go]:
        raise ValidationError(_("还没写%(names)s去哪间，或者先不进。") % {"names": "、".join(forgotten)})
    wanted = {key: code for key, code in people_go.items() if code and key in names}
    rooms = {
        one.code: one
        for one in queries.of_committee(studio.committee_path).filter(
            code__in=set(wanted.values()), state=State.OPEN
        )
    }
    if studio.code in rooms or set(wanted.values()) - rooms.keys():
        raise ValidationError(_("人只能到本地开着的别的工作室。"))
    return {key: rooms[code] for key, code in wanted.items()}
