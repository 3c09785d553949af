"""How each thing of the rows "may see" is built and looked at: (the thing, its cast, the look).

The look raises Unseen or gives False where the actor may not know of it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import Actor
from shangliang.base.review import queries as reviews
from shangliang.base.rulebook import queries as rules
from shangliang.flow.activities import queries as activities
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.correspondence import queries as messages
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.reports import queries as reports
from shangliang.flow.results import queries as results
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.models import Answer, Line, Progress
from shangliang.flow.voices.queries import desk, helped, pictured
from shangliang.ledgers.figures import boards, subjects
from shangliang.ledgers.figures import queries as figures
from shangliang.ledgers.figures.period import Period
from shangliang.ledgers.points import queries as points
from shangliang.ledgers.points.models import Entry

from . import activities as laid
from . import cast, filed, studied, things, written

Look = Callable[[Actor], object]
Probe = tuple[cast.Cast, Look]
Build = Callable[[SimpleNamespace, str], Any]


def probe(world: SimpleNamespace, thing: str, state: str) -> Probe:
    """The thing laid down in this state, and how to look at it. KeyError for a thing that nobody knows."""
    kind, _, about = thing.partition(": ")
    return PROBES[kind](world, about or thing, state)


def whole(world: SimpleNamespace, stage: str, review: str) -> Probe:
    """A voice's words, dialogue, photos: one word for all of them."""
    found = things.voice(world, stage, review)
    line = Line.objects.create(voice=found, by=found.person, at=found.left_at, side="author", words="还没修")
    photos = {"voice": found.code, "line": line.code}

    def look(actor: Actor) -> bool:
        voices.get(found.code, actor)
        return all(voices.may_open(kind, code, [actor]) for kind, code in photos.items())

    return things.cast_of_voice(world, found), look


def _wording(world: SimpleNamespace, _thing: str, review: str) -> Probe:
    found = things.voice(world, "assigned", review)
    return things.cast_of_voice(world, found), lambda _actor: voices.get_shown(found.code)


def _papers(world: SimpleNamespace, _thing: str, review: str) -> Probe:
    found = things.voice(world, "answered by department", review)
    about = {"voice": found, "by": "handler", "at": found.left_at, "round": 1, "words": "修好了"}
    codes = {"answer": Answer.objects.create(**about).code, "progress": Progress.objects.create(**about).code}
    look = lambda actor: all(voices.may_open(kind, code, [actor]) for kind, code in codes.items())  # noqa: E731
    return things.cast_of_voice(world, found), look


def _copy(world: SimpleNamespace, _thing: str, review: str) -> Probe:
    found = things.voice(world, "received", review)
    _first, copy = things.photo(world, found, copied=True)
    return things.cast_of_voice(world, found), lambda actor: pictured.may_open([actor], copy.code)


def _phone(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.voice(world, stage)

    def look(actor: Actor) -> bool:
        seen = voices.get(found.code, actor)
        return actor.subject == seen.subject or voices.may_reveal(actor, seen)

    return things.cast_of_voice(world, found), look


def _note(world: SimpleNamespace, _thing: str, about: str) -> Probe:
    found = things.note(world, about)
    return things.cast_of_voice(world, found.voice), lambda actor: desk.note(found.code, actor)


def _waiting(world: SimpleNamespace, _thing: str, about: str) -> Probe:
    found = things.second_look(world, about)

    def look(actor: Actor) -> bool:
        return voices.may_open("answer", found.code, [actor]) or desk.may_open_waiting(found.code, [actor])

    return things.cast_of_voice(world, found.voice), look


def _beside(world: SimpleNamespace, thing: str, _state: str) -> Probe:
    if thing == "common answer":
        template = things.template(world)
        return cast.of(world), lambda actor: desk.template(template.code, actor)
    if thing == "saved filter":
        kept = things.saved_filter(world)
        return cast.of(world), lambda actor: desk.saved_filter(kept.code, actor)
    batch = things.batch(world)
    return cast.of(world), lambda actor: desk.batch(batch.code, actor)


def _consultation(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.topic(world, stage)
    return things.cast_of_topic(world, found), lambda actor: consultations.consultation(
        found.code, actor=actor
    )


def _paper(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.topic(world, stage)
    return things.cast_of_topic(world, found), lambda actor: consultations.may_see_files([actor], found.code)


def _post(world: SimpleNamespace, kind: str, review: str) -> Probe:
    found = things.post(world, kind, review)

    def look(actor: Actor) -> bool:
        listed = consultations.posts(found.consultation, actor=actor).filter(pk=found.pk).exists()
        seen = consultations.may_see_post(actor, found)
        if listed != seen:
            raise AssertionError(f"The list and the door of posts do not agree for {actor}")
        return seen

    return things.cast_of_post(world, kind, found), look


def _recommendation(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.recommendation(world, stage)
    look = lambda actor: consultations.recommendation(found.code)  # noqa: E731
    return things.cast_of_recommendation(world, found), look


def _evidence(world: SimpleNamespace, thing: str, stage: str) -> Probe:
    if thing == "evidence of a result":
        done = things.result(world, stage)
        return cast.of(world), lambda actor: results.may_see_files([actor], done.code)
    row = things.headway(things.recommendation(world, stage))
    return cast.of(world), lambda actor: consultations.may_see_progress_files([actor], row.code)


def _report(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    voice = things.voice(world, "received", "shown")
    found = things.report(world, stage, voice)

    def look(actor: Actor) -> bool:
        told = any(one.pk == found.pk for one in reviews.told(voice, actor))
        seen = reviews.visible_to(actor).filter(pk=found.pk).exists()
        if stage == "open" and told != seen:
            raise AssertionError(f"What is told of a voice and who may look again do not agree for {actor}")
        return seen

    return things.cast_of_voice(world, voice), look


def _result(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.result(world, stage)
    return cast.of(world), lambda actor: results.result(found.code, actor=actor)


def _studio(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.studio(world, stage)
    return cast.of(world), lambda actor: studios.studio(found.code, actor)


def _booking(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.booking(world, stage)
    return things.cast_of_booking(world, found), lambda actor: studios.booking(found.code, actor)


def _inspection(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.inspection(world, stage)
    return cast.of(world), lambda actor: studios.inspection(found.code, actor)


def _shown(world: SimpleNamespace, thing: str, _state: str) -> Probe:
    if "task" in thing:
        row = things.task_record(world)
        if thing == "task record":
            return cast.of(world), lambda actor: studios.task_record(row.code, actor)
        return cast.of(world), lambda actor: studios.may_see_records([actor], row.code)
    if thing == "evidence of a standard":
        mark = things.mark(world)
        return cast.of(world), lambda actor: studios.may_see_evidence([actor], mark.code)
    visit = things.inspection(world, "put_right")
    return cast.of(world), lambda actor: studios.may_see_repairs([actor], visit.code)


def _assistance(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.assistance(world, stage)
    return cast.of(world), lambda actor: helped.lock_assistance(found.code, actor)


def _settling(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.settling(world, stage)
    return cast.of(world), lambda actor: helped.lock_settling(found.code, actor)


def _roster(world: SimpleNamespace, _thing: str, stage: str) -> Probe:
    found = things.roster(world, stage)
    return cast.of(world), lambda actor: studios.roster(found.code, actor)


def _reception(world: SimpleNamespace, _thing: str, state: str) -> Probe:
    things.studio(world, "open, offline" if state == "of one not online" else "open, online")
    return _behind(world, "reception", things.reception(world).subject)


def _statement(world: SimpleNamespace, _thing: str, _state: str) -> Probe:
    days = date(2026, 1, 1), date(2026, 12, 31)
    return cast.of(world), lambda actor: points.statement(world.member.key, *days, actor=actor)


def _entry(world: SimpleNamespace, _thing: str, _state: str) -> Probe:
    row = entry(world)
    return cast.of(world), lambda actor: points.entry(row.code, actor=actor)


def entry(world: SimpleNamespace) -> Entry:
    """A line of the member's statement."""
    act = Act.objects.order_by("pk")[0]
    return Entry.objects.create(
        code="entry00001", member=world.member.key, committee=world.county.path, act_id=act.pk,
        act_at=act.at, act="reception_held", subject=f"studio:{world.studio.code}", rule="reception",
        tariff="sample", points=200, day=act.at.date(),
    )  # fmt: skip


def _figure(world: SimpleNamespace, _thing: str, _state: str) -> Probe:
    period = Period(None)
    return cast.of(world), lambda actor: boards.opened(
        "voices_received", world.county, period, actor=actor, after=""
    )


def _total(world: SimpleNamespace, _thing: str, _state: str) -> Probe:
    row = things.total(world)
    return cast.of(world), lambda _actor: row in figures.reported(world.county)


def _row(world: SimpleNamespace, kind: str, state: str) -> Probe:
    """A record as a row behind a figure, a linked record, an entry of a statement: one list for all."""
    if kind == "voice":
        stage, hidden = ("assigned", "shown") if state == "shown" else (state.partition(", not shown")[0], "")
        found: Any = things.voice(world, stage, hidden)
        return _behind(world, "voice", found.subject, things.cast_of_voice(world, found))
    if kind == "post":
        found = things.post(world, "post of a code", state)
        return _behind(world, kind, found.subject, things.cast_of_post(world, "post of a code", found))
    if kind == "reception":
        return _reception(world, kind, state)
    built: dict[str, Build] = {"consultation": things.topic, "result": things.result, "studio": things.studio}
    built |= {"recommendation": things.recommendation, "activity": laid.activity}
    built |= {"opinion_report": written.opinion_report, "research": studied.research}
    built |= {"proposal": filed.proposal, "bulletin": lambda world, _state: written.bulletin(world)}
    built["task"] = lambda world, _state: things.task_record(world)
    return _behind(world, kind, built[kind](world, state).subject)


def _behind(world: SimpleNamespace, kind: str, subject: str, who: cast.Cast | None = None) -> Probe:
    def look(actor: Actor) -> bool:
        return subject in subjects.told([subject], actor)

    return who or cast.of(world), look


def _rule(world: SimpleNamespace, thing: str, state: str) -> Probe:
    found = things.rule(world, state, public=thing == "rule, public")
    if thing == "paper of a rule":
        edition = rules.editions(found)[0]
        return cast.of(world), lambda actor: rules.may_open([actor], edition.code)
    return cast.of(world), lambda actor: rules.rule(found.code, actor)


def _message(world: SimpleNamespace, _thing: str, state: str) -> Probe:
    found = things.message(world, state)
    return cast.of(world), lambda actor: messages.message(found.code, actor)


def _opinion_report(world: SimpleNamespace, _thing: str, state: str) -> Probe:
    found = written.opinion_report(world, state)
    return cast.of(world), lambda actor: reports.report(found.code, actor)


def _bulletin(world: SimpleNamespace, thing: str, _state: str) -> Probe:
    found = written.bulletin(world, up=thing == "bulletin, sent up")
    return cast.of(world), lambda actor: reports.bulletin(found.code, actor)


def _doubt(world: SimpleNamespace, _thing: str, state: str) -> Probe:
    if state == "any":
        return cast.of(world), partial(points.closing, written.closing(world).code)
    return cast.of(world), partial(points.objection, written.objection(world, state).code)


def _scan(world: SimpleNamespace, _thing: str, _state: str) -> Probe:
    found = written.endorsement(world)
    return cast.of(world), lambda actor: reports.may_see_scan([actor], found.code)


def _activity(world: SimpleNamespace, thing: str, state: str) -> Probe:
    joined = thing == "participation"
    found = laid.participation(world, state).activity if joined else laid.activity(world, state)
    if thing.startswith("photos"):
        may = activities.may_see_covered if "covered" in thing else activities.may_see_photos
        return cast.of(world), lambda actor: may([actor], found.code)
    return cast.of(world), lambda actor: activities.activity(found.code, actor)


def _proposal(world: SimpleNamespace, thing: str, state: str) -> Probe:
    if thing == "proposal, public":
        found: Any = filed.public(world)
        return cast.of(world), lambda actor: proposals.readable(found.code, actor)
    found = filed.excellence(world, state) if thing == "proposal_excellence" else filed.proposal(world, state)
    if thing == "seal on a proposal":
        return cast.of(world), lambda actor: proposals.may_see_seal([actor], found.code)
    return cast.of(world), lambda actor: proposals.proposal(found.code, actor)


def _signature(world: SimpleNamespace, _thing: str, state: str) -> Probe:
    found = filed.signature(world, state)
    return cast.of(world), lambda actor: proposals.proposal(found.proposal.code, actor)


def _handling(world: SimpleNamespace, _thing: str, state: str) -> Probe:
    found = filed.handling(world, state)
    return cast.of(world), lambda actor: proposals.part(found.code, actor)


def _answer(world: SimpleNamespace, _thing: str, _state: str) -> Probe:
    """A drafted answer is read where the proposal is, at the desk and the department's door; by its filers
    once it is out."""
    found = filed.handling(world, "drafted")
    drafted = filed.answer(world, found.proposal)

    def look(actor: Actor) -> bool:
        of = proposals.proposal(found.proposal.code, actor)
        shown = proposals.sent_answers if actor.key == of.person else proposals.answers
        if drafted not in shown(of):
            raise Unseen(of.code)
        return True

    return cast.of(world), look


PROBES: dict[str, Callable[[SimpleNamespace, str, str], Probe]] = {
    "voice, its public wording": _wording,
    "voice, papers of its answer and evidence": _papers,
    "phone": _phone,
    "private note": _note,
    "voice, its photos made to be shown": _copy,
    "waiting answer": _waiting,
    **dict.fromkeys(("common answer", "saved filter", "batch"), _beside),
    "consultation": _consultation,
    "paper of a topic": _paper,
    **dict.fromkeys(things.WRITERS, _post),
    "recommendation": _recommendation,
    "evidence of a recommendation": _evidence,
    "report": _report,
    "result": _result,
    "evidence of a result": _evidence,
    "studio": _studio,
    "booking": _booking,
    "inspection": _inspection,
    "assistance": _assistance,
    "settling": _settling,
    "evidence of a standard": _shown,
    "evidence of a repair": _shown,
    "evidence of a task": _shown,
    "task record": _shown,
    "roster": _roster,
    **dict.fromkeys(("rule", "rule, public", "paper of a rule"), _rule),
    "message": _message,
    "opinion_report": _opinion_report,
    **dict.fromkeys(("bulletin", "bulletin, sent up"), _bulletin),
    "scan of an endorsement": _scan,
    **studied.PROBES,
    **dict.fromkeys(("activity", "participation", "photos of an activity", "photos covered"), _activity),
    **dict.fromkeys(("proposal", "seal on a proposal", "proposal, public", "proposal_excellence"), _proposal),
    "signature": _signature,
    "answer to a proposal": _answer,
    "handling": _handling,
    "reception": _reception,
    "duty statement of a member": _statement,
    "entry of a statement": _entry,
    **dict.fromkeys(("objection", "closing of a quarter"), _doubt),
    "figure": _figure,
    "reported total": _total,
    "row behind a figure": _row,
}
