"""What is asked of people."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from .. import clock
from ..places.queries import below
from .actor import Actor, Held
from .models import Look, Person, Post, Role


def held_on(day: date) -> Q:
    """Posts held when the day ends; today: now."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day) | Q(until=day, over=False))


def held_during(day: date) -> Q:
    """Posts held for a part of the day at least."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def actor_of(person: Person) -> Actor:
    """The person with the posts held today: one query, asked by every page of staff.

    A person has few posts: to look at their days here is quicker than to have the question put together."""
    today, posts = clock.today(), Post.objects.filter(holder=person, over=False).order_by("pk")
    found = posts.values_list("role", "committee__path", "studio", "department", "since", "until")
    held = tuple(
        Held(*post) for *post, since, until in found if since <= today and (until is None or today <= until)
    )
    return Actor(key=person.key, kind="person", name=person.name, posts=held)


def actor_called(username: str) -> Actor:
    """The actor behind a sign-in name. Person.DoesNotExist if there is none."""
    return actor_of(Person.objects.get(username=username))


def names(keys: Iterable[str]) -> dict[str, str]:
    """Pseudonym → name, for a page full of acts, in one query. Residents' pseudonyms are in no table: they
    stay out."""
    return dict(Person.objects.filter(key__in=set(keys)).values_list("key", "name"))


def person(key: str) -> Person | None:
    return Person.objects.filter(key=key).first()


def holders(*roles: str, studio: str = "", department: str = "", committee: str = "") -> QuerySet[Post]:
    """The posts of these roles held today at a studio, a department or a committee (a path), by name."""
    where = Q(role__in=roles)
    if studio:
        where &= Q(studio=studio)
    if department:
        where &= Q(department=department)
    if committee:
        where &= Q(committee__path=committee)
    return (
        Post.objects.filter(held_on(clock.today()), where).select_related("holder", "sector").order_by("pk")
    )


def members(path: str, day: date | None = None) -> QuerySet[Person]:
    """The distinct persons with a member's post at a committee or below it, on a day."""
    posts = Post.objects.filter(held_on(day or clock.today()), role=Role.MEMBER, **below(path))
    return Person.objects.filter(pk__in=posts.values("holder")).order_by("name", "pk")


def stationed(path: str, day: date | None = None) -> QuerySet[Person]:
    """The distinct members stationed in a studio of a committee or below it, on a day."""
    posts = Post.objects.filter(held_on(day or clock.today()), role=Role.STATIONED, **below(path))
    return Person.objects.filter(pk__in=posts.values("holder")).order_by("name", "pk")


def looks(subject: str) -> QuerySet[Look]:
    """Who looked at a contact, newest first."""
    return Look.objects.filter(subject=subject).order_by("-at", "-pk")
