"""Every read of consultations, scoped to the reader."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import Actor
from shangliang.base.people.fields import with_keys
from shangliang.base.people.models import Role
from shangliang.base.places.models import Committee
from shangliang.base.places.queries import below
from shangliang.base.review.models import Review
from shangliang.base.search.kinds import Row

from . import rules
from .models import (
    Consultation,
    Deadline,
    DoorCode,
    FoundingVoice,
    Meeting,
    Point,
    Post,
    Progress,
    Recommendation,
    RecommendationState,
    State,
    Suggestion,
)
from .states import RECOMMENDATION

PUBLIC = (State.OPEN, State.MINUTED, State.SENT, State.FINISHED)
RUNNING = (State.OPEN, State.MINUTED, State.SENT)


def visible_to(actor: Actor) -> QuerySet[Consultation]:
    """Opened, later, declined: everybody. Only raised: the committee's people, a founding voice's author."""
    seen = Q(state__in=[*PUBLIC, State.DECLINED])
    if inside := actor.paths(*rules.INSIDE):
        seen |= Q(committee__path__in=inside)
    if actor.kind == "author":
        code = actor.subject.removeprefix("voice:")
        seen |= Q(pk__in=FoundingVoice.objects.filter(voice__code=code).values("consultation"))
    return Consultation.objects.filter(seen).select_related("committee", "studio")


def consultation(code: str, *, actor: Actor) -> Consultation:
    """Unseen if there is none, or none for this actor to know of."""
    found = visible_to(actor).filter(code=code).first()
    if found is None:
        raise Unseen(code)
    return found


def lock(code: str, *, by: Actor) -> Consultation:
    """The consultation, locked for a change."""
    found = visible_to(by).select_for_update(of=("self",)).filter(code=code).first()
    if found is None:
        raise Unseen(code)
    return found


def listed(*, committee: str = "", later: bool = False) -> QuerySet[Consultation]:
    """What the public list shows, newest first: being talked over, or (`later`) minutes out and after."""
    states = (State.MINUTED, State.SENT, State.FINISHED) if later else (State.OPEN,)
    rows = Consultation.objects.filter(state__in=states).select_related("committee", "studio")
    if committee:
        rows = rows.filter(**below(committee))
    return rows.order_by("-opened_on", "-id")


def where_talked() -> list[Committee]:
    """The committees that have a consultation to be seen, in the order of the tree; twenty at most."""
    talked = Consultation.objects.filter(state__in=PUBLIC).values("committee")
    return list(Committee.objects.filter(pk__in=talked).order_by("path")[:20])


def before(rows: QuerySet[Consultation], mark: str) -> QuerySet[Consultation]:
    """The rows after a mark that `mark_of` made; all of them for a mark that is none."""
    day, _, pk = mark.partition("_")
    try:
        opened, last = date.fromisoformat(day), int(pk)
    except ValueError:
        return rows
    return rows.filter(Q(opened_on__lt=opened) | Q(opened_on=opened, id__lt=last))


def mark_of(row: Consultation) -> str:
    """Where a page of `listed` ends."""
    return f"{row.opened_on}_{row.pk}"


def topics(actor: Actor) -> QuerySet[Consultation]:
    """Topics to be decided of the committees whose people the actor is one of, the most pressing first."""
    paths = actor.paths(*rules.INSIDE)
    rows = Consultation.objects.filter(state=State.RAISED, committee__path__in=paths)
    return rows.select_related("committee", "studio").order_by("decide_by", "id")


def in_hand(actor: Actor) -> QuerySet[Consultation]:
    """What runs at the actor's committee (officer, leader) or studio (convener), oldest first."""
    mine = Q(committee__path__in=actor.paths(Role.OFFICER, Role.LEADER, Role.AUDITOR)) | Q(
        studio__code__in=actor.studios(*rules.HOSTS)
    )
    rows = Consultation.objects.filter(mine, state__in=RUNNING)
    return rows.select_related("committee", "studio").order_by("last_day", "id")


def raised_by(actor: Actor) -> QuerySet[Consultation]:
    """The actor's own topics, newest first."""
    rows = Consultation.objects.filter(raised_by=actor.key)
    return rows.select_related("committee", "studio").order_by("-raised_on", "-id")


def stamp(of: Consultation) -> tuple[int, int]:
    """Changes with whatever happens to the consultation or to its founding voices: how many acts stand on
    their threads, and the last one. Both, because a later act may be seen before an earlier one."""
    threads = [
        of.thread,
        *FoundingVoice.objects.filter(consultation=of).values_list("voice__thread", flat=True),
    ]
    found = Act.objects.filter(thread__in=threads).aggregate(number=Count("pk"), last=Max("pk"))
    return found["number"], found["last"] or 0


def closing_soon(paths: Iterable[str], most: int) -> list[Consultation]:
    """Open consultations of these committees, those that close first at the top: a member's today."""
    still = {"state": State.OPEN, "last_day__gte": clock.today()}
    rows = Consultation.objects.filter(committee__path__in=list(paths), **still)
    shown = rows.select_related("committee").only("code", "title", "last_day", "committee__name")
    return list(shown.order_by("last_day", "id")[:most])


def founding(of: Consultation) -> list[FoundingVoice]:
    links = list(FoundingVoice.objects.filter(consultation=of).select_related("voice").order_by("pk"))
    with_keys(link.voice for link in links)
    return links


# ── Posts ──────────────────────────────────────────────────────────────────────────────────────────────


def _posts() -> QuerySet[Post]:
    return Post.objects.select_related("consultation__committee", "consultation__studio").prefetch_related(
        "suggestions"
    )


def posts(of: Consultation, *, actor: Actor) -> QuerySet[Post]:
    """The posts shown, one's own in any state, and all of them for host, officer and auditor; in order."""
    rows = Post.objects.filter(consultation=of).prefetch_related("suggestions")
    if not rules.looks_over(actor, of):
        rows = rows.filter(Q(review=Review.SHOWN) | Q(author_key=actor.key))
    return rows.order_by("id")


def place_of(of: Consultation, code: str) -> int:
    """Where a page of posts goes on: the pk of the last one shown, 0 for a code that is none."""
    return Post.objects.filter(consultation=of, code=code).values_list("pk", flat=True).first() or 0


def post(code: str, *, actor: Actor) -> Post:
    """Unseen if there is none, or none for this actor."""
    found = _posts().filter(code=code).first()
    if found is None or not may_see_post(actor, found):
        raise Unseen(code)
    return found


def may_see_post(actor: Actor, found: Post) -> bool:
    if not found.consultation.public:
        return False
    return found.shown or found.author_key == actor.key or rules.looks_over(actor, found.consultation)


def lock_post(code: str, *, by: Actor) -> Post:
    found = post(code, actor=by)
    return _posts().select_for_update(of=("self",)).get(pk=found.pk)


def waiting_review(actor: Actor, review: str = Review.WAITING) -> QuerySet[Post]:
    """Posts that wait to be looked at by this actor (or stand in another state of the review), oldest first;
    never their own."""
    mine = Q(consultation__committee__path__in=actor.paths(Role.OFFICER)) | Q(
        consultation__studio__code__in=actor.studios(*rules.HOSTS)
    )
    return _posts().filter(mine, review=review).exclude(author_key=actor.key).order_by("id")


def first_of_participant(of: Post) -> bool:
    """Whether showing this post makes its author a participant: none of theirs was ever shown here."""
    if of.first_shown_at is not None:
        return False
    theirs = Post.objects.filter(consultation_id=of.consultation_id, author_key=of.author_key)
    return not theirs.filter(first_shown_at__isnull=False).exists()


def counts(of: Consultation) -> dict[str, int]:
    """How many people said how many suggestions in the posts shown, people and suggestions apart."""
    shown = Post.objects.filter(consultation=of, review=Review.SHOWN)
    found = shown.aggregate(
        posts=Count("pk", distinct=True),
        people=Count("author_key", distinct=True),
        suggestions=Count("suggestions", distinct=True),
    )
    return {name: int(number) for name, number in found.items()}


def next_number(of: Consultation) -> int:
    last = Suggestion.objects.filter(consultation=of).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def suggestions(of: Consultation) -> QuerySet[Suggestion]:
    """Those in posts shown: what a recommendation may rest on."""
    rows = Suggestion.objects.filter(consultation=of, post__review=Review.SHOWN)
    return rows.select_related("post").order_by("number")


# ── Meetings, minutes, door codes ──────────────────────────────────────────────────────────────────────


def meetings(of: Consultation) -> list[Meeting]:
    rows = Meeting.objects.filter(consultation=of).prefetch_related("departments")
    return list(rows.order_by("day", "id"))


def points(of: Consultation) -> list[Point]:
    return list(Point.objects.filter(consultation=of).order_by("id"))


def printed_codes(of: Consultation) -> dict[str, int]:
    """How many door codes were printed and how many of them are used."""
    found = DoorCode.objects.filter(consultation=of).aggregate(
        printed=Count("pk"), used=Count("pk", filter=~Q(used_by=""))
    )
    return {name: int(number) for name, number in found.items()}


# ── Recommendations ────────────────────────────────────────────────────────────────────────────────────


def _recommendations() -> QuerySet[Recommendation]:
    return Recommendation.objects.select_related(
        "consultation__committee", "consultation__studio", "department"
    )


def recommendations(of: Consultation) -> list[Recommendation]:
    """All of a consultation's, each with its suggestions and its progress at hand."""
    rows = Recommendation.objects.filter(consultation=of).select_related("department").order_by("number")
    found = list(rows.prefetch_related("suggestions", "progress"))
    for row in found:
        row.consultation = of
    return found


def recommendation(code: str) -> Recommendation:
    """They are public from the day they are sent. Unseen if there is none."""
    found = _recommendations().filter(code=code).first()
    if found is None:
        raise Unseen(code)
    return found


def resting_on(row: Recommendation) -> list[Suggestion]:
    """The suggestions that a recommendation rests on, without those whose post was withheld since."""
    return list(row.suggestions.filter(post__review=Review.SHOWN).order_by("number"))


def recommendation_of(consultation: str, code: str) -> Recommendation:
    """Unseen unless it belongs to this consultation."""
    found = recommendation(code)
    if found.consultation.code != consultation:
        raise Unseen(code)
    return found


def lock_recommendation(code: str) -> Recommendation:
    found = _recommendations().select_for_update(of=("self",)).filter(code=code).first()
    if found is None:
        raise Unseen(code)
    return found


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


# ── Files and search ───────────────────────────────────────────────────────────────────────────────────


def may_see_files(actors: Sequence[Actor], code: str) -> bool:
    """The leader's paper: whoever sees the topic."""
    return any(visible_to(actor).filter(code=code).exists() for actor in actors)


def may_see_progress_files(actors: Sequence[Actor], code: str) -> bool:
    """Evidence of progress is public."""
    return Progress.objects.filter(code=code).exists()


def text_of(row: Consultation) -> str:
    return f"{row.title}\n{row.question}"


def findable() -> Iterator[Row]:
    """What search indexes."""
    for row in Consultation.objects.filter(state__in=PUBLIC).select_related("committee").order_by("pk"):
        yield Row(row.pk, text_of(row), row.committee_path)
