"""What a resident or a guest said in consultations goes when they ask for it; their pieces stay counted."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base.charts.errors import NotYours
from shangliang.base.people import actions as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Erasure
from shangliang.base.people.personal.fields import GONE
from shangliang.base.people.personal.holders import Left, Trace
from shangliang.base.review.models import Review

from .. import queries, rules
from ..models import Participant, Post, Suggestion

RESIDENTS = (Participant.CODE, Participant.DOOR)  # a member's post was said in office


@transaction.atomic
def erase_guest(code: str, *, by: Actor) -> Erasure:
    """A guest has erased what they said in this consultation; their door code opens nothing more."""
    if not rules.is_guest(by, queries.consultation(code, actor=by)):
        raise NotYours(_("请用自己的参与码办理。"))
    return people.erase(by.key, way=Erasure.Way.CODE, by=by)


def forget(person: str) -> Left:
    """Everything that consultations hold of this pseudonym; see `people.holders`."""
    left = Left()
    posts = Post.objects.select_for_update(of=("self",)).select_related(
        "consultation__committee", "consultation__studio"
    )
    for post in posts.filter(author_key=person, participant__in=RESIDENTS).order_by("pk"):
        left.traces.append(Trace(post.subject, post.thread, post.committee_path, post.studio_code))
        post.words, post.public_words, post.withheld_detail = GONE, None, None
        post.appeal, post.appeal_answer = None, None
        if post.review != Review.SHOWN:
            post.review, post.withheld_reason = Review.NONE, ""
        post.review_version += 1
        post.save()
        Suggestion.objects.filter(post=post).update(words=GONE, public_words=None)
    return left


def own(person: str) -> dict[str, Iterable[Any]]:
    """The rows behind `forget`: for the copy that a resident takes."""
    posts = Post.objects.filter(author_key=person, participant__in=RESIDENTS).order_by("pk")
    items = Suggestion.objects.filter(post__in=posts).select_related("post").order_by("pk")
    return {"consultations.Post": posts, "consultations.Suggestion": items}
