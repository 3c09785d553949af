"""Who may do what with a voice. What may be read is queries' word.

*Hosts* are the convener and deputies of its studio and the officers of its committee. Who *holds* it, that is
must act now, depends on its state."""

from django.utils.translation import gettext as _

from shangliang.base.charts.errors import NotYours
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.places.models import Committee
from shangliang.flow.studios.models import Studio

from . import levels
from .models import Answerer, Assistance, Settling, State, Voice

HOSTS_ALONE = frozenset(
    {"answer", "extend", "send_back", "return_to_office", "reply", "report_progress", "report_done"}
)


def anybody(actor: Actor, voice: Voice) -> bool:
    """A word may be left by everybody; whether the door is open is the action's question."""
    return True


def wrote(actor: Actor, voice: Voice) -> bool:
    """The holder of this voice's tracking code. Nobody judges on behalf of an author."""
    return actor.kind == "author" and actor.subject == voice.subject


def decides(actor: Actor, voice: Voice) -> bool:
    """What is its author's alone to say, a verdict above all: not while somebody of the office sits beside
    them and writes."""
    return wrote(actor, voice) and not actor.assisted


def supports(actor: Actor, voice: Voice) -> bool:
    """Residents other than its author. Whoever is signed in acts in office, and does not swell the number."""
    return actor.kind in ("stranger", "author", "guest") and not wrote(actor, voice) and not actor.assisted


def is_officer(actor: Actor, voice: Voice) -> bool:
    return actor.holds(Role.OFFICER, committee=voice.committee_path)


def hosts(actor: Actor, voice: Voice) -> bool:
    return is_officer(actor, voice) or actor.holds(Role.CONVENER, Role.DEPUTY, studio=voice.studio_code)


def stationed(actor: Actor, voice: Voice) -> bool:
    return actor.holds(Role.STATIONED, studio=voice.studio_code)


def prints(actor: Actor, studio: Studio) -> bool:
    """Who may print forms on paper for a studio: its convener and deputies, and the committee's officers."""
    return actor.holds(Role.OFFICER, committee=studio.committee.path) or actor.holds(
        Role.CONVENER, Role.DEPUTY, studio=studio.code
    )


def records(actor: Actor, voice: Voice) -> bool:
    """Who may write down what was told in person: the hosts, and members stationed there."""
    return hosts(actor, voice) or stationed(actor, voice)


def handles(actor: Actor, voice: Voice) -> bool:
    """Handlers of the department that was asked last, also after it sent the voice back."""
    return voice.department is not None and voice.department.code in actor.departments()


def sends_back(actor: Actor, voice: Voice) -> bool:
    """The same where the voice's own committee asked it."""
    return handles(actor, voice) and not levels.away(voice)


def returns_to_office(actor: Actor, voice: Voice) -> bool:
    """The same where another level asked it, to whose office it goes back."""
    return handles(actor, voice) and levels.away(voice)


def beside(actor: Actor, voice: Voice) -> bool:
    """Handlers of a department that was asked beside a host, also after it is over."""
    mine = actor.departments()
    return bool(mine) and any(one.department.code in mine for one in voice.asked_beside)


def not_for_those_beside(move: str, actor: Actor, voice: Voice) -> None:
    """NotYours, in their words, when who is asked beside the host would do what is the host's alone."""
    if (
        move in HOSTS_ALONE
        and voice.state == State.ASSIGNED
        and not handles(actor, voice)
        and any(one.department.code in actor.departments() for one in voice.beside)
    ):
        host = voice.department.name if voice.department else ""
        raise NotYours(
            _("这一步由主办单位（%(host)s）来办。您单位是会办：把意见给它，由它一并答复。") % {"host": host}
        )


def above(actor: Actor, voice: Voice) -> bool:
    """Officers of the committee that it was sent up to, also after it came down again."""
    upper = voice.leaves or voice.upper
    return upper is not None and actor.holds(Role.OFFICER, committee=upper.path)


def just_above(actor: Actor, voice: Voice) -> bool:
    """The same where only its own committee lies below, so that it goes back there; and officers of the one
    below that it was passed to."""
    return above(actor, voice) and not _further(voice) and not passed_across(actor, voice)


def passed_across(actor: Actor, voice: Voice) -> bool:
    """Officers of the one to which the level over both passed it, so that it goes back to that level."""
    return above(actor, voice) and levels.passed_by(voice) is not None


def further_above(actor: Actor, voice: Voice) -> bool:
    """The same where another level lies in between, so that it goes back to that one."""
    return above(actor, voice) and _further(voice)


def sends_on(actor: Actor, voice: Voice) -> bool:
    """The level above that has it may send it up another, or pass it across to one below it; what came from
    above only goes back."""
    return above(actor, voice) and levels.came_up(voice)


def _further(voice: Voice) -> bool:
    upper = voice.leaves or voice.upper
    if upper is None or voice.lower or upper.pk == voice.committee.parent_id:
        return False
    first = _works_above(voice.committee)
    return first is None or upper.pk != first.pk


def next_up(voice: Voice) -> Committee | None:
    """The next level above whoever has it now that handles its matters here; None where there is none."""
    return _works_above(_where(voice))


def highest(voice: Voice) -> bool:
    """Whether no level lies above whoever has it now."""
    return _where(voice).parent_id is None


def _works_above(at: Committee) -> Committee | None:
    """A level that does not work here is passed over: nobody there could answer, or send it back."""
    upper = at.parent
    while upper is not None and upper.records_since is None:
        upper = upper.parent
    return upper


def _where(voice: Voice) -> Committee:
    return voice.upper if voice.state == State.SENT_UP and voice.upper else voice.committee


def next_down(voice: Voice) -> Committee:
    """The level that works here just below the one that it was sent to, on the way to its own committee."""
    at, above_it = voice.committee, _works_above(voice.committee)
    while above_it is not None and above_it.pk != voice.upper_id:
        at, above_it = above_it, _works_above(above_it)
    return at


def unmerges(actor: Actor, voice: Voice) -> bool:
    """The hosts, its author, and the house when the other voice is withdrawn or erased."""
    return hosts(actor, voice) or decides(actor, voice) or actor.kind == "clock"


def consulting(actor: Actor, voice: Voice) -> bool:
    """A consultation's action, which asked its own rule: `actions.consulting` lets nobody else come so."""
    return actor.kind == "clock"


def reminds(actor: Actor, voice: Voice) -> bool:
    """The committee's officers, those of another level of their own department, and the clock when the day
    has come."""
    return is_officer(actor, voice) or urges(actor, voice)


def urges(actor: Actor, voice: Voice) -> bool:
    """Who urges by a letter: the officers of whoever asked, and the clock when the day has come."""
    asked = above if levels.by_its_department(voice) else is_officer
    return asked(actor, voice) or by_the_clock(actor, voice)


def by_the_clock(actor: Actor, thing: Voice | Assistance | Settling) -> bool:
    """Nobody's choice, such as to be named in public: the clock alone does it."""
    return actor.kind == "clock"


def may_hold(actor: Actor, voice: Voice) -> bool:
    """Whoever holds the voice in one of its states."""
    return hosts(actor, voice) or handles(actor, voice) or above(actor, voice)


def answered_it(actor: Actor, voice: Voice) -> bool:
    """Who gave the answer goes on to report what came of it."""
    by = {Answerer.STUDIO: hosts, Answerer.DEPARTMENT: handles, Answerer.UPPER: above}
    if not voice.answered_by:  # nobody yet: theirs once they answer, so "not now"
        return may_hold(actor, voice)
    rule = by.get(Answerer(voice.answered_by))
    return rule is not None and rule(actor, voice)


def reports_done(actor: Actor, voice: Voice) -> bool:
    return answered_it(actor, voice) or consulting(actor, voice)


def replies(actor: Actor, voice: Voice) -> bool:
    """The studio and its office at any time; a department from being asked until it sends the voice back; the
    upper committee while it has it, or has answered it, by itself or its department."""
    if hosts(actor, voice) or stationed(actor, voice):
        return True
    if voice.state in (State.ASSIGNED, State.ANSWERED) and handles(actor, voice):
        return True
    answered = voice.answered_by == Answerer.UPPER or levels.by_its_department(voice)
    return (answered or levels.away(voice)) and above(actor, voice)


def asks_author(actor: Actor, voice: Voice) -> bool:
    """For whose question to the author the days stand still: before it is taken up whoever replies, then
    whoever would answer."""
    if voice.state == State.RECEIVED:
        return replies(actor, voice)
    held = {State.TAKEN_UP: hosts, State.ASSIGNED: handles, State.SENT_UP: above}.get(State(voice.state))
    return held is not None and held(actor, voice)


def reveals(actor: Actor, voice: Voice) -> bool:
    """Who may see the whole phone number, with a reason: the hosts, and the upper committee once it was
    sent up."""
    return hosts(actor, voice) or above(actor, voice)


def helps(actor: Actor, help_: Assistance) -> bool:
    """Who may help a resident to write on the studio's device: who may write down for them."""
    return actor.holds(Role.OFFICER, committee=help_.committee_path) or actor.holds(
        Role.CONVENER, Role.DEPUTY, Role.STATIONED, studio=help_.studio_code
    )


def is_helping(actor: Actor, help_: Assistance) -> bool:
    """Who began to help ends it."""
    return actor.kind == "person" and actor.key == help_.by


def settles(actor: Actor, settling: Settling) -> bool:
    """The committee's officers, who read both voices."""
    return actor.holds(Role.OFFICER, committee=settling.committee_path)


def erases(actor: Actor, voice: Voice) -> bool:
    """Who may erase what a resident said: the holder of its code, and the committee's officers when the
    resident asks them."""
    return decides(actor, voice) or is_officer(actor, voice)


# ── The desk ─────────────────────────────────────────────────────────────────────────────────────────────
def holds_at_desk(actor: Actor, voice: Voice) -> bool:
    """Who has it at a committee's own desk now: the hosts, or the other level while it is there or with a
    department of its own."""
    there = levels.away(voice) or levels.by_its_department(voice)
    return above(actor, voice) if there else hosts(actor, voice)


def asks(actor: Actor, voice: Voice) -> bool:
    """Who asks further departments beside a host, or no more: whoever asked the host."""
    return above(actor, voice) if levels.by_its_department(voice) else hosts(actor, voice)


def hands_over(actor: Actor, voice: Voice) -> bool:
    """Who may say which colleague looks after it: the hosts; above, while it is there."""
    return hosts(actor, voice) or (levels.away(voice) and above(actor, voice))


def looks_over(actor: Actor, voice: Voice) -> bool:
    """The second look at an answer: whoever might have given it, but for its writer."""
    return holds_at_desk(actor, voice) and voice.proposed_by != actor.key


def proposed_it(actor: Actor, voice: Voice) -> bool:
    """The writer of the answer that waits, while they still hold it."""
    return holds_at_desk(actor, voice) and voice.proposed_by in ("", actor.key)


def notes(actor: Actor, voice: Voice) -> bool:
    """Who writes notes for colleagues: the hosts, and officers of the committee it was sent up to."""
    return hosts(actor, voice) or above(actor, voice)


def reads_notes(actor: Actor, voice: Voice, committee_path: str) -> bool:
    """Notes of one committee: those of it who decide about the voice, and its auditor, who reads everything.
    Not the member who only receives people, not the leader, not the other committee."""
    if actor.holds(Role.OFFICER, Role.AUDITOR, committee=committee_path):
        return True
    return committee_path == voice.committee_path and hosts(actor, voice)


def reads_waiting(actor: Actor, voice: Voice) -> bool:
    """The answer that waits for a second look: who holds the voice at that desk, and its auditor."""
    desk = levels.desk(voice)
    return holds_at_desk(actor, voice) or actor.holds(Role.AUDITOR, committee=desk.path)


def keeps_templates(actor: Actor, committee_path: str) -> bool:
    """A committee's officers write its common answers; whoever works at its desk uses them."""
    return actor.holds(Role.OFFICER, committee=committee_path)
