"""What changes accounts and posts, and the logged look at a contact."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .. import clock
from ..journal.record import record
from ..places.models import Committee, Sector
from .actor import Actor
from .models import Look, Person, Post


@transaction.atomic
def open_account(
    username: str, name: str, *, password: str | None, email: str = "", title: str = ""
) -> Person:
    """An account for somebody who will hold a post; without a password they cannot sign in yet.

    ValidationError if the sign-in name is taken."""
    if Person.objects.filter(username=username).exists():
        raise ValidationError(_("登录名「%(name)s」已经有人用了，换一个。"), params={"name": username})
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
    """End a post: today means now, so that the next click finds it gone; a later day, with that day's
    evening. The row and its term stay."""
    post.until = on or clock.today()
    post.over = post.until <= clock.today()
    post.full_clean(validate_unique=False)
    post.save(update_fields=["until", "over"])
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
def reveal(
    subject: str, *, by: Actor, reason: str, committee: str, thread: str = "", studio: str = ""
) -> None:
    """Log a look at a contact, before it is shown. The caller has asked the owner's rule. ValidationError
    without a reason."""
    reason = reason.strip()
    if len(reason) < 2:
        raise ValidationError(_("请写明为什么要看，留言人以后看得到。"))
    Look.objects.create(subject=subject, by=by.key, at=clock.now(), reason=reason[:200])
    record("contact_revealed", subject=subject, thread=thread, committee=committee, studio=studio, by=by.key)
