"""Showing, withholding, mending, appealing; what readers report. Its owner's package locks the thing
before it comes here."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .. import clock
from ..charts.chart import CHANGED
from ..charts.errors import NotNow, NotYours
from ..journal import queries as journal
from ..journal.record import record
from ..people import queries as people
from ..people.actor import CLOCK, STRANGER, Actor
from ..people.personal.fields import GONE
from ..people.personal.holders import Left
from ..places import queries as places
from . import queries, rules
from .models import COVER, DETAIL, Reason, Report
from .states import CHART, REPORT

LONGEST = 2000  # characters of a public wording
LONGEST_APPEAL, LONGEST_ANSWER, LONGEST_REPORT = 1000, 500, 200
APPEAL_DAYS = 5  # working days in which somebody else decides; product.md 11


def cover(texts: Sequence[str], phrases: Sequence[str]) -> list[str]:
    """The same texts with every place of these phrases covered, a block for each character.

    ValidationError for a phrase that stands in none of them: it was mistyped, and would stay to be read."""
    wanted = sorted({p.strip() for p in phrases if p.strip()}, key=len, reverse=True)
    if missing := [p for p in wanted if not any(p in text for text in texts)]:
        said = "、".join(f"「{p}」" for p in missing)
        raise ValidationError({"cover": _("原话里没有%(words)s，一个字都不能差。") % {"words": said}})
    covered = list(texts)
    for phrase in wanted:
        covered = [text.replace(phrase, COVER * len(phrase)) for text in covered]
    return covered


@transaction.atomic
def show(thing: Any, *, by: Actor, seen: int | None, **facts: Any) -> Any:
    """Show it. `facts` are numbers of the owner's package that figures count with the first showing."""
    return _shown("show", thing, by, seen, facts)


def _shown(move: str, thing: Any, by: Actor, seen: int | None, facts: dict[str, Any]) -> Any:
    first = thing.first_shown_at is None
    _looked(thing, by)
    thing.withheld_reason, thing.withheld_detail = "", ""
    thing.first_shown_at = thing.first_shown_at or clock.now()
    return CHART.move(move, thing, by=by, seen=seen, first=first, **facts)


@transaction.atomic
def withhold(thing: Any, *, by: Actor, seen: int | None, reason: str, detail: str, **facts: Any) -> Any:
    """Keep it back for a listed reason, with the words meant. ValidationError for another reason or none
    of the words."""
    if reason not in Reason.values:
        raise ValidationError({"reason": _("从单子里选一条理由；不同意见和批评不是理由。")})
    if len(detail.strip()) < 2:
        raise ValidationError(
            {"detail": _("%(what)s，留言人才知道怎么改。") % {"what": DETAIL[Reason(reason)]}}
        )
    _looked(thing, by)
    thing.withheld_reason, thing.withheld_detail, thing.withheld_by = reason, detail.strip(), by.key
    thing.appeal, thing.appealed_at, thing.appeal_due, thing.appeal_answer = None, None, None, ""
    _settle("act", thing, by)
    return CHART.move("withhold", thing, by=by, seen=seen, reason=reason, **facts)


@transaction.atomic
def mend(thing: Any, *, by: Actor, seen: int | None, words: str, **facts: Any) -> Any:
    """The author gives another public wording, looked at again before it shows; the first words stay."""
    if len(words.strip()) < 4:
        raise ValidationError({"words": _("写上改好的话，四个字以上。")})
    if len(words.strip()) > LONGEST:
        raise ValidationError({"words": _("最多 2,000 个字。")})
    thing.public_words = words.strip()
    lapse(thing)
    return CHART.move("mend", thing, by=by, seen=seen, **facts)


@transaction.atomic
def appeal(thing: Any, *, by: Actor, seen: int | None, words: str, **facts: Any) -> Any:
    """The author says why it should be shown; somebody else looks at it within five working days: at the
    committee above where nobody else is here."""
    said = words.strip()
    if len(said) < 4:
        raise ValidationError({"words": _("写上为什么该公开，四个字以上。")})
    if len(said) > LONGEST_APPEAL:
        raise ValidationError({"words": _("最多 1,000 个字。")})
    thing.appeal, thing.appealed_at = said, clock.now()
    thing.appeal_due = clock.due_after(clock.today(), APPEAL_DAYS).day
    thing.appeal_above = queries.decider_above(thing)
    facts |= {"reason": thing.withheld_reason, "to": _code(thing.appeal_above) or None}
    return CHART.move("appeal", thing, by=by, seen=seen, **facts)


@transaction.atomic
def remind_of_appeals(rows: QuerySet[Any], *, kind: str) -> int:
    """A chore: on the last day for an appeal those who decide it are told, and the day after the committee
    above too, which may decide it from then on. Each once, in office hours. `rows`: a package's things,
    locked; how many were told."""
    told = 0
    for thing in queries.appeals_due(rows):
        if not clock.at_work(places.at(thing.committee_path).set("office_hours")):
            continue
        act = "review_appeal_late" if thing.appeal_late else "review_appeal_due"
        found = ""
        if thing.appeal_late and not thing.appeal_above:  # perhaps there is somebody by now
            found = thing.appeal_above = queries.nearest_above(thing)
        if found:
            thing.save(update_fields=["appeal_above"])
        elif _told(thing, act):
            continue
        facts = {"kind": kind, "due": thing.appeal_due.isoformat()}
        if thing.appeal_above:
            facts["to"] = _code(thing.appeal_above)
        record(
            act, subject=thing.subject, thread=thing.thread, committee=thing.committee_path,
            studio=thing.studio_code, by=CLOCK.key, facts=facts,
        )  # fmt: skip
        told += 1
    return told


def _told(thing: Any, act: str) -> bool:
    acts = journal.acts([thing.thread]).filter(subject=thing.subject, name=act, at__gte=thing.appealed_at)
    return acts.exists()


def _code(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


@transaction.atomic
def uphold(thing: Any, *, by: Actor, seen: int | None, **facts: Any) -> Any:
    """Decide for the author: it is shown as it stands."""
    facts |= {
        "appeal": True, "reason": thing.withheld_reason, "in_time": _in_time(thing),
        "above": rules.above(by, thing) or None,
    }  # fmt: skip
    return _shown("uphold", thing, by, seen, facts)


@transaction.atomic
def dismiss(thing: Any, *, by: Actor, seen: int | None, answer: str, **facts: Any) -> Any:
    """Decide that it stays withheld, with the reason told to the author."""
    said = answer.strip()
    if not 4 <= len(said) <= LONGEST_ANSWER:
        raise ValidationError({"answer": _("写上为什么还是先不公开，4 到 500 个字，留言人看得到。")})
    _looked(thing, by)
    thing.appeal_answer = said
    facts |= {
        "reason": thing.withheld_reason, "in_time": _in_time(thing), "above": rules.above(by, thing) or None,
    }  # fmt: skip
    return CHART.move("dismiss", thing, by=by, seen=seen, **facts)


def _in_time(thing: Any) -> bool:
    return bool(thing.appeal_due) and not thing.appeal_late


@transaction.atomic
def make_private(thing: Any, *, by: Actor, seen: int | None, **facts: Any) -> Any:
    """The author wants it shown no more: it is between themselves and the office, whatever was said of it."""
    was = thing.review
    thing.public, thing.withheld_reason, thing.withheld_detail = False, "", ""
    thing.appeal_due = None  # nobody waits for it any more
    lapse(thing)
    return CHART.move("make_private", thing, by=by, seen=seen, was=was, **facts)


def _looked(thing: Any, by: Actor) -> None:
    thing.reviewed_by, thing.reviewed_at = by.key, clock.now()


# ── What readers say of it ──


@transaction.atomic
def report(thing: Any, *, reason: str, words: str = "") -> Report:
    """A reader says that it has a problem, from the closed list. It stays shown; whoever looks over is asked
    to look again. Nothing of the reader is kept, in the journal neither. NotNow if it is not shown."""
    if reason not in Reason.values:
        raise ValidationError({"reason": _("选一样。不同意见和批评不算问题。")})
    said = words.strip()
    if len(said) > LONGEST_REPORT:
        raise ValidationError({"words": _("最多 200 个字。")})
    if not thing.shown or people.let_go(thing.person):
        raise NotNow(_("这段话已经不公开了，不用再看。"))
    kind, _colon, item = thing.subject.partition(":")
    row = Report(
        kind=kind, item=item, committee=places.at(thing.committee_path), studio=thing.studio_code,
        thread=thing.thread, person=thing.person, reason=reason, words=said, at=clock.now(),
    )  # fmt: skip
    return REPORT.start("make", row, by=STRANGER, kind=kind, reason=reason)


@transaction.atomic
def keep(thing: Any, *, by: Actor, seen: int | None, known: int) -> int:
    """Looked at again, and it stays as it is: all that was reported of it is settled. How many. `known`: how
    many reports the page showed; NotNow when another came since, or somebody settled them."""
    if not rules.looks_over(by, thing):
        raise NotYours(_("再看一眼的事，由审核的人来办；自己的话不自己看。"))
    if seen is not None and seen != thing.review_version:
        raise NotNow(CHANGED)
    if not known or known != queries.reports(thing).count():
        raise NotNow(CHANGED)
    return _settle("keep", thing, by)


def lapse(thing: Any) -> int:
    """What was reported is no longer there to be read."""
    return _settle("lapse", thing, CLOCK)


def _settle(move: str, thing: Any, by: Actor) -> int:
    found = list(queries.reports(thing).select_for_update(of=("self",)))
    for row in found:
        row.settled_at, row.settled_by = clock.now(), by.key
        REPORT.move(move, row, by=by, seen=None, kind=row.kind, reason=row.reason)
    return len(found)


def forget(person: str) -> Left:
    """An author was erased: what readers said of their words goes too, and nobody looks at it again."""
    rows = Report.objects.filter(person=person)
    rows.filter(words__isnull=False).update(words=GONE)
    for row in rows.filter(state="open").select_related("committee").select_for_update(of=("self",)):
        row.settled_at, row.settled_by = clock.now(), CLOCK.key
        REPORT.move("lapse", row, by=CLOCK, seen=None, kind=row.kind, reason=row.reason)
    return Left()
