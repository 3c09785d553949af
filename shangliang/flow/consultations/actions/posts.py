"""What people say, how it is looked over, and the codes by which a guest takes part."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.codes import CROCKFORD, keyed, meant, public_id
from shangliang.base.journal.record import record
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal.fields import with_keys
from shangliang.base.review import actions as review
from shangliang.base.review.models import Report, Review
from shangliang.base.review.states import CHART as REVIEW

from .. import queries, rules
from ..models import Consultation, DoorCode, Participant, Post, Suggestion
from ..states import CHART

SHORTEST, LONGEST = 4, 2000
MOST_SUGGESTIONS, LONGEST_SUGGESTION = 10, 500
CODE_LENGTH, MOST_CODES = 8, 100


@transaction.atomic
def leave_post(code: str, *, by: Actor, words: str, suggestions: Sequence[str] = ()) -> Post:
    """Say a piece, with itemised suggestions. It shows once it was looked over. NotNow after the last day.

    The consultation's version stays: a day of many posts must not make half-written minutes stale."""
    topic = queries.lock(code, by=by)
    CHART.check("post", topic, by=by, seen=None)
    if not topic.takes_posts_on(clock.today()):
        raise NotNow(_("这个题目说到 %(day)s 为止，已经过了。") % {"day": topic.last_day})
    said, items = words.strip(), [" ".join(item.split()) for item in suggestions if item.strip()]
    _fits(said, items)
    post = Post.objects.create(
        consultation=topic,
        words=said,
        author_key=by.key,
        participant=rules.participation(by, topic) or "",
        public=True,
        review=Review.WAITING,
        at=clock.now(),
    )
    first = queries.next_number(topic)
    numbered = enumerate(items, start=first)
    Suggestion.objects.bulk_create(
        with_keys(Suggestion(consultation=topic, post=post, number=n, words=item) for n, item in numbered)
    )
    _journal("post_left", post, by, suggestions=len(items), participant=str(post.participant))
    return post


@transaction.atomic
def show_post(code: str, *, by: Actor, seen: int | None, cover: Sequence[str] = ()) -> Post:
    """Show a post. The first showing counts its suggestions and, once a consultation, its author. `cover`:
    what of it and of its suggestions nobody may read; the first words stay as they are."""
    post = queries.lock_post(code, by=by)
    if cover:
        _cover(post, cover)
    facts = _facts_of_showing(post, by)
    shown: Post = review.show(post, by=by, seen=seen, covered=len(cover) or None, **facts)
    return shown


def _cover(post: Post, phrases: Sequence[str]) -> None:
    items = list(post.suggestions.all())
    said, *covered = review.cover([post.said, *(item.said for item in items)], phrases)
    if said != post.said:
        post.public_words = said
    for item, words in zip(items, covered, strict=True):
        if words != item.said:
            item.public_words = words
            item.save(update_fields=["public_words"])


def _facts_of_showing(post: Post, by: Actor) -> dict[str, Any]:
    queries.lock(post.consultation.code, by=by)  # two posts of one author shown at once count one person
    facts: dict[str, Any] = {
        "kind": "post",
        "suggestions": post.suggestions.count(),
        "participant_first": queries.first_of_participant(post),
        "participant": str(post.participant),
    }
    if post.participant == Participant.MEMBER:
        facts["member"] = post.author_key
    return facts


@transaction.atomic
def withhold_post(code: str, *, by: Actor, seen: int | None, reason: str, detail: str) -> Post:
    """Keep a post back for a listed reason. Its author sees which, and how to mend it."""
    post = queries.lock_post(code, by=by)
    held: Post = review.withhold(post, by=by, seen=seen, reason=reason, detail=detail, kind="post")
    return held


@transaction.atomic
def mend_post(
    code: str, *, by: Actor, seen: int | None, words: str, suggestions: Mapping[int, str] | None = None
) -> Post:
    """The author's new public wording of a post and of its suggestions (by number); it is looked at again
    before it shows. What was said first stays kept."""
    post = queries.lock_post(code, by=by)
    REVIEW.check("mend", post, by=by, seen=seen)
    for row in post.suggestions.all():
        mended = " ".join((suggestions or {}).get(row.number, row.said).split())
        if not 1 <= len(mended) <= LONGEST_SUGGESTION:
            raise ValidationError(_("每条建议 1 到 500 个字。"))
        if mended != row.said:
            row.public_words = mended
            row.save(update_fields=["public_words"])
    if len(words) > LONGEST:
        raise ValidationError({"words": _("最多 2,000 个字。")})
    if post.words:
        done: Post = review.mend(post, by=by, seen=seen, words=words, kind="post")
        return done
    review.lapse(post)
    return REVIEW.move("mend", post, by=by, seen=seen, kind="post")


@transaction.atomic
def appeal_post(code: str, *, by: Actor, seen: int | None, words: str) -> Post:
    """Its author does not agree that it is withheld: somebody else looks at it."""
    post: Post = review.appeal(queries.lock_post(code, by=by), by=by, seen=seen, words=words, kind="post")
    return post


@transaction.atomic
def uphold_post(code: str, *, by: Actor, seen: int | None) -> Post:
    """Decide an appeal for the author: it shows and counts as any other."""
    post = queries.lock_post(code, by=by)
    shown: Post = review.uphold(post, by=by, seen=seen, **_facts_of_showing(post, by))
    return shown


@transaction.atomic
def dismiss_post(code: str, *, by: Actor, seen: int | None, answer: str) -> Post:
    """Decide an appeal the other way, with a reason."""
    post: Post = review.dismiss(queries.lock_post(code, by=by), by=by, seen=seen, answer=answer, kind="post")
    return post


@transaction.atomic
def remind_of_appeals() -> int:
    """A chore: appeals that are to be answered today, and those that are late; each told once. How many."""
    return review.remind_of_appeals(queries.locked_posts(), kind="post")


@transaction.atomic
def report_post(code: str, *, by: Actor, reason: str, words: str = "") -> Report:
    """A reader says that a shown post has a problem: it is looked at again. Who it was is not kept."""
    return review.report(queries.lock_post(code, by=by), reason=reason, words=words)


@transaction.atomic
def keep_post(code: str, *, by: Actor, seen: int | None, known: int) -> Post:
    """Looked at again: it stays shown, and what readers reported is settled."""
    post = queries.lock_post(code, by=by)
    review.keep(post, by=by, seen=seen, known=known)
    return post


@transaction.atomic
def print_door_codes(code: str, *, by: Actor, number: int) -> list[str]:
    """Draw a batch of one-time codes for one consultation. They are told once and kept as hashes only."""
    topic = queries.lock(code, by=by)
    if not rules.hosts(by, topic):
        raise NotYours(_("参与码由主持的工作室或政协干部来印。"))
    if not topic.takes_posts_on(clock.today()):
        raise NotNow(_("这个题目现在不收发言，用不着参与码。"))
    if not 1 <= number <= MOST_CODES:
        raise ValidationError({"number": _("一次印 1 到 100 张。")})
    codes = [_draw() for _n in range(number)]
    DoorCode.objects.bulk_create(
        DoorCode(consultation=topic, digest=digest(topic, one), printed_on=clock.today()) for one in codes
    )
    record(
        "door_codes_printed",
        subject=topic.subject,
        thread=topic.thread,
        committee=topic.committee_path,
        studio=topic.studio_code,
        by=by,
        facts={"codes": number},
    )
    return codes


@transaction.atomic
def enter(topic: Consultation, written: str, form_key: str = "") -> str | None:
    """Use a door code: the pseudonym it stands for from now on, to be kept by this browser; None if the
    code is unknown or used. The same form sent twice gets the same one: the first answer may be lost."""
    key = _door(form_key)[:10] if form_key else public_id()
    found = DoorCode.objects.select_for_update().filter(
        consultation=topic, digest=digest(topic, meant(written))
    ).first()  # fmt: skip
    if found is None or found.used_by not in ("", key):
        return None
    if not found.used_by:
        found.used_by, found.used_at = key, clock.now()
        found.save(update_fields=["used_by", "used_at"])
    return key


def returning(topic: Consultation, written: str) -> str | None:
    """The pseudonym that a used door code stands for, for who holds the paper and another phone; None for a
    code that is unknown, was never used, or whose words were erased."""
    key = (
        DoorCode.objects.filter(consultation=topic, digest=digest(topic, meant(written)))
        .values_list("used_by", flat=True)
        .first()
    )
    return key if key and not people.let_go(key) else None


def digest(topic: Consultation, code: str) -> str:
    return _door(f"{topic.code}\0{code}")


def _door(text: str) -> str:
    return keyed(settings.CODE_KEY, "door", text).hex()


def _draw() -> str:
    return "".join(secrets.choice(CROCKFORD) for _n in range(CODE_LENGTH))


def _fits(said: str, items: Sequence[str]) -> None:
    if not said and not items:
        raise ValidationError({"words": _("写下您想说的，或者写一条建议。")})
    if said and len(said) < SHORTEST:
        raise ValidationError({"words": _("再多写几个字，四个字以上。")})
    if len(said) > LONGEST:
        raise ValidationError({"words": _("最多 2,000 个字，您写了 %(n)s 个。")}, params={"n": len(said)})
    if len(items) > MOST_SUGGESTIONS:
        raise ValidationError({"suggestions": _("一次最多 10 条建议，多的下一次再写。")})
    if any(len(item) > LONGEST_SUGGESTION for item in items):
        raise ValidationError({"suggestions": _("一条建议最多 500 个字，长的拆成几条。")})


def _journal(act: str, post: Post, by: Actor, **facts: object) -> None:
    record(
        act,
        subject=post.subject,
        thread=post.thread,
        committee=post.committee_path,
        studio=post.studio_code,
        by=by,
        facts=facts,
    )
