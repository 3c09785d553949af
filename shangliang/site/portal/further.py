"""What the page of a thread asks and offers beside the verdict: to be dealt with together with another, to
change the verdict, the question of four weeks later, to be shown no more, to withdraw."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal import queries as journal
from shangliang.base.people.actor import Actor
from shangliang.base.ui.filters import clock_time
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.voices import forms, told
from shangliang.flow.voices.heads import HEADS
from shangliang.flow.voices.models import State, Voice
from shangliang.flow.voices.office.meanwhile import MOST, STEPS
from shangliang.flow.voices.queries import tied
from shangliang.ledgers.notices import things
from shangliang.ledgers.notices.table import TELLS

TAKEN = "voice_taken_into_"
BRIEF = 60  # characters of a sentence that is told beside others
# What of the other voice's happenings its author is told, once both are dealt with together.
BOTH = frozenset(act for act, line in TELLS.items() if "merged" in line.to)
# And of the opinion reports, proposals and activities that rest on what they said.
OF_GIVEN = frozenset(act for act, line in TELLS.items() if "givers" in line.to)
OF_HEAD = frozenset(act for act, line in TELLS.items() if "merged_givers" in line.to)


def of(
    voice: Voice, moves: set[str], verdicts: list[Any], bound: dict[str, Any], host: tied.Host | None
) -> dict[str, Any]:
    """The page's context; `moves` are open to the author now, `bound` forms that came back."""
    closed = voice.state == State.CLOSED
    asked = tied.follow_up_of(voice) if closed else None
    until = tied.changeable_until(verdicts[-1]) if closed and verdicts else None
    changes = "change_verdict" in moves and until is not None and clock.today() <= until
    asks = tied.asks_later(voice, asked) and "follow_up" in moves
    return {
        "merging": tied.asked_to_merge(voice) if "agree_merge" in moves else None,
        "host": host,
        "may_unmerge": "unmerge" in moves,
        "change": _change(bound, voice, verdicts, moves) if changes else None,
        "change_until": until,
        "later": (bound.get("later") or forms.FollowUp(auto_id="later_%s")) if asks else None,
        "later_set": closed and asked is None,
        "may_hide": voice.review != "" and not voice.erased_on,
        "withdraw": (bound.get("withdraw") or forms.Withdraw(auto_id="withdraw_%s"))
        if "withdraw" in moves
        else None,
        "supported": tied.supports(voice),
    }


def again_detail(voice: Voice) -> str:
    """What follows when its author asks for it to be done once more."""
    days = voice.committee.set("answer_days")
    return _("马上退回工作室，%(n)s 个工作日内再答复。一件事可以退回一次。") % {"n": days}


def change_form(voice: Voice, *args: Any, may_reopen: bool = True, **options: Any) -> forms.Judge:
    words = again_detail(voice)
    return forms.Judge(*args, may_reopen=may_reopen, again_detail=words, auto_id="change_%s", **options)


def _change(bound: dict[str, Any], voice: Voice, verdicts: list[Any], moves: set[str]) -> forms.Judge:
    """The verdict that stands, to be changed; or what came back, or was typed before the code was asked."""
    given: forms.Judge | None = bound.get("change")
    if given:
        return given
    last = verdicts[-1]
    said = {name: getattr(last, name) for name in ("verdict", "attitude", "result", "missing")}
    typed = bound["judge"].initial if "judge" in bound else {}
    return change_form(voice, may_reopen="reopen_after_all" in moves, initial=said | typed)


def told_meanwhile(why: NotNow, voice: Voice, seen: int | None) -> NotNow:
    """The refusal with what happened since version `seen`, the latest last, in the words of its author's own
    page. As it was when nothing did, or nothing that they are told."""
    behind = 0 if seen is None or seen < 1 else voice.version - seen
    if behind <= 0:
        return why
    done = journal.acts_about([voice.subject]).filter(name__in=STEPS).order_by("-id")
    since = {(act.name, act.at) for act in done[: min(behind, MOST)]}
    said = [
        _("%(time)s，%(what)s") % {"time": clock_time(row.at), "what": _briefly(row)}
        for row in told.timeline(voice, mine=True)
        if (row.act, row.at) in since
    ]
    if not said:
        return why
    return NotNow(f"{why.words} " + _("这之间：%(said)s。") % {"said": _("；").join(said)})


def _briefly(row: told.Told) -> str:
    said = row.sentence.rstrip("。")
    said = said if len(said) <= BRIEF else f"{said[:BRIEF]}…"
    return _("%(what)s（%(said)s）") % {"what": row.what, "said": said} if said else row.what


def happened(host: tied.Host) -> list[told.Told]:
    """What happened to the other voice since then, as everybody may read it."""
    rows = told.timeline(host.voice, mine=False)
    return [row for row in rows if row.at >= host.since and row.act in BOTH]


def came_of(voice: Voice, acts: Iterable[Any], author: Actor) -> list[told.Told]:
    """What became of the reports, proposals and activities that rest on this voice; `acts` of its own thread.
    No query where there is none.

    That it happened, no more: a report is not public, nor a proposal before it is answered. What everybody
    may read is told by its title; of an activity nothing is told that not everybody may know of."""
    taken = (one for one in acts if one.name.startswith(TAKEN) and one.subject == voice.subject)
    into = [one.facts["into"] for one in taken]
    if not into:
        return []
    held = journal.acts_about(into).filter(name__in=OF_GIVEN)
    rows = [*_of_threads([*into, *journal.into(*into)]), *held]
    shown = things.seen({act.subject for act in rows}, author)
    return [
        told.Told(act.at, act.name, str(HEADS[act.name][0]), thing.title if thing else "")
        for act, thing in ((act, shown.get(act.subject)) for act in rows)
        if thing or not act.subject.startswith("activity:")
    ]


def _of_threads(threads: list[str]) -> list[Any]:
    """What happened on these threads, and, once a proposal among them was merged, to the one that is handled
    in its place."""
    own = list(journal.acts(threads).filter(name__in=OF_GIVEN))
    merged = {act.thread: act.id for act in own if act.name == "proposal_merged"}
    heads = proposals.heads_of(merged) if merged else {}
    since = {head: merged[thread] for thread, head in heads.items() if head not in threads}
    beside = journal.acts(since).filter(name__in=OF_HEAD) if since else []
    return [*own, *(act for act in beside if act.id > since[act.thread])]
