"""Two people of the office at one voice: whoever comes second is told who did what since they opened it."""

from django.utils.translation import gettext as _

from shangliang.base.charts.errors import NotNow
from shangliang.base.journal import queries as journal
from shangliang.base.journal.acts import declared
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.ui.filters import clock_time

from ..heads import PARTS
from ..models import Voice
from ..queries import shared
from ..states import CHART

MOST = 3  # of the latest steps
STEPS = frozenset(move.act for move in CHART.moves)


def told(why: NotNow, voice: Voice, *, by: Actor, seen: int | None) -> NotNow:
    """The refusal with the steps that were taken since version `seen`, the latest last: they stand on the
    voice's own page too, under the same names. As it was when nothing was done meanwhile."""
    behind = 0 if seen is None or seen < 1 else voice.version - seen
    if behind <= 0:
        return why
    done = journal.acts_about([voice.subject]).filter(name__in=STEPS).order_by("-id")
    acts = list(done[: min(behind, MOST)])
    if shared.only_beside(by, voice):  # reads their own part, not what the others said
        mine = by.departments()
        acts = [one for one in acts if one.name not in PARTS or one.facts.get("department") in mine]
    names, kinds = people.names(one.by for one in acts), declared()
    said = [
        _("%(time)s，%(who)s：%(what)s") % {
            "time": clock_time(one.at),
            "who": _("留言人") if one.by == voice.person else names.get(one.by) or _("系统"),
            "what": kinds[one.name].words,
        }
        for one in reversed(acts)
    ]  # fmt: skip
    if not said:
        return why
    meanwhile = _("这之间：%(said)s。") % {"said": "；".join(said)}
    return NotNow(f"{why.words} {meanwhile}")
