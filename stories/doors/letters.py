"""Every mail that the house sends of marked things, as bytes on their way to a server."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.core import mail
from django.test import override_settings

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people import links
from shangliang.base.people.models import Person
from shangliang.ledgers.notices import actions, things, timing
from shangliang.ledgers.notices.channels import EMAIL
from shangliang.ledgers.notices.letters import MOST
from shangliang.ledgers.notices.models import Letter, Mailbox, Notice, Subscriber, Subscription, Telling, Wish
from shangliang.ledgers.notices.table import KINDS, TELLS

PUBLIC = next(name for name, line in TELLS.items() if line.public)  # a subscriber is told of these alone


def sent(one: SimpleNamespace) -> Iterator[bytes]:
    """To the officer and to a subscriber of everything that there is, to the author who left an address, what
    asks to confirm, and the link to an account. Addresses are whole: a mark as one would stop its mail."""
    mail.outbox.clear()
    officer = one.world.officer.key
    Person.objects.filter(key=officer).update(email="officer@example.cn")
    Wish.objects.update_or_create(person=officer, defaults={"how": dict.fromkeys(KINDS, "at_once")})
    readers: list[Any] = [*Subscriber.objects.all(), *Mailbox.objects.all()]
    for reader in readers:
        reader.email = "reader@example.cn"
        reader.save(update_fields=["email"])
    with clock.at(clock.next_at_work(timing.OFFICE, clock.now())), override_settings(MAIL="smtp"):
        whole = [f"person:{officer}", *(f"subscriber:{row.code}" for row in Subscriber.objects.all())]
        for acts in _in_parts(_acts(one), MOST):
            _tell(acts, whole)
        for box in Mailbox.objects.all():
            _tell(_acts(one, f"voice:{box.voice}"), [f"author:{box.voice}"])
            _confirm(f"mailbox:{box.code}")
        for row in Subscription.objects.all():
            _confirm(f"subscription:{row.code}")
        actions.deliver()
        links.mail(Person.objects.get(key=officer), "https://sl.example.cn/link/", "明天")
    yield from (one.message().as_bytes() for one in mail.outbox)


def _acts(one: SimpleNamespace, *subjects: str) -> list[Act]:
    """One of each thing that a letter can name. Rows alone: no ledger counts what did not happen."""
    found = {str(getattr(row, "subject", "")): None for row in one.things.values()}
    about: dict[str, Any] = {"by": "somebody", "at": clock.now(), "committee": one.world.county.path}
    return [
        Act.objects.create(name=PUBLIC, subject=subject, **about)
        for subject in subjects or found
        if subject.partition(":")[0] in things.KINDS
    ]


def _tell(acts: list[Act], receivers: list[str]) -> None:
    about: dict[str, Any] = {"act": PUBLIC, "kind": TELLS[PUBLIC].kind, "by": "somebody"}
    Notice.objects.bulk_create(
        Notice(act_id=act.id, act_at=act.at, subject=act.subject, seat=receivers[0], **about) for act in acts
    )
    Telling.objects.bulk_create(
        Telling(act_id=act.id, receiver=to, channel=EMAIL, committee=act.committee, due_at=clock.now())
        for act in acts
        for to in receivers
    )
    actions.deliver()


def _confirm(receiver: str) -> None:
    Letter.objects.create(
        receiver=receiver, channel=EMAIL, purpose=Letter.Purpose.CONFIRM, next_at=clock.now(),
        made_at=clock.now(), items=1,
    )  # fmt: skip


def _in_parts(acts: list[Act], most: int) -> Iterator[list[Act]]:
    return (acts[start : start + most] for start in range(0, len(acts), most))
