"""What is asked of people."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404

from .. import clock
from ..journal.queries import acts_about
from ..places.queries import below
from ..prepared import Prepared
from . import links, rules
from .actor import Actor, Held
from .models import Erasure, Invitation, Look, Person, Post, Role


def held_on(day: date) -> Q:
    """Posts held when the day ends; today: now."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day) | Q(until=day, ended_at=None))


def actor_of(person: Person) -> Actor:
    """The person with the posts held today, and not taken back today: one query, on every page of staff.

    A person has few posts: to look at their days here is quicker than to have the question put together."""
    today, posts = clock.today(), _posts_of(holder=person.pk)
    held = tuple(
        Held(*post) for *post, since, until in posts if since <= today and (until is None or today <= until)
    )
    return Actor(key=person.key, kind="person", name=person.name, posts=held)


@Prepared
def _posts_of(holder: int) -> QuerySet[Post, tuple[Any, ...]]:
    found = Post.objects.filter(holder_id=holder, ended_at=None).order_by("pk")
    return found.values_list("role", "committee__path", "studio", "department", "since", "until")


def names(keys: Iterable[str]) -> dict[str, str]:
    """Pseudonym → name, for a page full of acts, in one query. Residents' pseudonyms are in no table: they
    stay out."""
    asked = set(keys)
    return dict(_names(keys=tuple(asked))) if asked else {}


@Prepared
def _names(*, keys: tuple[str, ...]) -> QuerySet[Person, tuple[str, str]]:
    return Person.objects.filter(key__in=keys).values_list("key", "name")


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


def seats(looks: Iterable[Look]) -> dict[str, Post]:
    """Pseudonym of who looked → the post that they held then: it says from which office, not who."""
    found: dict[str, Post] = {}
    days = {look.by: clock.local_day(look.at) for look in looks}
    for post in (
        Post.objects.filter(holder__key__in=days).select_related("holder", "committee").order_by("pk")
    ):
        if post.holds_on(days[post.holder.key]) and post.role != Role.MEMBER:
            found.setdefault(post.holder.key, post)
    return found


def looks(subject: str) -> QuerySet[Look]:
    """Who looked at a contact, newest first."""
    return Look.objects.filter(subject=subject).order_by("-at", "-pk")


def let_go(person: str) -> bool:
    """Whether this pseudonym's words were erased on request."""
    return Erasure.objects.filter(person=person).exists()


# ── Accounts ──
def signs_in_as(said: str) -> Person | None:
    """Whose sign-in name or, with an @ in it, whose work address this is; None if it is that of two."""
    found = Person.objects.filter(**({"email__iexact": said} if "@" in said else {"username": said}))[:2]
    return found[0] if len(found) == 1 else None


def posted_at(person: Person) -> set[str]:
    """Paths of the committees at which somebody holds a post or will; once held one, if none is left."""
    posts = Post.objects.filter(holder=person).select_related("committee")
    held = [p for p in posts if p.ended_at is None and (p.until is None or p.until >= clock.today())]
    return {p.committee.path for p in held or posts}


def of_office(path: str) -> list[Post]:
    """The posts that a committee granted and that are not over, by name."""
    today = clock.today()
    posts = Post.objects.filter(Q(until=None) | Q(until__gte=today), committee__path=path, ended_at=None)
    return list(
        posts.select_related("holder", "committee", "sector").order_by("holder__name", "holder", "pk")
    )


def closed_at(path: str) -> list[Person]:
    """Closed accounts of those who hold, or last held, a post at a committee; the erased stay out."""
    people = Person.objects.filter(is_active=False, posts__committee__path=path).distinct()
    return list(people.exclude(key__in=Erasure.objects.values("person")).order_by("name", "pk"))


def erased(person: Person) -> bool:
    """Whether the account was erased: nothing opens it again."""
    return Erasure.objects.filter(person=person.key).exists()


def open_invitations(people: Iterable[Person]) -> dict[int, Invitation]:
    """Person's id → the link that was sent and neither used nor withdrawn, even if its days have passed."""
    found = Invitation.objects.filter(person__in=list(people), used_at=None, ended_at=None)
    return {one.person_id: one for one in found}


def with_second_factor(people: Iterable[Person]) -> set[int]:
    """Ids of those of these people who have set up a second factor."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found = Authenticator.objects.filter(user__in=list(people), type__in=kinds)
    return set(found.values_list("user", flat=True))


def second_factors(person: Person) -> int:
    """How many authenticators and passkeys somebody has; recovery codes are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return int(Authenticator.objects.filter(user=person, type__in=kinds).count())


def may_go(factor: Authenticator) -> bool:
    """Whether a second factor may be taken away by its owner: of staff's, one always stays."""
    person = factor.user
    obliged = settings.SECOND_FACTOR_OBLIGATORY and rules.needs_second_factor(actor_of(person))
    return not obliged or second_factors(person) > 1


def account(key: str, actor: Actor) -> Person:
    """The account of somebody whose posts this officer keeps. Http404 for any other."""
    found = Person.objects.filter(key=key).first()
    if found is None or not any(rules.appoints(actor, path) for path in posted_at(found)):
        raise Http404(key)
    return found


def vouched_for(named: str) -> Person | None:
    """The one active account that the office's sign-in names: by e-mail address or by sign-in name, as
    settings say. None if it is linked to somebody else there already."""
    how = {"email__iexact": named} if settings.OIDC_CLAIM == "email" else {"username": named}
    found = list(Person.objects.filter(**how, is_active=True)[:2]) if named else []
    if len(found) != 1 or SocialAccount.objects.filter(user=found[0]).exists():
        return None
    return found[0]


def open_link(code: str) -> Invitation | None:
    """The invitation that this code opens now; None if it was used, withdrawn, replaced, is too old, or if
    the account was closed or the post it was made for has ended."""
    found = (
        Invitation.objects.filter(
            digest=links.digest(code), used_at=None, ended_at=None, until__gt=clock.now()
        )
        .filter(
            Q(post=None) | Q(post__ended_at=None) & (Q(post__until=None) | Q(post__until__gte=clock.today()))
        )
        .select_related("person", "post__committee")
    )
    return found.filter(person__is_active=True).first()


def reset_by(person: Person, by: str, *, since: datetime) -> bool:
    """Whether this officer has taken the person's second factor away since a moment."""
    acts = acts_about([person.subject]).filter(name="second_factor_reset", by=by, at__gte=since)
    return by != "clock" and acts.exists()


def sessions(person: Person) -> list[UserSession]:
    """Where somebody is signed in, the newest first."""
    alive = (
        one for one in UserSession.objects.filter(user=person).order_by("-created_at") if _alive(one, person)
    )
    return list(alive)


def _alive(session: UserSession, person: Person) -> bool:
    """Without writing: allauth's own list clears away as it reads."""
    kept = session._session_store(session.session_key)
    return bool(kept.get("_auth_user_hash") == person.get_session_auth_hash())
