"""How somebody comes to an account and into it: links used once, second factors, closing."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ... import clock
from ...journal.record import record
from ...places.models import Committee, Sector
from .. import links, queries, rules
from ..actor import Actor
from ..models import Invitation, Person, Post
from .posts import end_post, end_sessions, grant, open_account

Address = Callable[[str], str]
LINK_DAYS = 7
APART_DAYS = 7  # between a link and a reset of the second factor by one and the same officer


@transaction.atomic
def invite(
    committee: Committee,
    role: str,
    username: str,
    name: str,
    *,
    by: Actor,
    form_key: str,
    address: Address = str,
    email: str = "",
    title: str = "",
    department: str = "",
    sector: Sector | None = None,
) -> tuple[Post, str]:
    """Give somebody a post; the code of the link by which they set their password, or "" when they have an
    account already (known by sign-in name and name together) with a password, or one that others keep too.
    `address` makes the link of a code, to be mailed.

    PermissionDenied for who appoints nobody here; ValidationError for a sign-in name or an e-mail address
    that is another's, and for a closed account."""
    if not (by.kind == "clock" or (rules.appoints(by, committee.path) and role in rules.GRANTED)):
        raise PermissionDenied
    known = Person.objects.filter(username=username).first()
    if known and known.name != name:
        raise ValidationError(
            {"username": _("这个登录名有人在用。换一个；要是就是这位，姓名要和账号上的一字不差。")}
        )
    if known and not known.is_active:
        raise ValidationError({"username": _("这个账号停用了，先恢复，再发链接。")})
    person = known or open_account(username, name, password=None, email=email, title=title)
    post = grant(person, role, committee=committee, department=department, sector=sector, by=by.key)
    kept = rules.keeps_account(by, person.key, queries.posted_at(person))
    if known and (known.has_usable_password() or not kept):
        return post, ""
    return post, _new_link(person, form_key, address, by=by, post=post)


@transaction.atomic
def send_link(person: Person, *, by: Actor, form_key: str, address: Address = str) -> str:
    """The code of a new link for somebody who lost theirs, or their password; the link before is void.

    PermissionDenied for who does not keep this account; ValidationError if the account is closed, or if the
    same officer has just taken its second factor away."""
    _keeps(person, by)
    if not person.is_active:
        raise ValidationError(_("这个账号停用了，先恢复，再发链接。"))
    first = Post.objects.filter(holder=person, until=None).order_by("pk").first()
    post = None if person.has_usable_password() else first
    return _new_link(person, form_key, address, by=by, post=post)


def _new_link(person: Person, form_key: str, address: Address, *, by: Actor, post: Post | None) -> str:
    if queries.reset_by(person, by.key, since=clock.now() - timedelta(days=APART_DAYS)):
        raise ValidationError(_("这位的两步验证刚由您重设过。链接和验证不能出自一个人的手，请别的干部来发。"))
    now, code = clock.now(), links.make(form_key)
    Person.objects.select_for_update().get(pk=person.pk)  # two officers at once: one after the other
    void_links(person)
    until = now + timedelta(days=LINK_DAYS)
    Invitation.objects.create(
        person=person, post=post, digest=links.digest(code), by=by.key, made_at=now, until=until
    )
    transaction.on_commit(partial(links.mail, person, address(code), f"{clock.local(until):%Y-%m-%d %H:%M}"))
    _account_act("account_invited", person, by=by.key, until=until.isoformat())
    return code


def void_links(person: Person) -> None:
    """No link that is open opens this account any longer."""
    Invitation.objects.filter(person=person, used_at=None, ended_at=None).update(ended_at=clock.now())


@transaction.atomic
def withdraw(person: Person, *, by: Actor) -> None:
    """Make the open link void. Who never came in by it loses the post it was made for."""
    _keeps(person, by)
    open_one = Invitation.objects.filter(person=person, used_at=None, ended_at=None).first()
    if open_one is None:
        raise ValidationError(_("没有还能用的链接。"))
    open_one.ended_at = clock.now()
    open_one.save(update_fields=["ended_at"])
    _account_act("invitation_withdrawn", person, by=by.key)
    if open_one.post and open_one.post.ended_at is None and open_one.person.last_login is None:
        end_post(open_one.post, by=by.key)


@transaction.atomic
def use_link(code: str, password: str) -> Person | None:
    """Set the password by a link, which is spent by it; every session ends. None for a link that does not
    hold, whatever the reason; ValidationError for a weak password, which spends nothing."""
    found = queries.open_link(code)
    if found is None:
        return None
    validate_password(password, found.person)
    spent = Invitation.objects.filter(pk=found.pk, used_at=None, ended_at=None)
    if not spent.update(used_at=clock.now()):
        return None
    person = found.person
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person)
    _account_act("account_opened", person, by=person.key)
    return person


@transaction.atomic
def close_account(person: Person, *, by: Actor) -> None:
    """Nobody signs in with this account, from now on; its posts and all it did stay."""
    _keeps(person, by)
    _switch(person, active=False)
    void_links(person)
    end_sessions(person)
    _account_act("account_closed", person, by=by.key)


@transaction.atomic
def reopen_account(person: Person, *, by: Actor) -> None:
    """ValidationError for an erased account: nobody is left whose it would be."""
    _keeps(person, by)
    if queries.erased(person):
        raise ValidationError(_("这个账号注销了，恢复不了。"))
    _switch(person, active=True)
    _account_act("account_reopened", person, by=by.key)


def _switch(person: Person, *, active: bool) -> None:
    """ValidationError if somebody has just done it."""
    if not Person.objects.filter(pk=person.pk, is_active=not active).update(is_active=active):
        raise ValidationError(_("这个账号已经是这样了。"))
    person.is_active = active


def note_second_factor(person: Person) -> None:
    """Write down that somebody set up a second factor of their own."""
    with transaction.atomic():
        _account_act("second_factor_set", person, by=person.key)


def set_keys(person: Person, *, on: bool) -> None:
    """Whether single letters are keys at the desk: one's own choice, wherever one signs in. No act: nothing
    happens to anything by it."""
    person.by_keys = on
    person.save(update_fields=["by_keys"])


@transaction.atomic
def reset_second_factor(person: Person, *, by: Actor) -> None:
    """Take a lost second factor away: at the next sign-in a new one is set up. Never by the one who sent
    this person a link in these days: together the two are a way into somebody else's account."""
    _keeps(person, by)
    since = clock.now() - timedelta(days=APART_DAYS)
    if Invitation.objects.filter(person=person, by=by.key, made_at__gte=since).exclude(by="clock").exists():
        raise ValidationError(
            _("这位最近的登录链接是您发的。链接和验证不能出自一个人的手，请别的干部来重设。")
        )
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise ValidationError(_("这位还没有设两步验证。"))
    end_sessions(person)
    _account_act("second_factor_reset", person, by=by.key)


def _keeps(person: Person, by: Actor) -> None:
    if not rules.keeps_account(by, person.key, queries.posted_at(person)):
        raise PermissionDenied


def _account_act(name: str, person: Person, *, by: str, **facts: str) -> None:
    at = sorted(queries.posted_at(person))
    record(
        name,
        subject=person.subject,
        committee=at[0] if at else "",
        by=by,
        facts={"person": person.key, **facts},
    )
