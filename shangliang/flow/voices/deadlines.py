"""The two clocks of a voice, accept and answer, in working days. A clock set today ends with its n-th working
day, 24:00 in Shanghai.

While a question to the author is open, the accept clock stands still, from the day of the question to the day
of the answer, both included. Nobody knows that day beforehand: the clock's day moves at once to the latest it
can be, and comes nearer when the author answers. So no chore has to wake it.

| what happens | accept clock | answer clock | in the figures |
|---|---|---|---|
| `take_up` | met | same | taken up: one |
| `refuse` | met | dropped | refused: one |
| `assign` `send_back` `send_up` `send_down` `return_down` `pass_down` | – | same | where it was left |
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
| a question to the author, not yet taken up | stand still till answered, 5 at most | run on |
| the same once it is late | stays late | run on |
| a question afterwards | over | run on: their day was promised |
| taken up | over, kept or late | run on |
| refused | over, kept or late | dropped |
| taken up after all | over | begin anew |
| assigned, sent back, assigned to another | over | run on, whoever has it |
| sent up, sent down | over | run on, whoever has it |
| sent up another level, returned one level, passed to one below | over | run on, whoever has it |
| extended, once a round, before their day | over | so many further days after their day |
| raised as a topic | over | dropped: the topic has days of its own |
| the topic is not taken | over | begin anew |
| answered | over | over, kept or late |
| answered, with a day promised | over | over; the day promised runs until it is said to be done, or judged |
| the day promised is moved, once a round, before it comes | over | over; the new day runs |
| to be done again, at once or after all | over | begin anew |
| erased | dropped | dropped |
| make-up days are announced | reckoned again while they run | reckoned again while they run |

Whoever takes a voice over late is late with it,
and begins the ladder anew."""

from datetime import date, timedelta

from shangliang.base import clock

from .models import Assignment, Deadline, State, Voice

ACCEPT, ANSWER, OPINION = Deadline.Kind.ACCEPT, Deadline.Kind.ANSWER, Deadline.Kind.OPINION
MET, DROPPED = Deadline.End.MET, Deadline.End.DROPPED
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
    running = Deadline.objects.filter(voice=voice, kind=kind, ended_on=None).first()
    if running is None:
        return None
    if kind == ACCEPT:
        voice.waits_until = None
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


def wait(voice: Voice) -> None:
    """A question was put to the author. What is late stays late; a question before the last one was answered
    changes nothing, however long ago that was."""
    if voice.waits_until:
        return
    today = clock.today()
    voice.waits_until = clock.due_after(today, int(voice.committee.set("unclear_days"))).day
    running = Deadline.objects.filter(voice=voice, kind=ACCEPT, ended_on=None).first()
    if running and today <= running.due:
        running.stands_from = today
        _stand(voice, running, len(clock.working_days_between(today, voice.waits_until)))


def go_on(voice: Voice) -> None:
    """The author answered: the days that the clock need not stand still for them are taken back."""
    until, voice.waits_until = voice.waits_until, None
    running = Deadline.objects.filter(voice=voice, kind=ACCEPT, stands_from__isnull=False).first()
    if until and running and running.stands_from:
        running.stands_from = None
        _stand(voice, running, -len(clock.working_days_between(clock.today() + DAY, until)))


def run_on(voice: Voice) -> None:
    """The clocks that stopped when the voice was merged go on as though they had never stopped."""
    Deadline.objects.filter(voice=voice, end=Deadline.End.MERGED).update(ended_on=None, end="")


def stands_still(voice: Voice) -> bool:
    """Whether it is the author's turn, so that the days to accept it do not count."""
    today, until = clock.today(), voice.waits_until
    return bool(until and today <= until and voice.accept_by and until <= voice.accept_by)


def _stand(voice: Voice, running: Deadline, days: int) -> None:
    running.days += days
    running.due, running.provisional = clock.due_after(running.started, running.days)
    running.save(update_fields=["days", "due", "provisional", "stands_from"])
    voice.accept_by, voice.provisional = running.due, voice.provisional or running.provisional
    point(voice, State.RECEIVED)


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
    days = int(voice.committee.set("opinion_days"))
    due, provisional = clock.due_after(today, days)
    if voice.answer_by and due > voice.answer_by:
        soonest, unsure = clock.due_after(today, 1)
        due, provisional = max((voice.answer_by, voice.provisional), (soonest, unsure))
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
    if asked.voice.answer_by and due > asked.voice.answer_by:
        due, provisional = asked.voice.answer_by, asked.voice.provisional
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
