"""Every read of results, scoped to the reader."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from shangliang.base.charts.by_code import ByCode
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.places.queries import below
from shangliang.base.search.kinds import Row
from shangliang.flow.consultations.models import Consultation

from .models import Result, State


def _results() -> QuerySet[Result]:
    return Result.objects.select_related("consultation__committee", "consultation__studio")


def visible_to(actor: Actor) -> QuerySet[Result]:
    """Published ones; drafts for the officers who write them."""
    drafts = Q(state=State.DRAFT, consultation__committee__path__in=actor.paths(Role.OFFICER))
    return _results().filter(Q(state=State.PUBLISHED) | drafts)


def result(code: str, *, actor: Actor) -> Result:
    """Unseen if there is none, or none for this actor to know of."""
    return _one(code, actor)


def lock(code: str, *, by: Actor) -> Result:
    return _one.lock(code, by)


_one = ByCode(lambda actor: visible_to(actor))


def of(consultation: Consultation, *, actor: Actor) -> Result | None:
    """The consultation's result, if there is one for this actor to see."""
    rows = visible_to(actor).select_related(None).filter(consultation=consultation)
    try:
        found = rows.get()
    except Result.DoesNotExist:
        return None
    found.consultation = consultation  # at hand already, with its committee and studio
    return found


def published(committee: str = "") -> QuerySet[Result]:
    """The published ones of a committee (a path) and below, or all; newest first."""
    rows = _results().filter(state=State.PUBLISHED)
    if committee:
        rows = rows.filter(**below(committee, "consultation__committee__path"))
    return rows.order_by("-published_on", "-id")


def before(rows: QuerySet[Result], mark: str) -> QuerySet[Result]:
    """The rows after a mark that `mark_of` made; all of them for a mark that is none."""
    day, _, pk = mark.partition("_")
    try:
        when, last = date.fromisoformat(day), int(pk)
    except ValueError:
        return rows
    return rows.filter(Q(published_on__lt=when) | Q(published_on=when, id__lt=last))


def mark_of(row: Result) -> str:
    return f"{row.published_on}_{row.pk}"


def may_see_files(actors: Sequence[Actor], code: str) -> bool:
    """Whoever sees the result: a draft's evidence is for its officers."""
    return any(visible_to(actor).filter(code=code).exists() for actor in actors)


def text_of(row: Result) -> str:
    return f"{row.consultation.title}\n{row.text}"


def findable() -> Iterator[Row]:
    """What search indexes: published results."""
    for row in _results().filter(state=State.PUBLISHED).order_by("pk").iterator():
        yield Row(row.pk, text_of(row), row.committee_path)
