"""An e-mail address is left, confirmed from the mail, and taken back: without an account."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours, Unseen
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person
from shangliang.base.people.personal import keyring, privacy
from shangliang.base.people.personal.fields import draw_key
from shangliang.base.search.tokens import asked as terms
from shangliang.flow.voices import queries as voices

from .. import queries, tokens
from ..channels import EMAIL
from ..models import How, Letter, LetterState, Mailbox, Subscriber, Subscription, Telling, What, Wish

HOWS = (How.AT_ONCE, How.DAILY, How.WEEKLY)
MOST = 20  # subscriptions of one address


@transaction.atomic
def ask_subscription(*, email: str, kind: str, what: str, how: str, wanted: bool = True) -> None:
    """Keep what was asked for and send the link that confirms it. Whether the address is known changes
    nothing that is answered. `wanted` False: as if, but nothing is kept or sent (too often).

    ValidationError for what is no address or no word; Unseen for what is not public."""
    email, what = _address(email), _meant(kind, what)
    if how not in HOWS:
        raise ValidationError({"how": _("选一下多久一封。")})
    if not wanted:
        return
    one = queries.by_address(email)
    if one is None:
        one = Subscriber(email=email, email_blind=queries.blind(email), language=_language(), how=how)
        draw_key(one)  # commits by itself, before the row that needs it
        one.save(force_insert=True)
    if one.subscriptions.count() >= MOST and not one.subscriptions.filter(kind=kind, what=what).exists():
        return
    row, new = Subscription.objects.get_or_create(
        subscriber=one, kind=kind, what=what,
        defaults={"agreed": privacy.consent("subscribe").mark, "asked_at": clock.now()},
    )  # fmt: skip
    if not new and row.confirmed_at is None:
        row.asked_at = clock.now()
        row.save(update_fields=["asked_at"])
    _write_to(f"subscription:{row.code}")


def _meant(kind: str, what: str) -> str:
    if kind == What.WORD:
        word = what.strip()
        if not 2 <= len(word) <= 20 or not terms(word):
            raise ValidationError({"word": _("写两个字以上、二十个字以内的词，像「路灯」。")})
        return word
    return queries.asked(kind, what).what


def _address(email: str) -> str:
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError({"email": _("这个邮箱看着不对，查一下。")}) from None
    if len(email) > 200 or not email.isascii():
        raise ValidationError({"email": _("这个邮箱看着不对，查一下。")})
    return email


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh-hans"


def _write_to(receiver: str) -> None:
    """The link that confirms, at once whatever the hour: they asked for it. One that waits is enough."""
    waiting = Letter.objects.filter(receiver=receiver, state=LetterState.WAITING)
    if not waiting.exists():
        Letter.objects.create(
            receiver=receiver, channel=EMAIL, purpose=Letter.Purpose.CONFIRM, next_at=clock.now(),
            made_at=clock.now(), items=1,
        )  # fmt: skip


@transaction.atomic
def ask_mailbox(author: Actor, *, email: str, how: str) -> Mailbox:
    """The author of a voice leaves an address, in place of one left before. Nothing is sent there before it
    is confirmed from the mail: a slip of the pen tells nobody of their matter."""
    voice = voices.lock(author.subject.removeprefix("voice:"), author)
    if voice.person != author.key:
        raise NotYours(_("留邮箱，由本人用查询码办理。"))
    email = _address(email)
    if how not in HOWS:
        raise ValidationError({"how": _("选一下多久一封。")})
    Mailbox.objects.filter(voice=voice.code).delete()
    box = Mailbox(
        voice=voice.code, person=voice.person, email=email, how=how, language=_language(),
        agreed=privacy.consent("mailbox").mark, asked_at=clock.now(),
    )  # fmt: skip
    box.save(force_insert=True)
    _write_to(f"mailbox:{box.code}")
    return box


@transaction.atomic
def drop_mailbox(author: Actor) -> None:
    """The address goes."""
    Mailbox.objects.filter(voice=author.subject.removeprefix("voice:"), person=author.key).delete()


@transaction.atomic
def confirm(token: str) -> str:
    """What the link stands for begins; its words. A second time changes nothing. Unseen for a link that is
    none or too old."""
    words, row = queries.pending(token)
    if row.confirmed_at is None:
        row.confirmed_at = clock.now()
        row.save(update_fields=["confirmed_at"])
    return words


@transaction.atomic
def set_how(token: str, how: str) -> None:
    """How often mails come. ValidationError for what is none."""
    one = queries.subscriber(token)
    if how not in HOWS:
        raise ValidationError({"how": _("选一下多久一封。")})
    Subscriber.objects.filter(pk=one.pk).update(how=how)


@transaction.atomic
def drop_subscription(token: str, code: str) -> None:
    """One of the list goes; the last one takes the address with it. Gone already is no error."""
    one = queries.subscriber(token)
    one.subscriptions.filter(code=code).delete()
    _let_go([one])


@transaction.atomic
def stop(token: str) -> None:
    """The one step of every mail: nothing more is sent to this receiver. Again changes nothing; Unseen for a
    link that is none."""
    kind, _colon, code = tokens.owned(token).partition(":")
    if kind == "subscriber":
        for one in Subscriber.objects.filter(code=code):
            one.subscriptions.all().delete()
            _let_go([one])
    elif kind == "author":
        Mailbox.objects.filter(voice=code).delete()
    elif kind == "person" and Person.objects.filter(key=code).exists():
        Wish.objects.filter(person=code).update(how={})
    else:
        raise Unseen("off")


def _let_go(those: list[Subscriber]) -> None:
    """Who has no subscription left is forgotten: the row, what was to be sent, and the key."""
    gone = [one for one in those if not one.subscriptions.exists()]
    receivers = [f"subscriber:{one.code}" for one in gone]
    Telling.objects.filter(receiver__in=receivers, letter=None).delete()
    Subscriber.objects.filter(pk__in=[one.pk for one in gone]).delete()
    people = [one.person for one in gone]
    transaction.on_commit(lambda: keyring.destroy(people))


@transaction.atomic
def sweep_unconfirmed(rows: QuerySet[Subscription]) -> int:
    """A chore: what nobody confirmed in time goes, with an address that is left without any. How many."""
    found = list(rows.select_related("subscriber"))
    Subscription.objects.filter(pk__in=[row.pk for row in found]).delete()
    _let_go(list({row.subscriber_id: row.subscriber for row in found}.values()))
    return len(found)
