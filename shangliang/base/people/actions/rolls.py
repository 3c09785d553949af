"""Many members at once, from a list that its owner has looked through."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from ... import clock
from ...journal.record import Told, record_all
from ...places.models import Committee, Sector
from ..actor import Actor
from ..models import Person, Post, Role

BATCH = 1000


@dataclass(frozen=True)
class Newcomer:
    """A line of the list. `person`: whose account it is, None where one is to be opened; `member`: whether a
    member's post is to be given; `studio`: the code of the studio to be stationed in, or ""."""

    name: str
    username: str
    title: str = ""
    sector: Sector | None = None
    person: Person | None = None
    member: bool = True
    studio: str = ""


@transaction.atomic
def enter_all(lines: Sequence[Newcomer], *, committee: Committee, by: Actor) -> None:
    """Open the accounts, give the posts, write an act for each post. The caller has asked the rule and looked
    for what is there already. A new account has no password: its owner gets a link."""
    people = _accounts(lines)
    posts = list(_posts(lines, people, committee))
    Post.objects.bulk_create(posts, batch_size=BATCH)
    record_all((_told(post, committee) for post in posts), by=by)


def _accounts(lines: Sequence[Newcomer]) -> dict[str, Person]:
    """Sign-in name → account, the new ones kept."""
    people = {one.username: one.person for one in lines if one.person}
    fresh: dict[str, Person] = {}
    for one in lines:
        if one.username not in people and one.username not in fresh:
            none = UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)  # as make_password, in one draw
            fresh[one.username] = Person(username=one.username, name=one.name, title=one.title, password=none)
    Person.objects.bulk_create(fresh.values(), batch_size=BATCH)
    return people | fresh


def _posts(lines: Sequence[Newcomer], people: dict[str, Person], committee: Committee) -> Iterator[Post]:
    today = clock.today()
    for one in lines:
        holder = people[one.username]
        if one.member:
            yield Post(holder=holder, role=Role.MEMBER, committee=committee, sector=one.sector, since=today)
        if one.studio:
            yield Post(
                holder=holder, role=Role.STATIONED, committee=committee, studio=one.studio, since=today
            )


def _told(post: Post, committee: Committee) -> Told:
    facts = {
        "role": str(post.role),
        "person": post.holder.key,
        "since": post.since.isoformat(),
        "department": "",
    }
    name = "member_stationed" if post.studio else "post_granted"
    return Told(name, post.holder.subject, committee.path, studio=post.studio, facts=facts)
