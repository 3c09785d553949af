"""Reads of recommendations: what waits for whom, what is late, what stands before the result."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.by_code import ByCode
from shangliang.base.charts.errors import Unseen
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.prepared import Prepared
from shangliang.base.review.models import Review

from ..models import Consultation, Deadline, Progress, Recommendation, RecommendationState, Suggestion
from ..states import RECOMMENDATION


def _recommendations() -> QuerySet[Recommendation]:
    return Recommendation.objects.select_related(
        "consultation__committee", "consultation__studio", "department"
    )


def recommendations(of: Consultation) -> list[Recommendation]:
    """All of a consultation's, each with its suggestions and its progress at hand."""
    return _of(of, _whole(consultation=of.pk))


@Prepared
def _whole(*, consultation: int) -> QuerySet[Recommendation]:
    return _all(consultation).prefetch_related("suggestions", "progress")


def standing(of: Consultation) -> list[Recommendation]:
    """The same where only their states, days and departments are asked for."""
    return _of(of, list(_all(of.pk)))


def _all(consultation: int) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.filter(consultation=consultation)
    return rows.select_related("department").order_by("number")


def _of(consultation: Consultation, found: list[Recommendation]) -> list[Recommendation]:
    for row in found:
        row.consultation = consultation  # at hand already, with its committee and studio
    return found


def recommendation(code: str) -> Recommendation:
    """They are public from the day they are sent. Unseen if there is none."""
    return _one(code)


def resting_on(row: Recommendation) -> list[Suggestion]:
    """The suggestions that a recommendation rests on, without those whose post was withheld since."""
    return list(row.suggestions.filter(post__review=Review.SHOWN).select_related("post").order_by("number"))


def recommendation_of(consultation: str, code: str) -> Recommendation:
    """Unseen unless it belongs to this consultation."""
    found = recommendation(code)
    if found.consultation.code != consultation:
        raise Unseen(code)
    return found


def lock_recommendation(code: str) -> Recommendation:
    return _one.lock(code)


_one = ByCode(lambda: _recommendations())


def to_answer(departments: Iterable[str]) -> QuerySet[Recommendation]:
    """What waits for these departments (codes): an answer, or work they promised; by clock."""
    open_ = Q(state=RecommendationState.SENT) | Q(
        state=RecommendationState.ANSWERED, decision__in=["adopt", "partly"]
    )
    rows = _recommendations().filter(open_, department__code__in=list(departments))
    return rows.order_by("due", "id")


def of_departments(departments: Iterable[str]) -> QuerySet[Recommendation]:
    """All that stand with these departments, newest first."""
    return _recommendations().filter(department__code__in=list(departments)).order_by("-sent_on", "-id")


def returned(actor: Actor) -> QuerySet[Recommendation]:
    """Sent back by a department, waiting for an officer to name another."""
    rows = _recommendations().filter(
        state=RecommendationState.RETURNED,
        consultation__committee__path__in=actor.paths(Role.OFFICER, Role.LEADER),
    )
    return rows.order_by("sent_on", "id")


def overdue(paths: Iterable[str]) -> QuerySet[Recommendation]:
    """Unanswered past their day at these committees, the latest first."""
    rows = _recommendations().filter(
        state=RecommendationState.SENT,
        due__lt=clock.today(),
        consultation__committee__path__in=list(paths),
    )
    return rows.order_by("due", "id")


def overdue_on(day: date) -> QuerySet[Deadline]:
    """The clocks that were still running past their day when `day` ended: a stock for figures."""
    running = Q(ended_on=None) | Q(ended_on__gt=day)
    return Deadline.objects.filter(running, started__lte=day, due__lt=day)


def fell_due(first: date, last: date) -> QuerySet[Deadline]:
    """The clocks whose day fell in a period and that no return had stopped: what "on time" is a share of."""
    return Deadline.objects.filter(due__range=(first, last)).exclude(end=Deadline.End.DROPPED)


def progress(of: Recommendation) -> list[Progress]:
    return list(Progress.objects.filter(recommendation=of).order_by("-id"))


def progress_subjects(of: Consultation) -> list[str]:
    """Under what the evidence of a consultation's recommendations lies in files."""
    rows = Progress.objects.filter(recommendation__consultation=of).order_by("id")
    return [row.subject for row in rows]


def all_answered(of: Consultation) -> bool:
    rows = Recommendation.objects.filter(consultation=of)
    waiting = rows.filter(state__in=[RecommendationState.SENT, RecommendationState.RETURNED])
    return rows.exists() and not waiting.exists()


def all_done(of: Consultation) -> bool:
    """Every adopted recommendation is reported done, and there is at least one."""
    rows = Recommendation.objects.filter(consultation=of, decision__in=["adopt", "partly"])
    return all_answered(of) and rows.exists() and not rows.exclude(state=RecommendationState.DONE).exists()


def missing_for_result(rows: Iterable[Recommendation]) -> list[str]:
    """What stands between these recommendations of a consultation and its result, in words; empty: nothing.

    An adopted one past its promised day does not hold the result up: the result shows it as late."""
    today, found = clock.today(), []
    for row in rows:
        if row.state in (RecommendationState.SENT, RecommendationState.RETURNED):
            found.append(_("第 %(n)s 条建议还没答复。") % {"n": row.number})
        elif row.adopted and row.state != RecommendationState.DONE and not row.overdue_promise(today):
            found.append(_("第 %(n)s 条建议还没办完，承诺的日子也没到。") % {"n": row.number})
    return found


def recommendation_moves(actor: Actor, row: Recommendation) -> set[str]:
    """Names of the moves this actor could make on it now, the finer conditions reckoned in: the buttons."""
    names = {move.name for move in RECOMMENDATION.open_to(actor, row)}
    if not row.adopted:
        names -= {"report_progress", "report_done"}
    if clock.today() > row.send_back_by:
        names.discard("send_back")
    if row.extended or clock.today() > row.due:
        names.discard("extend")
    return names
