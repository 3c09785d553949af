"""One voice as the office sees it: where it stands, what was said, what can be done now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.clock.words import Nearing, nearing
from shangliang.base.files import queries as files
from shangliang.base.journal import queries as journal
from shangliang.base.journal.acts import declared
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal.fields import masked
from shangliang.base.ui.filters import moment, short_day
from shangliang.base.ui.shapes import Ruler

from .. import deadlines, levels, queries, rules
from ..heads import PARTS
from ..models import Answerer, Channel, Line, State, Voice
from ..queries import shared, tied
from . import beside, forms, moves

TONES = {
    State.RECEIVED: "wait", State.REFUSED: "quiet", State.TAKEN_UP: "open", State.ASSIGNED: "open",
    State.SENT_UP: "open", State.IN_CONSULTATION: "info", State.ANSWERED: "info", State.CLOSED: "done",
    State.MERGED: "info", State.WITHDRAWN: "quiet",
}  # fmt: skip
REVEALED = timedelta(minutes=10)  # how long a number that was looked at stays on the page


@dataclass(frozen=True)
class Piece:
    """Something said: by whom, when, on which side of the talk it stands, what lies with it."""

    who: str
    at: datetime
    words: str
    office: bool
    subject: str


@dataclass(frozen=True)
class Pane:
    """What the page of one voice shows to one reader. `address` is where it stands; its moves lie below.
    `listed` is the list beside it, as its address says it; `opened` is the fold that stands open. `still`:
    since when the days stand still for a question to the author."""

    voice: Voice
    address: str
    listed: str
    opened: str
    stands: str
    tone: str
    due: Nearing | None
    still: date | None
    promise: Nearing | None
    ruler: Ruler | None
    through: str
    recorder: str
    phone: str
    reveal: forms.Reveal | None
    files: dict[str, list[Any]]
    pieces: list[Piece]
    happened: list[tuple[str, str, str, str, str]]
    facts: list[tuple[str, str, str]]
    offers: list[moves.Offer]
    first: str
    raises: bool
    taken: bool  # something names this voice as where it came from: a report, a proposal, an activity
    supports: int
    together: tied.Together
    hosts: bool
    desk: beside.Beside
    parts: list[Any]
    own_part: bool

    def at(self, move: str) -> str:
        return f"{self.address}{move}/"

    def drawing(self, form: str) -> str:
        """Where a folded form is fetched from, about the version that this page shows; without a script, the
        page with that form open."""
        return f"{self.address}?{self.listed}&{urlencode({'seen': self.voice.version, 'form': form})}"

    @property
    def still_there(self) -> bool:
        """Whether the other level that it went to has it, or answered it, by itself or by a department."""
        answered = self.voice.state in (State.ANSWERED, State.CLOSED)
        if answered and self.voice.answered_by == Answerer.UPPER:
            return True
        return levels.away(self.voice) or levels.by_its_department(self.voice)

    @property
    def leading(self) -> moves.Offer | None:
        """The one act that is suggested."""
        return next((offer for offer in self.offers if offer.name == self.first), None)

    @property
    def keyed(self) -> list[moves.Offer]:
        """Those with a letter on the keyboard: the ways at the pane's foot."""
        return [offer for offer in self.offers if offer.step.key]

    @property
    def others(self) -> list[moves.Offer]:
        return [offer for offer in self.offers if offer.name != self.first]


def stands(voice: Voice) -> str:
    """The voice's state in the office's words."""
    if deadlines.stands_still(voice):
        return _("等留言人回话，日子停着")
    return str(voice.get_state_display())


def of(
    voice: Voice,
    actor: Actor,
    *,
    address: str,
    listed: str,
    opened: str = "",
    faulty: tuple[str, forms.MoveForm] | None = None,
    reveal: forms.Reveal | None = None,
    noted: forms.Noted | None = None,
    template: str = "",
) -> Pane:
    """The pane of a voice that the actor may read whole; `faulty` is a move's form that came back.
    `template`: the common answer that fills the answer's field."""
    open_ = queries.offered(actor, voice, clock.today())
    known = beside.of(voice, actor, noted=noted)
    offers = moves.offered(
        voice, open_, by=actor, faulty=faulty, answer=beside.answer(voice, actor, template, known.look)
    )
    pieces = _pieces(voice)
    acts = journal.happened([voice.thread])
    names = people.names({act.by for act in acts} | {voice.recorded_by, voice.through} | known.keys)
    phone, seen = _phone(voice, actor)
    parts, own_part = sharing_of(voice, actor)
    return Pane(
        voice=voice,
        address=address,
        listed=listed,
        opened=faulty[0] if faulty else "reveal" if reveal else "note" if noted else opened,
        tone="late" if voice.due_by and voice.due_by < clock.today() else TONES[State(voice.state)],
        stands=stands(voice),
        due=None if deadlines.stands_still(voice) else nearing(voice.due_by, provisional=voice.provisional),
        still=_since(voice),
        promise=nearing(voice.promised_for) if voice.promised_for and not voice.done_on else None,
        ruler=_ruler(voice),
        through=names.get(voice.through, ""),
        recorder="" if voice.channel == Channel.WEB else names.get(voice.recorded_by, ""),
        phone=phone,
        reveal=None if seen or not phone else reveal or forms.Reveal(auto_id="reveal_%s"),
        files=files.of([voice.subject, *known.subjects, *(piece.subject for piece in pieces)]),
        pieces=pieces,
        happened=_happened(voice, acts, names, address, actor if own_part else None),
        facts=_facts(voice),
        offers=offers,
        first=moves.suggested(offers, voice),
        raises=any(move.name == "raise" for move in open_),
        taken=any(act.name.startswith("voice_taken_into_") for act in acts),
        supports=tied.supports(voice),
        together=tied.together(voice),
        hosts=rules.hosts(actor, voice),
        parts=parts,
        own_part=own_part,
        desk=known.named(names, _templates(voice, actor, offers, opened, address, listed)),
    )


def _templates(
    voice: Voice, actor: Actor, offers: list[moves.Offer], opened: str, address: str, listed: str
) -> beside.Ways:
    """The common answers to choose from, where the form of the answer is drawn at once."""
    drawn = {opened, moves.suggested(offers, voice)}
    if "answer" not in drawn or "answer" not in {offer.name for offer in offers}:
        return []
    return beside.templates(voice, actor, address=address, listed=listed)


def sharing_of(voice: Voice, actor: Actor) -> tuple[list[Any], bool]:
    """Who was asked beside the host, with their opinions, the host first; empty where one has it alone. And
    whether the reader is one of them, who reads their own part."""
    rows = shared.parts(voice)
    if not any(row.task == shared.BESIDE for row in rows):
        return [], False
    if not shared.only_beside(actor, voice):
        return rows, False
    mine = actor.departments()
    return [row for row in rows if row.task == shared.HOST or row.department.code in mine], True


def _reads(actor: Actor, act: Any) -> bool:
    """Whether who is asked beside the host reads of this act: not of what others beside it did."""
    return act.name not in PARTS or act.facts.get("department") in actor.departments()


def form(
    voice: Voice,
    actor: Actor,
    name: str,
    *,
    address: str,
    listed: str,
    seen: int | None,
    template: str = "",
) -> dict[str, Any]:
    """For `voices/office/form.html`: one form of the pane by itself, about the version that the pane showed
    (`seen`). Http404 when it is not open to the actor now."""
    context = {"voice": voice, "name": name, "address": f"{address}{name}/", "listed": listed}
    if name == "reveal" and _phone(voice, actor)[0]:
        return context | {"form": forms.Reveal(auto_id="reveal_%s")}
    if name == "note" and (noted := beside.note_form(voice, actor)):
        return context | {"form": noted}
    open_ = [move for move in queries.offered(actor, voice, clock.today()) if move.name == name]
    words = beside.filled_answer(voice, actor, template) if name == "answer" else ""
    for offer in moves.offered(voice, open_, by=actor, answer=words):
        version = voice.version if seen is None else seen
        ways = beside.templates(voice, actor, address=address, listed=listed) if name == "answer" else []
        return context | {"form": offer.form, "step": offer.step, "seen": version, "templates": ways}
    raise Http404(name)


def _phone(voice: Voice, actor: Actor) -> tuple[str, bool]:
    """The number, masked until this actor has given a reason, and whether it stands whole. Empty for who may
    not even ask."""
    if not queries.may_reveal(actor, voice) or not voice.phone:
        return "", False
    since = clock.now() - REVEALED
    seen = people.looks(voice.subject).filter(by=actor.key, at__gte=since).exists()
    return (voice.phone if seen else masked(voice.phone)), seen


def _pieces(voice: Voice) -> list[Piece]:
    """Everything said after the first words, in order: dialogue, answers, reports, verdicts."""
    found = [
        Piece(_said_by(line), line.at, line.words, line.side == Line.Side.OFFICE, line.subject)
        for line in queries.lines(voice)
    ]
    if not queries.replied_to(voice):
        return found
    for answer in queries.answers(voice):
        promise = (
            _("承诺 %(day)s 办完。") % {"day": short_day(answer.promised_for)} if answer.promised_for else ""
        )
        words = answer.words or _("%(n)s 条建议都答复了。") % {"n": answer.count}
        found.append(
            Piece(
                _("%(who)s · 答复") % {"who": answer.who},
                answer.at,
                f"{words}\n{promise}".strip(),
                True,
                answer.subject,
            )
        )
    for report in queries.reports(voice):
        what = _("%(who)s · 说办完了") if report.done else _("%(who)s · 进展")
        found.append(Piece(what % {"who": report.who}, report.at, report.words, True, report.subject))
    for verdict in queries.verdicts(voice):
        said = [
            verdict.get_verdict_display(),
            verdict.missing,
            _("请再办一次。") if verdict.reopened else "",
        ]
        found.append(Piece(_("留言人 · 评价"), verdict.at, "\n".join(filter(None, said)), False, ""))
    return sorted(found, key=lambda piece: piece.at)


def _said_by(line: Line) -> str:
    if line.helped_by:
        return _("留言人（%(who)s代为写下）") % {"who": line.name}
    return line.name or _("留言人")


def _happened(
    voice: Voice, acts: list[Any], names: dict[str, str], address: str, beside_it: Actor | None
) -> list[tuple[str, str, str, str, str]]:
    """The thread's acts for `ui.timeline`, newest first, each with who and the words that went with it.
    `beside_it`: a reader who was asked beside the host, and reads their own part."""
    remarks = queries.remarks(voice) if voice.version > 1 else {}  # each came with a move
    kinds, entries = declared(), []
    written = 0
    for act in acts:
        said = remarks[act.name].pop(0) if remarks.get(act.name) else None  # also of an act that is not read
        if beside_it and not _reads(beside_it, act):
            continue
        who = _("留言人") if act.by == voice.person else names.get(act.by, "")
        words = [who, *([said.words, said.owner, said.contact] if said else [])]
        paper = ("", "")
        if act.name == "voice_urged":
            written += 1
            words.append(act.facts["number"])
            paper = (f"{address}letters/{written}/", _("存成 PDF"))
        entries.append((moment(act.at), str(kinds[act.name].words), "，".join(filter(None, words)), *paper))
    return entries[::-1]


def _since(voice: Voice) -> date | None:
    if not deadlines.waits(voice):
        return None
    return next((one.stands_from for one in queries.clocks(voice) if one.stands_from), None)


def _ruler(voice: Voice) -> Ruler | None:
    """The running clock as working days; none where nobody's clock runs."""
    running = next((d for d in queries.clocks(voice) if d.due == voice.due_by), None)
    if running is None or deadlines.stands_still(voice):
        return None
    today = clock.today()
    spent = len(clock.working_days_between(running.started, today)) - 1
    near = nearing(running.due)
    words = _("%(days)s 个工作日，从%(start)s到%(due)s，%(left)s") % {
        "days": running.days,
        "start": short_day(running.started),
        "due": short_day(running.due),
        "left": near.left if near else "",
    }
    late = max(0, -clock.working_days_left(running.due)) if today > running.due else 0
    labels = (short_day(running.started), near.left if near else "", short_day(running.due))
    # The day on which a clock is set does not count: its first cell is the working day after.
    return Ruler(
        total=running.days, spent=min(spent - 1, running.days), words=words, labels=labels, late=late
    )


def _facts(voice: Voice) -> list[tuple[str, str, str]]:
    """Answered, promised, the unit says done, the author confirms: side by side, never merged."""
    if not voice.answered_on:
        return []
    days: list[tuple[str, date | None, str]] = [
        (_("答复了"), voice.answered_on, ""),
        (_("承诺了"), voice.promised_for, _("没有承诺日子")),
        (_("单位说办完"), voice.done_on, _("还没有")),
        (_("留言人确认"), voice.confirmed_on, _("还没有")),
    ]
    waits = voice.state == State.ANSWERED
    return [
        (label, short_day(day) if day else none, "ok" if day else "now" if waits and n == 3 else "todo")
        for n, (label, day, none) in enumerate(days)
    ]
