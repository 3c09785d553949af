"""The logged look at a contact, and letting go of what is kept of somebody."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ... import clock
from ...journal.record import record
from .. import threads
from ..actor import CLOCK, Actor
from ..models import Erasure, Look, Person, Post
from ..personal import erasures, holders, keyring, purge
from ..personal.fields import GONE
from ..queries import held_on
from .accounts import void_links
from .posts import end_post, end_sessions

NOBODY = "已注销"  # the name of an erased account


@transaction.atomic
def reveal(
    subject: str, *, person: str, by: Actor, reason: str, committee: str, thread: str = "", studio: str = ""
) -> None:
    """Log a look at the contact of `person`, before it is shown. The caller has asked the owner's rule.
    ValidationError without a reason."""
    reason = reason.strip()
    if len(reason) < 2:
        raise ValidationError(_("请写明为什么要看，留言人以后看得到。"))
    Look.objects.create(subject=subject, person=person, by=by.key, at=clock.now(), reason=reason[:200])
    record("contact_revealed", subject=subject, thread=thread, committee=committee, studio=studio, by=by.key)


@transaction.atomic
def erase(person: str, *, way: str, by: Actor, asked: datetime | None = None) -> Erasure:
    """Let go of everything that is kept of a resident, by their pseudonym: rows, index, files, open threads.
    The caller has asked the owner's rule. Once is enough; a second time finds nothing more.

    What remains is the key, and bytes of what was deleted: `finish_erasures` sees to them within a moment."""
    row, fresh = Erasure.objects.get_or_create(
        person=person, defaults={"way": way, "asked": asked or clock.now()}
    )
    left = _let_go(row)
    threads.close(person)
    Look.objects.filter(person=person).update(reason=GONE)
    threads_touched = {trace.thread: trace for trace in left.traces}  # each tells the pages that show it
    for trace in threads_touched.values() if fresh else ():
        record(
            "person_erased", subject=trace.subject, thread=trace.thread, committee=trace.committee,
            studio=trace.studio, by=by.key, facts={"way": str(way)},
        )  # fmt: skip
    transaction.on_commit(partial(caches["pages"].clear), robust=True)
    return row


def _let_go(row: Erasure) -> holders.Left:
    """All packages empty their rows of this person; files that are left go when the erasure is finished."""
    left = holders.forget(row.person)
    row.files, row.done = sorted({*row.files, *left.files}), None
    row.save(update_fields=["files", "done"])
    return left


@transaction.atomic
def erase_account(person: Person, *, by: Actor) -> Erasure:
    """Erase the account of somebody who no longer holds a post: name, sign-in name, address, title and every
    way to sign in go, and what lies under their own key, since that goes too. What they did in office stays
    under their pseudonym. ValidationError while a post is held."""
    held = list(Post.objects.filter(held_on(clock.today()), holder=person).select_related("committee"))
    if held:
        raise ValidationError(_("先结束这个人的职务，再注销账号。"))
    last = Post.objects.filter(holder=person).select_related("committee").order_by("pk").last()
    person.username, person.name, person.email, person.title = f"-{person.key}", NOBODY, "", ""
    person.is_active = False
    person.set_unusable_password()
    person.save()
    void_links(person)
    Post.objects.filter(holder=person).update(lives_in="")
    for ways_in in (Authenticator, SocialAccount, UserSession):
        ways_in.objects.filter(user=person).delete()
    end_sessions(person)
    row, fresh = Erasure.objects.get_or_create(
        person=person.key, defaults={"way": Erasure.Way.ACCOUNT, "asked": clock.now()}
    )
    if fresh:
        place = last.committee.path if last else ""
        record("account_erased", subject=person.subject, committee=place, by=by.key)
    _let_go(row)
    return row


def finish_erasures() -> int:
    """A chore: what follows after an erasure's transaction, each step repeatable: the list outside the
    database, the files' bytes, the keys, old pages and logs. How many are done; 0 too while somebody reads
    an old page: then again at the next round."""
    waiting = list(Erasure.objects.filter(done=None).order_by("pk"))
    if not waiting:
        return 0
    erasures.write(erasures.Listed(row.person, row.way, row.asked) for row in waiting)
    for code in {code for row in waiting for code in row.files}:
        holders.remove(code)
    keyring.destroy(row.person for row in waiting)
    caches["pages"].clear()
    if not purge.purge():
        return 0
    return Erasure.objects.filter(pk__in=[row.pk for row in waiting]).update(done=clock.now(), files=[])


def replay_erasures(listed: Iterable[erasures.Listed] | None = None) -> int:
    """Erase again, in a database restored from before the wish, whoever stands in the list (the file
    `settings.ERASURES` where none is given), before it is opened to anybody. How many were."""
    again, everybody = 0, list(erasures.read() if listed is None else listed)
    for one in everybody:
        if one.way == Erasure.Way.ACCOUNT:
            account = Person.objects.filter(key=one.person).exclude(username=f"-{one.person}").first()
            if account:
                _end_posts(account)
                erase_account(account, by=CLOCK)
                again += 1
        elif not Erasure.objects.filter(person=one.person).exclude(done=None).exists():
            erase(one.person, way=one.way, by=CLOCK, asked=one.asked)
            again += 1
    keyring.destroy(one.person for one in everybody)  # a keyring older than its main database has some still
    finish_erasures()
    return again


def _end_posts(person: Person) -> None:
    for post in Post.objects.filter(held_on(clock.today()), holder=person):
        end_post(post, by=CLOCK.key, on=max(post.since, clock.today() - timedelta(days=1)))
