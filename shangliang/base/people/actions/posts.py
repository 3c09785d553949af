"""What changes accounts, posts and sessions."""

from datetime import date

from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ... import clock
from ...journal.record import record
from ...places import queries as places
from ...places.models import Committee, Sector
from .. import rules
from ..actor import Actor
from ..models import Person, Post, Role


@transaction.atomic
def open_account(
    username: str, name: str, *, password: str | None, email: str = "", title: str = ""
) -> Person:
    """An account for somebody who will hold a post; without a password they cannot sign in yet.

    ValidationError if the sign-in name or the e-mail address is another account's."""
    if Person.objects.filter(username=username).exists():
        raise ValidationError(_("登录名「%(name)s」已经有人用了，换一个。"), params={"name": username})
    if email and Person.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("这个邮箱是别的账号的。换一个，或者不填。")})
    return Person.objects.create_user(username, password, name=name, email=email, title=title)


@transaction.atomic
def grant(
    person: Person,
    role: str,
    *,
    committee: Committee,
    by: str,
    studio: str = "",
    department: str = "",
    sector: Sector | None = None,
    since: date | None = None,
    until: date | None = None,
    act: str = "post_granted",
) -> Post:
    """Give a post for a term and write it in the journal under `act`; a post held already is given back
    unchanged."""
    since = since or clock.today()
    held = Post.objects.filter(
        holder=person, role=role, committee=committee, studio=studio, department=department, until=None
    ).first()
    if held:
        return held
    post = Post(
        holder=person, role=role, committee=committee, studio=studio, department=department,
        sector=sector, since=since, until=until,
    )  # fmt: skip
    post.full_clean(validate_unique=False)
    post.save()
    facts = {"role": role, "person": person.key, "since": since.isoformat(), "department": department}
    if until:
        facts["until"] = until.isoformat()
    record(act, subject=person.subject, committee=committee.path, studio=studio, by=by, facts=facts)
    return post


@transaction.atomic
def end_post(post: Post, *, by: str, on: date | None = None, act: str = "post_ended") -> Post:
    """End a post on a day (today); the row and its term stay. Unless the day is still to come, what the
    post allowed ends at once, and with it every session of its holder."""
    post.until = on or clock.today()
    if post.until <= clock.today():
        post.ended_at = clock.now()
        end_sessions(post.holder)
    post.lives_in = ""
    post.full_clean(validate_unique=False)
    post.save(update_fields=["until", "ended_at", "lives_in"])
    facts = {"role": post.role, "person": post.holder.key, "department": post.department}
    record(
        act,
        subject=post.holder.subject,
        committee=post.committee.path,
        studio=post.studio,
        by=by,
        facts=facts,
    )
    return post


@transaction.atomic
def take_back(number: int, *, by: Actor) -> Post:
    """An officer ends a post that officers grant. Posts in a studio end there, operators' on the server."""
    post = _running(number)
    if post.holder.key == by.key or not (
        rules.appoints(by, post.committee.path) and post.role in rules.GRANTED
    ):
        raise PermissionDenied
    return end_post(post, by=by.key)


@transaction.atomic
def note_home(number: int, *, by: Actor, home: str, agreed: bool) -> Post:
    """An officer notes in which county below their committee (`home`, its code; "" for none) a member lives,
    so that its office finds them a studio near home. The journal tells that it was noted, not where: what
    somebody agreed to can be taken back.

    ValidationError without the member's word (`agreed`), for another post, or for no county of theirs."""
    post = _running(number)
    if not rules.appoints(by, post.committee.path):
        raise PermissionDenied
    if post.role != Role.MEMBER or not (home == "" or places.counties(post.committee).filter(code=home)):
        raise ValidationError({"home": _("只记委员住在下面的哪个县，从单子里选。")})
    if home and not agreed:
        raise ValidationError({"agreed": _("先问过本人，同意了再记。")})
    post.lives_in = home
    post.save(update_fields=["lives_in"])
    facts = {"person": post.holder.key}
    record("home_noted", subject=post.holder.subject, committee=post.committee.path, by=by.key, facts=facts)
    return post


def _running(number: int) -> Post:
    running = Post.objects.filter(Q(until=None) | Q(until__gte=clock.today()), ended_at=None)
    post = running.select_related("holder", "committee").filter(pk=number).first()
    if post is None:
        raise ValidationError(_("这个职务已经结束了。"))
    return post


def end_sessions(person: Person) -> None:
    """Sign somebody out everywhere, at once."""
    Person.objects.filter(pk=person.pk).update(generation=F("generation") + 1)


def end_session(person: Person, number: int) -> None:
    """End one of one's own sessions; one that is over already stays over."""
    for session in UserSession.objects.filter(user=person, pk=number):
        session.end()
