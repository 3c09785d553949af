"""Several departments for one voice (主办、会办): one host, who answers for all, and others beside it, who
give the host their opinion. Each is asked by an assignment of its own, may send it back within the days set
for that (send_back_days 5), and may have more days once, with a reason that the author reads.

Whose turn it is: while an opinion is owed, the turn is with whoever owes it, the one whose day comes first
(of one day: who was asked first), kept or late; else with the host. The queue runs by that day, and the voice
is late once, for that department alone; each other that is late with its opinion is reminded and urged by
itself. In public whose turn it is is named, only when the day that the author was told has gone by. The host
need not wait: it may answer at any time, and the office may call somebody off. The four outcomes stay those
of the voice.

What happens to the days; `tests/test_sharing_days.py` holds every row.

| what happens | the host's days to answer (10) | days for an opinion (5) | whose turn |
|---|---|---|---|
| assigned to one alone | run on | none | the host's |
| others asked beside it | run on | begin the working day after (see below) | theirs |
| an opinion is given | run on | over, kept or late | the next one's who owes one, then the host's |
| one of them sends it back | run on | dropped for that one | as when it is given |
| one of them is called off | run on | dropped for that one | as when it is given |
| one more is asked later | run on | begin for that one, as above | whose day comes first |
| one has more days, once, before its day | run on | so many further (see below) | whose day comes first |
| the host has more days | so many further days after their day | the same | the same |
| the host sends it back | run on | dropped for all; what was given stays to be read | with whoever asked |
| assigned anew | run on | begin for whoever is asked again | theirs |
| the host answers without waiting | over, kept or late | dropped | the author's |
| another voice is merged into it | run on | the same | the same |
| withdrawn, erased | dropped | dropped | nobody's |
| make-up days are announced | reckoned again while they run | reckoned again while they run | the same |

The day of an opinion never lies past the answer day, but where that is gone by, it is the next working day.
While the days to answer stand still for a question to the author, opinions run on, and none is given a day
past the one by which the answer would be due if the author said their word today.
"""

from datetime import date

from shangliang.base.people.actor import Actor

from .deadlines import soonest_answer
from .models import Assignment, State, Voice

MOST = 5  # beside the host


def part_of(actor: Actor, voice: Voice) -> Assignment | None:
    """What this actor's department is asked beside the host: first what it still owes."""
    mine = [one for one in voice.beside if one.department.code in actor.departments()]
    return next((one for one in mine if one.owes), mine[0] if mine else None)


def spent(actor: Actor, voice: Voice, today: date) -> set[str]:
    """Moves of the sharing that would be refused now."""
    if voice.state != State.ASSIGNED:
        return set()
    found = set() if voice.beside else {"call_off"}
    if len(voice.beside) >= MOST:
        found.add("call_in")
    part = part_of(actor, voice)
    if part is None or part.due is None or not part.owes:
        return found | {"give_opinion", "return_part", "extend_part"}
    if today > part.send_back_by:
        found.add("return_part")
    if part.extended or today > part.due or part.due >= (soonest_answer(voice) or part.due):
        found.add("extend_part")
    return found
