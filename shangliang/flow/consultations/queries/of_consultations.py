"""Reads of consultations themselves: topics, posts, meetings, door codes, files, what search finds."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from shangliang.base import clock
from shangliang.base.charts.by_code import ByCode
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.people.personal.fields import with_keys
from shangliang.base.places.models import Committee
from shangliang.base.places.queries import below
from shangliang.base.prepared import Prepared
from shangliang.base.review import queries as review
from shangliang.base.review import rules as review_rules
from shangliang.base.review.models import Review
from shangliang.base.search.kinds import Row

from .. import rules
from ..models import Consultation, DoorCode, FoundingVoice, Meeting, Point, Post, Progress, State, Suggestion

PUBLIC = (State.OPEN, State.MINUTED, State.SENT, State.FINISHED)
RUNNING = (State.OPEN, State.MINUTED, State.SENT)


def visible_to(actor: Actor) -> QuerySet[Consultation]:
    """Opened, later, or declined: everybody. Only raised: the committee's own people, and whoever wrote a
    founding voice."""
    seen = Q(state__in=[*PUBLIC, State.DECLINED])
    if inside := actor.paths(*rules.INSIDE):
        seen |= Q(committee__path__in=inside)
    if actor.kind == "author":
        code = actor.subject.removeprefix("voice:")
        seen |= Q(pk__in=FoundingVoice.objects.filter(voice__code=code).values("consultation"))
    return Consultation.objects.filter(seen).select_related("committee", "studio")


def consultation(code: str, *, actor: Actor) -> Consultation:
    """Unseen if there is none, or none for this actor to know of."""
    return _one(code, actor)


def lock(code: str, *, by: Actor) -> Consultation:
    """The consultation, locked for a change."""
    return _one.lock(code, by)


_one = ByCode(lambda actor: visible_to(actor))


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
    return _closing(tuple(sorted(paths)), most, clock.today())


@Prepared
def _closing(paths: tuple[str, ...], most: int, today: date) -> QuerySet[Consultation]:
    rows = Consultation.objects.filter(state=State.OPEN, committee__path__in=paths, last_day__gte=today)
    shown = rows.select_related("committee").only("code", "title", "last_day", "committee__name")
    return shown.order_by("last_day", "id")[:most]


# What a line about a founding voice shows: a voice is wide.
LINE = (
    "round", "consultation", "voice__code", "voice__words", "voice__public_words", "voice__person",
    "voice__state", "voice__review", "voice__left_at",
)  # fmt: skip


def founding(of: Consultation) -> list[FoundingVoice]:
    links = list(FoundingVoice.objects.filter(consultation=of).select_related("voice").order_by("pk"))
    with_keys(link.voice for link in links)
    return links


def founding_lines(of: Consultation) -> list[FoundingVoice]:
    """The same for a page's lines, with the keys of their words at hand."""
    links = _founding_lines(consultation=of.pk)
    with_keys(link.voice for link in links)
    return links


@Prepared
def _founding_lines(*, consultation: int) -> QuerySet[FoundingVoice]:
    found = FoundingVoice.objects.filter(consultation=consultation).select_related("voice")
    return found.only(*LINE).order_by("pk")


# ── Posts ──────────────────────────────────────────────────────────────────────────────────────────────


def _posts() -> QuerySet[Post]:
    return Post.objects.select_related("consultation__committee", "consultation__studio").prefetch_related(
        "suggestions"
    )


def _seen(actor: Actor) -> Q:
    """The posts shown, one's own in any state, and all of them for host, officer and auditor."""
    seen = Q(review=Review.SHOWN) | Q(author_key=actor.key)
    if paths := actor.paths(Role.OFFICER, Role.AUDITOR):
        seen |= Q(consultation__committee__path__in=paths)
    if hosted := actor.studios(*rules.HOSTS):
        seen |= Q(consultation__studio__code__in=hosted)
    return seen


def posts(of: Consultation, *, actor: Actor) -> QuerySet[Post]:
    """What this actor may see of what was said there, in order."""
    return Post.objects.filter(_seen(actor), consultation=of).prefetch_related("suggestions").order_by("id")


def visible_posts(actor: Actor) -> QuerySet[Post]:
    """What this actor may see of what was said in all public consultations, with where each was said."""
    rows = Post.objects.filter(_seen(actor), consultation__state__in=PUBLIC)
    return rows.select_related("consultation__committee", "consultation__studio")


def said_by(of: Consultation, actor: Actor) -> list[Post]:
    """What this participant said there, in order, with the keys of the words at hand."""
    found = list(
        Post.objects.filter(consultation=of, author_key=actor.key)
        .select_related("consultation__committee", "consultation__studio")
        .prefetch_related("suggestions")
        .order_by("id")
    )
    with_keys([*found, *(item for post in found for item in post.suggestions.all())])
    return found


def place_of(of: Consultation, code: str) -> int:
    """Where a page of posts goes on: the pk of the last one shown, 0 for a code that is none."""
    return Post.objects.filter(consultation=of, code=code).values_list("pk", flat=True).first() or 0


def post(code: str, *, actor: Actor) -> Post:
    """Unseen if there is none, or none for this actor."""
    found = _post(code)
    if not may_see_post(actor, found):
        raise Unseen(code)
    return found


_post = ByCode(lambda: _posts())


def may_see_post(actor: Actor, found: Post) -> bool:
    if not found.consultation.public:
        return False
    if found.shown or found.author_key == actor.key or rules.looks_over(actor, found.consultation):
        return True
    return review_rules.above(actor, found)


def lock_post(code: str, *, by: Actor) -> Post:
    found = post(code, actor=by)
    return _posts().select_for_update(of=("self",)).get(pk=found.pk)


def locked_posts() -> QuerySet[Post]:
    """Posts for the house itself, locked until the transaction ends."""
    return _posts().select_for_update(of=("self",))


def waiting_review(actor: Actor, review: str = Review.WAITING) -> QuerySet[Post]:
    """Posts that wait to be looked at by this actor (or stand in another state of the review), oldest first;
    never their own, and no appeal against their own word."""
    mine = Q(consultation__committee__path__in=actor.paths(Role.OFFICER)) | Q(
        consultation__studio__code__in=actor.studios(*rules.HOSTS)
    )
    rest = _posts().filter(mine, review=review).exclude(author_key=actor.key).order_by("id")
    return rest.exclude(withheld_by=actor.key) if review == Review.APPEALED else rest


def appealed_from_below(actor: Actor) -> QuerySet[Post]:
    """Appeals that nobody else could decide where they arose, or that lie there past their day, oldest
    first."""
    return _posts().filter(review.appealed_to(actor)).exclude(author_key=actor.key).order_by("id")


def reported(actor: Actor) -> QuerySet[Post]:
    """Shown posts of which readers reported a problem, for this actor to look at again, oldest first."""
    return waiting_review(actor, Review.SHOWN).filter(code__in=review.reported("post"))


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


# ── Files and search ───────────────────────────────────────────────────────────────────────────────────


def may_see_files(actors: Sequence[Actor], code: str) -> bool:
    """The leader's paper: whoever sees the topic."""
    return any(visible_to(actor).filter(code=code).exists() for actor in actors)


def may_see_progress_files(actors: Sequence[Actor], code: str) -> bool:
    """Evidence of progress is public, like the recommendation."""
    return Progress.objects.filter(code=code).exists()


def text_of(row: Consultation) -> str:
    return f"{row.title}\n{row.question}"


def findable() -> Iterator[Row]:
    """What search indexes: consultations that everybody sees."""
    rows = Consultation.objects.filter(state__in=PUBLIC).select_related("committee").order_by("pk")
    for row in rows.iterator():
        yield Row(row.pk, text_of(row), row.committee_path)
