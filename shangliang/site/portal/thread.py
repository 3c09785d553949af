"""What the page of a thread holds for the holder of its code."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal import queries as journal
from shangliang.base.journal import receipts
from shangliang.base.journal.acts import declared
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal.fields import masked
from shangliang.base.people.request import Request
from shangliang.base.review.states import CHART as REVIEW
from shangliang.base.ui.filters import short_day
from shangliang.base.ui.forms import Form
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.consultations import steps
from shangliang.flow.voices import forms, papers, queries, standing, told
from shangliang.flow.voices.queries import shared, tied
from shangliang.ledgers.notices import queries as notices

from . import further as beside

OF_REVIEW = frozenset({"mend", "appeal", "private"})
FURTHER = (
    "consultation:",
    "recommendation:",
    "result:",
)  # what everybody may know of the threads it ran into


def of(author: Actor, bound: dict[str, Any], since: datetime | None = None) -> dict[str, Any]:
    """The page's context; `bound` are forms that came back or hold what was typed before. `since`: what
    happened later is new to its author."""
    voice = queries.get(author.subject.removeprefix("voice:"), author)
    now = {move.name for move in queries.offered(author, voice, clock.today())}
    answers, progress = queries.answers(voice), queries.reports(voice)
    verdicts, host = queries.verdicts(voice), tied.host_of(voice)
    pieces = standing.talk(
        voice, answers + (host.answers if host else []), progress + (host.reports if host else [])
    )
    lies = papers.of(piece.subject for piece in pieces if piece.subject)
    reports = [piece.subject for piece in pieces if piece.subject.startswith("progress:")]
    topics = _topics(voice.thread, author)
    state, tone = standing.state_words(voice)
    withheld = voice.review == "withheld"
    further = [topic.thread for topic in topics]
    acts = journal.happened([voice.thread, *further])
    own = told.timeline(voice, mine=True, acts=acts, answers=answers, reports=progress)
    own += beside.came_of(voice, acts, author)
    return {
        "voice": voice,
        "through": people.names([voice.through]).get(voice.through, "") if voice.through else "",
        "state": state,
        "tone": tone,
        "turn": standing.turn(voice),
        "facts": standing.facts(
            host.voice if host else voice, files=len(lies[reports[-1]]) if reports else 0, mine=not host
        ),
        "pieces": [(piece, lies[piece.subject]) for piece in pieces],
        "verdicts": verdicts,
        "judge": bound.get("judge")
        or (judge_form(may_reopen="reopen" in now, voice=voice) if "confirm" in now else None),
        "may_judge": "confirm" in now,
        "say": bound.get("say") or (forms.Say(auto_id="say_%s") if "say" in now else None),
        "may_say": "say" in now,
        "mend": bound.get("mend")
        or (forms.Mend(initial={"words": voice.wording}, auto_id="mend_%s") if withheld else None),
        "may_mend": withheld,
        "appeal": bound.get("appeal")
        or (forms.Appeal(auto_id="appeal_%s") if "appeal" in _reviewing(author, voice) else None),
        "topics": [(topic, *steps.mini(topic)) for topic in topics],
        "happened": (happened := _happened(own, acts, further, beside.happened(host) if host else [], since)),
        "fresh": sum(new for *_row, new in happened),
        "mailbox": notices.mailbox(voice.code),
        **beside.of(voice, now, verdicts, bound, host),
        "shared": shared.shared(voice),
        "receipt": receipts.first_of(act for act in acts if act.thread == voice.thread),
        "phone": masked(voice.phone or ""),
        "sample": voice.committee.sample,
        "faulty": next((form for form in bound.values() if form.errors), None),
    }


def _reviewing(author: Actor, voice: Any) -> set[str]:
    return {move.name for move in REVIEW.open_to(author, voice)} if voice.review == "withheld" else set()


def judge_form(*args: Any, may_reopen: bool, voice: Any, **options: Any) -> forms.Judge:
    words = beside.again_detail(voice)
    return forms.Judge(*args, may_reopen=may_reopen, again_detail=words, auto_id="judge_%s", **options)


def bound(move: str, request: Request) -> Any:
    """The form of a move, filled with what was sent."""
    if move == "say":
        return forms.Say(request.POST, request.FILES, auto_id="say_%s")
    if move == "appeal":
        return forms.Appeal(request.POST, auto_id="appeal_%s")
    if move == "mend":
        return forms.Mend(request.POST, auto_id="mend_%s")
    if move == "withdraw":
        return forms.Withdraw(request.POST, auto_id="withdraw_%s")
    if move == "later":
        return forms.FollowUp(request.POST, auto_id="later_%s")
    if move not in ("judge", "change"):
        return forms.Nothing(request.POST)
    assert request.author
    voice = queries.get(request.author.subject.removeprefix("voice:"), request.author)
    if move == "change":
        return beside.change_form(voice, request.POST)
    return judge_form(request.POST, may_reopen=True, voice=voice)


def told_meanwhile(why: NotNow, author: Actor, move: str, seen: int | None) -> NotNow:
    """The refusal of a move with what happened at the voice meanwhile; the review counts versions of its
    own."""
    voice = queries.get(author.subject.removeprefix("voice:"), author)
    return why if move in OF_REVIEW else beside.told_meanwhile(why, voice, seen)


def forms_for(kept: dict[str, str]) -> dict[str, Any]:
    """Forms that hold what was typed before the code had to be asked for again: each its own words, so that
    an appeal never goes out as a message. `kept["move"]` says whose they are."""
    asked: dict[str, type[Form]] = {
        "mend": forms.Mend, "appeal": forms.Appeal, "later": forms.FollowUp,
    }  # fmt: skip
    if ask := asked.get(kept.get("move", "")):
        return {kept["move"]: ask(initial=kept, auto_id=f"{kept['move']}_%s")}
    if "words" in kept:
        return {"say": forms.Say(initial=kept, auto_id="say_%s")}
    if kept:
        return {"judge": forms.Judge(initial=kept, auto_id="judge_%s")}
    return {}


def _topics(thread: str, author: Actor) -> list[Any]:
    """The consultations that the thread ran into, as far as its author may see them."""
    ran_into = journal.into(thread)
    return list(consultations.visible_to(author).filter(thread__in=ran_into)) if ran_into else []


def _happened(
    timeline: list[told.Told],
    acts: list[Any],
    threads: list[str],
    together: list[told.Told],
    since: datetime | None,
) -> list[tuple[str, str, str, bool]]:
    """(when, what, sentence, whether it is new) of this thread, those it ran into, and the one it is dealt
    with together with, newest first."""
    own = [(one.at, one.what, one.sentence) for one in timeline]
    own += [(one.at, _("那一件：%(what)s") % {"what": one.what}, one.sentence) for one in together]
    kinds = declared()
    further: list[tuple[datetime, str, str]] = [
        (act.at, str(kinds[act.name].words), _("大家商量的题目"))
        for act in acts
        if act.thread in threads and act.subject.startswith(FURTHER)
    ]
    rows = sorted([*own, *further], key=lambda row: row[0])[::-1]  # of one moment: what came later first
    return [(short_day(at), what, sentence, bool(since and at > since)) for at, what, sentence in rows]
