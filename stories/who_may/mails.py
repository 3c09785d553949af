"""What mails lead to: a subscriber with a list, one that is not confirmed, and what did not arrive."""

from types import SimpleNamespace

from shangliang.base import clock
from shangliang.ledgers.notices import queries, tokens
from shangliang.ledgers.notices.models import Letter, Recorded, Subscriber, Subscription


def laid_down(world: SimpleNamespace) -> dict[str, SimpleNamespace]:
    """The names that addresses are made from; each is the token of a mail's link."""
    now, name = clock.now(), f"reader{world.county.code}@example.org"
    one = Subscriber.objects.create(email=name, email_blind=queries.blind(name))
    said = {"subscriber": one, "kind": "word", "agreed": "2026-11", "asked_at": now}
    Subscription.objects.create(what="路灯", confirmed_at=now, **said)
    new = Subscription.objects.create(what="水渠", **said)
    letter = Letter.objects.create(
        receiver=f"author:{world.voice.code}", channel="sms", committee=world.county.path, state="failed",
        next_at=now, made_at=now, ended_at=now, mask="138 **** 5678", fault="recipient", tries=1, items=1,
    )  # fmt: skip
    Recorded.objects.create(
        letter=letter, channel="sms", to="138 **** 5678", at=now, words="【商量】有了答复。"
    )
    return {
        "mail_list": SimpleNamespace(code=tokens.owning(f"subscriber:{one.code}")),
        "mail_confirm": SimpleNamespace(code=tokens.confirming(f"subscription:{new.code}")),
    }  # fmt: skip
