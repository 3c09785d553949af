"""What the page of a thread asks and offers beside the verdict: to be dealt with together with another, to
change the verdict, the question of four weeks later, to be shown no more, to withdraw."""

from typing import Any

from shangliang.base import clock
from shangliang.flow.voices import forms, told
from shangliang.flow.voices.models import State, Voice
from shangliang.flow.voices.queries import tied

# What of the other voice's happenings its author is told, once both are dealt with together.
BOTH = frozenset({
    "voice_assigned", "voice_sent_up", "voice_extended", "voice_raised", "voice_given_back", "voice_answered",
    "voice_progress_reported", "voice_done_reported", "voice_confirmed_solved", "voice_judged_partly",
    "voice_judged_not", "voice_reopened", "voice_passed_down",
})  # fmt: skip


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
        "change": _change(bound, verdicts) if changes else None,
        "change_until": until,
        "later": (bound.get("later") or forms.FollowUp(auto_id="later_%s")) if asks else None,
        "later_set": closed and asked is None,
        "may_hide": voice.review != "" and not voice.erased_on,
        "withdraw": (bound.get("withdraw") or forms.Withdraw(auto_id="withdraw_%s"))
        if "withdraw" in moves
        else None,
        "supported": tied.supports(voice),
    }


def _change(bound: dict[str, Any], verdicts: list[Any]) -> forms.Judge:
    """The verdict that stands, to be changed; or what came back, or was typed before the code was asked."""
    given: forms.Judge | None = bound.get("change")
    if given:
        return given
    last = verdicts[-1]
    said = {name: getattr(last, name) for name in ("verdict", "attitude", "result", "missing")}
    typed = bound["judge"].initial if "judge" in bound else {}
    return forms.Judge(initial=said | typed, may_reopen=False, auto_id="change_%s")


def happened(host: tied.Host) -> list[told.Told]:
    """What happened to the other voice since then, as everybody may read it."""
    rows = told.timeline(host.voice, mine=False)
    return [row for row in rows if row.at >= host.since and row.act in BOTH]
