"""The two clocks of a voice, accept and answer, in working days. A clock set today ends with its n-th working
day, 24:00 in Shanghai.

While a question to the author is open, both stand still, from the day of the question to the day of the
answer, both included, and for so many working days after the question at most (unclear_days 5). Nobody knows
that day beforehand: a clock's day moves at once to the latest it can be, and comes nearer when the author
answers. So no chore has to wake it. Before it is taken up whoever replies may ask, then whoever would answer;
one question at a time. The days to answer stand still once a round, whoever asks, so that nobody stops them
again and again. What is late stops nothing. An open question goes along with the voice to whoever has it
next. Taken up without the author's word, the days run on. The days for an opinion always do.

| what happens | accept clock | answer clock | in the figures |
|---|---|---|---|
| `take_up` | met | same | taken up: one |
| `refuse` | met | dropped | refused: one |
| `assign` `send_back` `return_to_office` | – | same | where it was left |
| `send_up` `send_down` `return_down` `pass_down` `return_across` | – | same | where it was left |
| `call_in` `call_off` `give_opinion` `return_part` `extend_part` | – | same | nothing |
| `extend` | – | moved | once a round, at most so many working days |
| `raise` | – | dropped | no say in what was answered on time |
| `give_back` `reconsider` `reopen` `relapse` | – | anew | of `relapse`: the verdict is taken back |
| `reopen_after_all` | – | anew | the verdict that is given stands in place of the one before |
| `propose_merge` `decline_merge` | – | same | nothing; the same while nobody answers |
| `agree_merge` | – | stopped | received, taken up: one each; answered, solved: the other's alone |
| `unmerge` | – | same | as though it had never stopped: begun, due and urged on the same days |
| `withdraw` | dropped | dropped | withdrawn: one; answered and not judged: one less |
| `answer` | – | met | answered: one, for it and for all that was merged into it |

A second look stops no clock: `let_through` is the answer, on the day on which it goes out. Nor does handing
over.

A clock that was past its day when the voice was merged counts as not kept, whatever came after.

What happens to the two clocks; `tests/test_rules_of_days.py` holds every row.

| what happens | days to accept (3) | days to answer (10) |
|---|---|---|
| left, or written down for somebody | begin the working day after | begin the working day after |
| a question to the author, not yet taken up | stand still till answered, 5 at most | the same, once a round |
| another, once that was answered | stand still again | run on |
| a question once it is late | stays late | run on |
| taken up | over, kept or late | run on, also where a question was open |
| a question by whoever has it then | over | stand still till answered, 5 at most, once a round |
| by somebody else, a second time, once they are late | over | run on |
| assigned, sent back, sent up, sent down while it is open | over | stand still on, whoever has it |
| refused | over, kept or late | dropped |
| taken up after all | over | begin anew |
| assigned, sent back, assigned to another | over | run on, whoever has it |
| sent up, sent down | over | run on, whoever has it |
| sent up another level, passed to one below or across, returned | over | run on, whoever has it |
| extended, once a round, before their day | over | so many further days after their day |
| raised as a topic | over | dropped: the topic has days of its own |
| the topic is not taken | over | begin anew |
| merged while a question is open, and apart again | over | as though never merged; what was said counts |
| answered | over | over, kept or late |
| answered, with a day promised | over | over; the day promised runs until it is said to be done, or judged |
| the day promised is moved, once a round, before it comes | over | over; the new day runs |
| to be done again, at once or after all | over | begin anew |
| erased | dropped | dropped |
| make-up days are announced | reckoned again while they run | reckoned again while they run |

Whoever takes a voice over late is late with it,
and begins the ladder anew."""

from datetime import date, timedelta

from django.db.models import F, Q

from shangliang.base import clock

from . import levels
from .models import Assignment, Deadline, State, Voice

ACCEPT, ANSWER, OPINION = Deadline.Kind.ACCEPT, Deadline.Kind.ANSWER, Deadline.Kind.OPINION
MET, DROPPED = Deadline.End.MET, Deadline.End.DROPPED
HELD = (State.TAKEN_UP, State.ASSIGNED, State.SENT_UP)  # somebody owes the answer
DAY = timedelta(days=1)


def plan(voice: Voice, *kinds: Deadline.Kind) -> list[Deadline]:
    """New clocks from today, shown on the voice but not saved: a voice that is being made has no row yet."""
    today, found = clock.today(), []
    for kind in kinds:
        days = int(voice.committee.set(f"{kind}_days"))
        due, provisional = clock.due_after(today, days)
        new = Deadline(voice=voice, kind=kind, round=voice.round, started=today, days=days)
        new.due, new.provisional = due, provisional
        found.append(new)
        setattr(voice, f"{kind}_by", due)
        voice.provisional = provisional
    return found


def start(voice: Voice, *kinds: Deadline.Kind) -> None:
    Deadline.objects.bulk_create(plan(voice, *kinds))


def end(voice: Voice, kind: Deadline.Kind, how: Deadline.End) -> bool | None:
    """Stop the running clock of this kind. Whether it was kept; None when none ran."""
    if how != Deadline.End.MERGED:
        go_on(voice)  # nobody waits for the author any more
    running = Deadline.objects.filter(voice=voice, kind=kind, ended_on=None).first()
    if running is None:
        return None
    running.ended_on, running.end = clock.today(), how
    running.save(update_fields=["ended_on", "end"])
    return running.ended_on <= running.due


def extend(voice: Voice, days: int) -> date:
    """Move the running answer day by working days; the new day."""
    running = Deadline.objects.get(voice=voice, kind=ANSWER, ended_on=None)
    due, provisional = clock.due_after(running.due, days)
    running.days, running.due, running.provisional = running.days + days, due, provisional
    running.save(update_fields=["days", "due", "provisional"])
    voice.answer_by, voice.provisional = due, provisional
    return due


def may_wait(voice: Voice) -> bool:
    """Whether a question to the author would be waited for: one at a time, and of a voice taken up once a
    round, before the day to answer has gone by."""
    if voice.waits_until or voice.state == State.RECEIVED:
        return not voice.waits_until
    in_time = voice.answer_by is not None and clock.today() <= voice.answer_by
    return voice.state in HELD and in_time and not voice.stood


def wait(voice: Voice) -> None:
    """A question was put to the author: what runs stands still. What is late stays late, and nothing stands
    still after it; a question before the last one was answered changes nothing, however long ago that was."""
    if not may_wait(voice):
        return
    today = clock.today()
    voice.waits_until = waited_until(voice, today)
    days = len(clock.working_days_between(today, voice.waits_until))
    rows = Deadline.objects.filter(voice=voice, kind__in=(ACCEPT, ANSWER), ended_on=None)
    for running in rows.order_by("kind"):  # to accept first: late with that, no day to answer stands still
        if today > running.due:
            break
        if running.kind == ANSWER and voice.stood:
            continue
        running.stands_from = today
        voice.stood = voice.stood or running.kind == ANSWER
        _stand(voice, running, days)
    point(voice, State(voice.state))


def waited_until(voice: Voice, asked: date) -> date:
    """The last day for which the days stand still, whatever the author does."""
    return clock.due_after(asked, int(voice.committee.set("unclear_days"))).day


def go_on(voice: Voice) -> None:
    """The author answered, or nobody waits for it any more: the days for which the clocks need not stand
    still are taken back. A clock that stopped when the voice was merged stands still like any other."""
    until, voice.waits_until = voice.waits_until, None
    if until is None:
        return
    days = len(clock.working_days_between(clock.today() + DAY, until))
    alive = Q(ended_on=None) | Q(end=Deadline.End.MERGED)
    for running in Deadline.objects.filter(alive, voice=voice, stands_from__isnull=False):
        running.stands_from = None
        _stand(voice, running, -days)
    point(voice, State(voice.state))


def run_on(voice: Voice) -> None:
    """The clocks that stopped when the voice was merged go on as though they had never stopped."""
    Deadline.objects.filter(voice=voice, end=Deadline.End.MERGED).update(ended_on=None, end="")


def waits(voice: Voice) -> bool:
    """Whether a question to the author is open for which its days stand still."""
    until, day = voice.waits_until, voice.answer_by if voice.state in HELD else None
    if voice.state == State.RECEIVED:
        day = voice.accept_by
    return bool(until and clock.today() <= until and day and until <= day)


def stands_still(voice: Voice) -> bool:
    """Whether it is the author's turn, so that the day by which the queue runs does not count. An opinion
    that is owed meanwhile runs on."""
    return waits(voice) and voice.awaits_id is None


def standing() -> Q:
    """`stands_still`, asked of the table."""
    first = Q(state=State.RECEIVED, accept_by__gte=F("waits_until"))
    held = Q(state__in=HELD, awaits=None, answer_by__gte=F("waits_until"))
    return Q(waits_until__gte=clock.today()) & (first | held)


def soonest_answer(voice: Voice) -> date | None:
    """The day to answer of a voice that somebody holds, if its author said their word today: it comes no
    nearer than that. While no question is open, the day to answer."""
    if not waits(voice) or voice.waits_until is None or voice.answer_by is None:
        return voice.answer_by
    tomorrow = clock.today() + DAY
    ahead = clock.working_days_between(tomorrow, voice.answer_by)
    return ahead[-1 - len(clock.working_days_between(tomorrow, voice.waits_until))]


def _stand(voice: Voice, running: Deadline, days: int) -> None:
    running.days += days
    running.due, running.provisional = clock.due_after(running.started, running.days)
    running.save(update_fields=["days", "due", "provisional", "stands_from"])
    setattr(voice, f"{running.kind}_by", running.due)
    voice.provisional = voice.provisional or running.provisional


def point(voice: Voice, state: State, *, anew: bool = False) -> None:
    """The day that the queue runs by, for a voice that is to be in this state, and whose turn it is then.
    Whoever has it then begins the ladder anew, or goes on where they were urged by themselves. `anew`:
    another has it though the state stays."""
    if voice.state == State.ASSIGNED != state:
        end_opinions(voice)
    owed = [one for one in voice.beside if one.owes] if state == State.ASSIGNED else []
    first = owed[0] if owed else None
    awaits = first.department_id if first else None
    if anew or state != voice.state or awaits != voice.awaits_id:
        voice.rung, voice.rung_on = (first.rung, first.rung_on) if first else ("", None)
        voice.proposed_by = ""  # whose hands it leaves answers no more
    voice.awaits = first.department if first else None
    voice.due_by = {
        State.RECEIVED: voice.accept_by,
        State.TAKEN_UP: voice.answer_by,
        State.ASSIGNED: first.due if first else voice.answer_by,
        State.SENT_UP: voice.answer_by,
        State.ANSWERED: voice.promised_for if voice.done_on is None else None,
    }.get(state)
    if voice.due_by is None or voice.due_by >= clock.today():
        voice.rung = ""
        if first and first.rung:
            first.rung = ""
            first.save(update_fields=["rung"])


# ── Opinions of those who are asked beside the host; the rules stand in `sharing` ────────────────────────
def start_opinion(asked: Assignment) -> None:
    """A clock of its own for who is asked beside the host. The assignment is not saved."""
    voice, today = asked.voice, clock.today()
    days = int(levels.desk(voice).set("opinion_days"))
    due, provisional = clock.due_after(today, days)
    last = soonest_answer(voice)
    if last and due > last:
        soonest, unsure = clock.due_after(today, 1)
        due, provisional = max((last, voice.provisional), (soonest, unsure))
        days = max(1, len(clock.working_days_between(today + DAY, due)))
    asked.due = due
    asked.save()
    Deadline.objects.create(
        voice=voice, assignment=asked, kind=OPINION, round=voice.round, started=today, days=days, due=due,
        provisional=provisional,
    )  # fmt: skip


def end_opinion(asked: Assignment, how: Deadline.End) -> bool | None:
    """Stop the clock of an opinion. Whether it was kept; None when none ran."""
    running = Deadline.objects.filter(assignment=asked, ended_on=None).first()
    if running is None:
        return None
    running.ended_on, running.end = clock.today(), how
    running.save(update_fields=["ended_on", "end"])
    return running.ended_on <= running.due


def extend_opinion(asked: Assignment, days: int) -> date:
    """Move the running day of an opinion by working days, to the answer day at most; the new day."""
    running = Deadline.objects.get(assignment=asked, ended_on=None)
    due, provisional = clock.due_after(running.due, days)
    last = soonest_answer(asked.voice)
    if last and due > last:
        due, provisional = last, asked.voice.provisional
    running.days += len(clock.working_days_between(running.due + DAY, due))
    running.due, running.provisional, asked.due = due, provisional, due
    running.save(update_fields=["days", "due", "provisional"])
    return due


def end_opinions(voice: Voice) -> None:
    """Nobody is asked beside the host any more: the voice goes elsewhere, or was answered."""
    for asked in voice.beside:
        end_opinion(asked, DROPPED)
        asked.ended_at = clock.now()
        asked.save(update_fields=["ended_at"])
