"""What a handler's list shows: voices and recommendations in one order, by the next day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.clock.words import Nearing, nearing
from shangliang.base.journal.pages import lengths_until_an_act
from shangliang.base.people.actor import Actor
from shangliang.base.prepared import Prepared
from shangliang.base.ui.counts import Lists, said
from shangliang.base.ui.environment import url
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.consultations.models import RecommendationState
from shangliang.flow.consultations.models import State as Stage
from shangliang.flow.proposals import queries as handled
from shangliang.flow.reports import queries as passed_on
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.deadlines import waits
from shangliang.flow.voices.models import Answerer, Rung, State
from shangliang.flow.voices.queries import shared

SIZE = 20
TABS: tuple[tuple[str, Any], ...] = (("to_do", _("要办的")), ("judged", _("等评价")), ("closed", _("办完")))
KINDS = ("voice", "recommendation")  # in this order on the same day
# What a line shows of things that are wide: most of the time of a list goes into building its query.
VOICE = (
    "code", "words", "person", "number", "place", "state", "studio__name", "accept_by", "answer_by",
    "waits_until",
)  # fmt: skip
RECOMMENDATION = ("code", "words", "state", "consultation__title")


@dataclass(frozen=True)
class Row:
    """A line of the list: `step` is what comes next, `due` by when, or `day` when it was answered; `urged`:
    how far the reader's own department was urged."""

    kind: str
    thing: Any
    href: str
    title: str
    number: str
    step: Any
    due: Nearing | None
    day: date | None
    urged: str


@dataclass(frozen=True)
class Todo:
    tab: str
    rows: list[Row]
    tabs: list[tuple[str, Any, str, bool]]
    more: str


def todo(actor: Actor, tab: str, after: str) -> Todo:
    """A page of the list. `after` is "kind:code" of the last line that was shown."""
    tab = tab if tab in dict(TABS) else TABS[0][0]
    counts = _counts(actor)
    found, following = _page(actor, tab, after)
    home = url("departments:list")
    return Todo(
        tab=tab,
        rows=[_row(kind, thing, tab) for kind, thing in found],
        tabs=[(f"{home}?tab={name}", label, said(_total(counts, name)), name == tab) for name, label in TABS],
        more=f"{home}?tab={tab}&after={following}" if following else "",
    )


def waiting(actor: Actor) -> dict[str, str]:
    """How much is to be done on each page of the rail, in words."""
    counts = _counts(actor)
    both, proposals = _total(counts, "to_do"), counts["proposals"] + counts["letters"]
    return {"list": said(both), "proposals": said(proposals), "reports": said(counts["reports"])}


def _total(counts: dict[str, int], tab: str) -> int:
    return counts[f"{tab}.voice"] + counts[f"{tab}.recommendation"]


def _counts(actor: Actor) -> dict[str, int]:
    return lengths_until_an_act("departments", actor.key, actor.posts, lists=lambda: _all(actor))


def _all(actor: Actor) -> Lists:
    """Every list of which a tab or the rail says how long it is."""
    tabs = {f"{tab}.{kind}": rows for tab, _label in TABS for kind, rows in _lists(actor, tab).items()}
    handed = {
        "proposals": handled.handled_by(actor, "to_do"),
        "letters": handled.letters_to(actor, "to_do"),
        "reports": passed_on.referred(actor, "to_do"),
    }
    return tabs | handed


def _lists(actor: Actor, tab: str) -> dict[str, QuerySet[Any]]:
    """The voices and the recommendations of a tab, each with the `day` by which it is ordered. None is
    without one: what a department holds or owes has its day, and what was given has the day of that."""
    voices_, recommendations = _of(actor, tab)
    return {
        "voice": voices_.select_related(None).select_related("studio").only(*VOICE),
        "recommendation": recommendations.select_related(None)
        .select_related("consultation")
        .only(*RECOMMENDATION),
    }


def _of(actor: Actor, tab: str) -> tuple[QuerySet[Any], QuerySet[Any]]:
    mine = actor.departments()
    host = Q(department__code__in=mine)
    ours = host & Q(answered_by=Answerer.DEPARTMENT)
    promised = ours & Q(state=State.ANSWERED, promised_for__isnull=False, done_on=None)
    asked = voices.rows().filter(erased_on=None).annotate(is_beside=_if(~host))
    sent = consultations.of_departments(mine)
    owed = Q(state=RecommendationState.SENT) | Q(
        state=RecommendationState.ANSWERED, decision__in=["adopt", "partly"]
    )
    if tab == "to_do":
        by = Case(When(state=RecommendationState.SENT, then=F("due")), default=F("promised_for"))
        holds = host & Q(state=State.ASSIGNED)
        rung = Case(When(host & Q(awaits=None), then=F("rung")), default=Value(""))
        day = Coalesce(
            Case(When(holds, then=F("answer_by"))), shared.day_owed(mine), F("promised_for")
        )  # the host's own day; the day of one's opinion; the day promised
        asked = asked.filter(holds | promised | shared.owing(mine))
        asked = asked.annotate(own_rung=Coalesce(shared.rung_owed(mine), rung), day=day)
        return asked, sent.filter(owed).annotate(day=by)
    beside = shared.having_given(mine) & ~host
    asked = asked.annotate(day=Coalesce(F("answered_on"), shared.day_given(mine)))
    sent = sent.filter(answered_on__isnull=False).exclude(owed).annotate(day=F("answered_on"))
    over = Q(consultation__state=Stage.FINISHED)
    if tab == "judged":
        held = beside & ~shared.owing(mine) & Q(state__in=[State.ASSIGNED, State.ANSWERED])
        return asked.filter(ours & Q(state=State.ANSWERED) & ~promised | held), sent.exclude(over)
    return asked.filter(ours | beside, state=State.CLOSED), sent.filter(over)


def _if(which: Q) -> Case:
    return Case(When(which, then=Value(True)), default=Value(False))


def _page(actor: Actor, tab: str, after: str) -> tuple[list[tuple[str, Any]], str]:
    """The next twenty of both lists in one order, and what the page after them begins with."""
    kind, _colon, code = after.partition(":")
    found, rising = list[tuple[str, Any]](), tab == "to_do"
    if kind in KINDS:
        lists = _lists(actor, tab)
        last = lists[kind].filter(code=code).values_list("day", "pk").first()
        for name, rows in lists.items():
            more = rows.filter(_beyond(name, kind, *last, rising=rising)) if last else rows
            found += [(name, thing) for thing in _sorted(more, rising=rising)]
    else:
        for name in KINDS:
            found += [(name, thing) for thing in _beginning(actor, tab, name, clock.today())]
    # Stable: on the same day voices stand before recommendations, as _beyond takes it.
    found.sort(key=lambda one: one[1].day, reverse=not rising)
    page = found[:SIZE]
    return page, f"{page[-1][0]}:{page[-1][1].code}" if len(found) > SIZE else ""


def _sorted(rows: QuerySet[Any], *, rising: bool) -> QuerySet[Any]:
    return (rows.order_by("day", "pk") if rising else rows.order_by("-day", "-pk"))[: SIZE + 1]


@Prepared
def _beginning(actor: Actor, tab: str, kind: str, _day: date) -> QuerySet[Any]:
    return _sorted(_lists(actor, tab)[kind], rising=tab == "to_do")


def _beyond(name: str, kind: str, day: date, pk: int, *, rising: bool) -> Q:
    way = "gt" if rising else "lt"
    beyond = Q(**{f"day__{way}": day})
    if name == kind:
        return beyond | Q(day=day, **{f"pk__{way}": pk})
    return beyond | Q(day=day) if KINDS.index(name) > KINDS.index(kind) else beyond


def _row(kind: str, thing: Any, tab: str) -> Row:
    open_ = tab == "to_do"
    is_voice = kind == "voice"
    answers = thing.state == (State.ASSIGNED if is_voice else RecommendationState.SENT)
    beside = is_voice and thing.is_beside and (open_ or answers)
    still = open_ and is_voice and not beside and waits(thing)
    step = (
        _("等留言人回话，日子停着")
        if still
        else (_("会办意见") if open_ else _("等主办答复"))
        if beside
        else _("答复")
        if answers
        else _("说办完")
        if open_
        else _("等评价")
        if tab == "judged"
        else _("评过了")
    )
    return Row(
        kind=kind,
        thing=thing,
        href=f"{url(f'departments:{kind}', thing.code)}?tab={tab}",
        title=thing.title if is_voice else thing.words,
        number=thing.number if is_voice else "",
        step=step,
        due=nearing(thing.day) if open_ and not still else None,
        day=thing.day,
        urged=str(Rung(thing.own_rung).label) if open_ and is_voice and thing.own_rung else "",
    )


def day_of(row: Any) -> Nearing | None:
    """How near the day of a recommendation is: of its answer, or what the answer promised."""
    if row.state == RecommendationState.SENT:
        return nearing(row.due, provisional=row.provisional)
    return nearing(row.promised_for) if row.state == RecommendationState.ANSWERED else None
