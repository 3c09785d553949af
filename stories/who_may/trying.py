"""How each row of "may do" is asked: the thing laid down, its cast, the question put to each actor."""

from collections.abc import Callable, Collection
from datetime import time
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import Any

from shangliang.base import clock
from shangliang.base.charts.chart import CHARTS
from shangliang.base.charts.errors import Unseen
from shangliang.base.people import actions as people
from shangliang.base.people.actor import Actor
from shangliang.base.review import queries as review_queries
from shangliang.base.review.models import Report
from shangliang.base.rulebook import actions as rulebook
from shangliang.base.rulebook import queries as rule_queries
from shangliang.base.rulebook.models import Rule
from shangliang.flow.activities import actions as activities
from shangliang.flow.activities import queries as activity_queries
from shangliang.flow.activities.models import Activity, Participation
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.consultations import proposers
from shangliang.flow.consultations import queries as consultation_queries
from shangliang.flow.consultations.models import Consultation, Recommendation
from shangliang.flow.correspondence import actions as correspondence
from shangliang.flow.correspondence import queries as message_queries
from shangliang.flow.correspondence.models import Message
from shangliang.flow.proposals import actions as proposals
from shangliang.flow.proposals import queries as proposal_queries
from shangliang.flow.proposals.models import Handling, Proposal, Signature
from shangliang.flow.reports import actions as reports
from shangliang.flow.reports import queries as report_queries
from shangliang.flow.reports.models import Bulletin, OpinionReport
from shangliang.flow.research import actions as research
from shangliang.flow.research import queries as research_queries
from shangliang.flow.research.models import Research
from shangliang.flow.results import actions as results
from shangliang.flow.results import queries as result_queries
from shangliang.flow.results.models import Result
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios import queries as studio_queries
from shangliang.flow.studios.models import Booking, Inspection, Roster, Studio
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries as voice_queries
from shangliang.flow.voices.models import Assistance, Settling
from shangliang.flow.voices.office.moves import _ask as ask_the_office
from shangliang.flow.voices.queries import helped
from shangliang.ledgers.figures import actions as figures
from shangliang.ledgers.points import actions as points
from shangliang.ledgers.points import queries as point_queries
from shangliang.ledgers.points.models import Objection

from . import activities as laid
from . import asking, cast, filed, seeing, studied, things, written
from .columns import MAY, NOT_NOW, NOT_THEIRS, UNSEEN, Cells, cells

ROOMS = ("planned, offline", "open, offline", "open, applied", "open, city", "open, province", "open, online",
         "suspended, online")  # fmt: skip
STAGES: dict[str, tuple[str, ...]] = {
    "voice": tuple(seeing.VOICE),
    "review": ("private", "waiting", "withheld", "appealed", "appealed, above", "shown"),
    "consultation": (
        "raised", "raised, no host yet", "raised by the officer", "raised by the convener",
        "declined", "open", "minuted", "sent", "finished",
    ),
    "recommendation": ("sent", "returned", "answered", "done"),
    "studio": (*ROOMS, "closed, offline"),
    "studio_online": (*ROOMS, "closed, offline"),
    "result": ("draft", "published"),
    "inspection": ("clear", "open", "put_right"),
    "roster": ("read", "taken"),
    "rule": ("in_force", "repealed"),
    "message": ("waiting", "read", "answered", "closed"),
    "opinion_report": (
        "draft", "sent", "returned", "office", "checked", "signed", "issued", "kept", "withdrawn",
    ),
    "bulletin": ("issued",),
    "research": studied.STAGES,
    "activity": ("planned", "announced", "held", "held, private", "published", "closed", "cancelled"),
    "participation": ("invited", "signed", "waiting", "leave", "came", "absent", "struck"),
    "proposal": filed.STAGES,
    "proposal_excellence": filed.CHOSEN,
    "signature": filed.SIGNED,
    "handling": filed.HANDLED,
    "objection": ("open", "upheld", "dismissed", "withdrawn"),
    "assistance": ("open", "ended", "expired"),
    "settling": ("waiting", "same", "different"),
    "booking": ("booked", "waiting", "cancelled", "called_off", "came", "missed"),
    "report": ("open", "kept", "acted", "lapsed"),
}  # fmt: skip
PACKAGES: dict[str, tuple[ModuleType, tuple[str, ...]]] = {
    "rulebook": (rulebook, ("rule",)),
    "correspondence": (correspondence, ("message",)),
    "activities": (activities, ("activity", "participation")),
    "reports": (reports, ("opinion_report", "bulletin")),
    "research": (research, ("research",)),
    "proposals": (proposals, ("proposal", "proposal_excellence", "signature", "handling")),
    "voices": (voices, ("voice", "review", "assistance", "settling", "report")),
    "consultations": (consultations, ("consultation", "recommendation")),
    "studios": (studios, ("studio", "studio_online", "roster", "booking", "inspection")),
    "results": (results, ("result",)),
    "figures": (figures, ()),
    "points": (points, ("objection",)),
    "people": (people, ()),
}
# By what a thing has somebody of a column at all: a voice nobody was asked for has no department.
RELATED = {"handler_own": "department_id", "above_asked": "upper_id", "convener_own": "studio_id"}
Question = Callable[[Actor], str]


def state_of(chart: str, stage: str) -> str:
    """The chart's own state of a stage."""
    if chart == "review":
        return stage.partition(", ")[0]
    return stage.split(", ")[1] if chart == "studio_online" else things.state(stage)


def starts_of(chart: str, move: str) -> frozenset[str]:
    """Every state in which a move of this name starts."""
    return frozenset[str]().union(*(row.start for row in CHARTS[chart].moves if row.name == move))


def reviews(chart: str, stage: str) -> tuple[str, ...]:
    """A voice is tried kept back and shown: the rule is the same, but who knows of it is not."""
    return ("private", "shown") if chart == "voice" and stage != "new" else ("",)


def seen_by(chart: str, stage: str, review: str) -> Cells:
    """Who knows of the thing."""
    if chart == "voice":
        return cells(seeing.voice(stage, review))
    if chart == "review":
        more = {"above_asked": MAY} if stage == "appealed, above" else {}
        return cells(seeing.voice("received", state_of(chart, stage))) | more
    thing = "studio" if chart == "studio_online" else chart
    return cells(seeing.SEES.get((thing, stage)) or seeing.SEES[thing, things.state(stage)])


def laid_down(world: SimpleNamespace, chart: str, stage: str, *, shown: bool) -> tuple[Any, cast.Cast]:
    if chart == "voice":
        voice = things.voice(world, stage, "shown" if shown else "")
        return voice, things.cast_of_voice(world, voice)
    if chart == "review":
        above = {"appeal_above": world.city.path} if stage == "appealed, above" else {}
        voice = things.voice(world, "received", state_of(chart, stage), **above)
        return voice, things.cast_of_voice(world, voice)
    if chart == "consultation":
        topic = things.topic(world, stage)
        return topic, things.cast_of_topic(world, topic, stage)
    if chart == "recommendation":
        row = things.recommendation(world, stage)
        return row, things.cast_of_recommendation(world, row)
    if chart == "result":
        return things.result(world, stage), cast.of(world)
    if chart == "booking":
        booking = things.booking(world, stage)
        return booking, things.cast_of_booking(world, booking)
    if chart in ("rule", "message"):
        return getattr(things, chart)(world, stage), cast.of(world)
    if chart == "opinion_report":
        return written.opinion_report(world, stage), cast.of(world)
    if chart == "research":
        return studied.research(world, stage), cast.of(world)
    if chart == "objection":
        return written.objection(world, stage), cast.of(world)
    if chart == "bulletin":
        return written.bulletin(world), cast.of(world)
    if chart == "activity":
        return laid.activity(world, stage), cast.of(world)
    if chart == "participation":
        return laid.participation(world, stage), cast.of(world)
    if chart == "proposal_excellence":
        return filed.excellence(world, stage), cast.of(world)
    if chart in ("proposal", "signature", "handling"):
        return getattr(filed, chart)(world, stage), cast.of(world)
    if chart == "assistance":
        return things.assistance(world, stage), cast.of(world, convener_own=[world.convener])
    if chart == "settling":
        return things.settling(world, stage), cast.of(world)
    if chart == "inspection":
        return things.inspection(world, stage), cast.of(world)
    if chart == "report":
        return things.report(world, stage), cast.of(world)
    if chart == "roster":
        return things.roster(world, stage), cast.of(world)
    return things.studio(world, stage), cast.of(world)


LOCKS: dict[str, Callable[[Any, Actor], Any]] = {
    "voice": lambda thing, by: voice_queries.lock(thing.code, by),
    "review": lambda thing, by: voice_queries.lock(thing.code, by),
    "consultation": lambda thing, by: consultation_queries.lock(thing.code, by=by),
    "recommendation": lambda thing, by: proposers.judging(
        consultation_queries.lock_recommendation(thing.code)
    ),
    "studio": lambda thing, by: studio_queries.lock(thing.code, by),
    "studio_online": lambda thing, by: studio_queries.lock(thing.code, by),
    "booking": lambda thing, by: studio_queries.lock_booking(thing.code, by),
    "assistance": lambda thing, by: helped.lock_assistance(thing.code, by),
    "settling": lambda thing, by: helped.lock_settling(thing.code, by),
    "inspection": lambda thing, by: studio_queries.lock_inspection(thing.code, by),
    "rule": lambda thing, by: rule_queries.lock(thing.code, by),
    "message": lambda thing, by: message_queries.lock(thing.code, by),
    "opinion_report": lambda thing, by: report_queries.lock(thing.code, by),
    "research": lambda thing, by: research_queries.lock(thing.code, by),
    **dict.fromkeys(
        ("proposal", "proposal_excellence"), lambda thing, by: proposal_queries.lock(thing.code, by)
    ),
    "signature": lambda thing, by: proposal_queries.lock_signature(thing.code, by),
    "handling": lambda thing, by: proposal_queries.lock_handling(thing.code, by),
    "bulletin": lambda thing, by: report_queries.bulletin(thing.code, by),
    "activity": lambda thing, by: activity_queries.lock(thing.code, by),
    "participation": lambda thing, by: activity_queries.part(
        activity_queries.lock(thing.activity.code, by), thing.person
    ),
    "objection": lambda thing, by: point_queries.lock_objection(thing.code, by),
    "roster": lambda thing, by: studio_queries.lock_roster(thing.code, by),
    "report": lambda thing, by: review_queries.lock(thing.code, by),
    "result": lambda thing, by: result_queries.lock(thing.code, by=by),
}


def told(chart: str, moves: Collection[str], thing: Any, by: Actor) -> dict[str, str]:
    """Move → mark. As every action does: locked within the actor's sight, then rule, state, version."""
    try:
        locked = LOCKS[chart](thing, by)
    except Unseen:
        return dict.fromkeys(moves, UNSEEN)
    return {move: asking.refusal(partial(_check, chart, move, locked, by)) for move in moves}


def _check(chart: str, move: str, locked: Any, by: Actor) -> None:
    if chart == "voice":  # which tells whoever held it a moment ago "not now"
        ask_the_office(move, locked, by=by, seen=locked.version)
    else:
        CHARTS[chart].check(move, locked, by=by, seen=getattr(locked, CHARTS[chart].version))


def answers(chart: str, moves: Collection[str], thing: Any, who: cast.Cast) -> dict[str, Cells]:
    """Move → what each column is told."""
    found = {name: [told(chart, moves, thing, by) for by in actors] for name, actors in who.items()}
    return {
        move: {name: "".join(sorted({one[move] for one in all_})) for name, all_ in found.items()}
        for move in moves
    }


def of_post(world: SimpleNamespace, kind: str, move: str, review: str) -> tuple[cast.Cast, Question]:
    post = things.post(world, kind, review)

    def question(by: Actor) -> str:
        def ask() -> None:
            _check("review", move, consultation_queries.lock_post(post.code, by=by), by)

        return asking.refusal(ask)

    return things.cast_of_post(world, kind, post), question


def refusals(given: set[str], column: str, thing: Any) -> set[str]:
    """What a column may be told where a move does not start; `given`: its marks where the move does."""
    related = RELATED.get(column, "pk")
    if not given & {MAY, NOT_NOW}:
        return {NOT_THEIRS, UNSEEN}
    if given == {MAY} and getattr(thing, related, thing.pk):
        return {NOT_NOW, UNSEEN}
    return {NOT_NOW, NOT_THEIRS, UNSEEN}


# ── What makes a thing ──
def of_new(world: SimpleNamespace, move: str, stage: str) -> tuple[cast.Cast, Question]:
    """The rule of a move that makes a thing, asked of the thing that would be made."""
    if move in ("voice.leave", "voice.record"):
        return cast.of(world), lambda by: asking.answer(lambda: _told(world, move, by))
    who, draft = cast.of(world), Consultation(committee=world.county)
    if move == "message.write":  # a member of another county is a member: a test of the package says so
        who["neighbour"] = [world.neighbour_officer, world.far_leader, world.far_handler, world.far_auditor]
    if move == "consultation.raise_topic":
        draft.source = stage.partition(", ")[2].partition("'")[0]
        if stage.endswith("paper"):
            draft.raised_for, draft.paper_on = "秦主席", clock.today()
    new: dict[str, Callable[[], Any]] = {
        "consultation.raise_topic": lambda: draft,
        "recommendation.send": lambda: Recommendation(consultation=things.topic(world, "minuted")),
        "studio.plan": lambda: Studio(committee=world.county),
        **dict.fromkeys(
            ("booking.book", "booking.wait", "booking.walk_in"),
            lambda: Booking(
                studio=world.studio,
                day=clock.today(),
                number=99,
                start=time(9),
                end=time(9, 20),
                made_at=clock.now(),
            ),
        ),
        **dict.fromkeys(
            ("inspection.find", "inspection.clear"),
            lambda: Inspection(
                studio=world.studio,
                day=clock.today(),
                findings="没上墙",
                put_right_by=clock.today(),
            ),
        ),
        "rule.enter": lambda: Rule(committee=world.county),
        "message.write": lambda: Message(studio=world.studio),
        **dict.fromkeys(
            ("opinion_report.draft", "opinion_report.begin"),
            lambda: OpinionReport(person="somebody", studio=world.studio, committee=world.county),
        ),
        "bulletin.issue": lambda: Bulletin(committee=world.county),
        "research.draft": lambda: Research(person="somebody", committee=world.county),
        **dict.fromkeys(
            ("activity.plan", "activity.record_afterwards"),
            lambda: Activity(studio=world.studio, committee=world.county),
        ),
        **dict.fromkeys(
            tuple(f"participation.{name}" for name in ("invite", "sign_up", "wait", "come", "add")),
            lambda: Participation(activity=laid.activity(world, "announced"), person=world.member.key),
        ),
        "proposal.draft": lambda: Proposal(person="somebody", committee=world.county),
        "signature.lead": lambda: Signature(proposal=filed.proposal(world, "draft")),
        "signature.ask": lambda: Signature(proposal=filed.proposal(world, "draft")),
        "handling.give": lambda: Handling(proposal=filed.proposal(world, "filed")),
        "objection.object": lambda: Objection(person=world.member.key, committee=world.county),
        "assistance.start": lambda: Assistance(
            studio=world.studio, by="officer", started_at=clock.now(), until=clock.now()
        ),
        "settling.find": lambda: Settling(
            voice=things.voice(world, "received"),
            earlier=things.voice(world, "received"),
            found_on=clock.today(),
        ),
        "roster.read": lambda: Roster(committee=world.county, by="officer", at=clock.now()),
        "report.make": lambda: Report(committee=world.county, kind="voice"),
        "result.draft": lambda: Result(consultation=things.topic(world, "sent")),
    }
    thing = new[move]()
    chart, _, name = move.partition(".")
    return who, lambda by: asking.starts(CHARTS[chart], name, thing, by)


def _told(world: SimpleNamespace, move: str, by: Actor) -> None:
    said: dict[str, Any] = {"words": "巷口的路灯坏了半个月", "form_key": f"{move} {by.key} 0123456789012345"}
    if move == "voice.leave":
        voices.leave(world.studio, by=by, **said)
    else:
        voices.record_told(
            world.studio, by=by, channel="reception", consent=True, said_on=clock.today(), **said
        )
