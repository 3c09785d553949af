"""How something leaves the house: one small protocol, and which of its implementations is at work.

E-mail goes by Django. For SMS and WeChat none is shipped: each country house has its own provider. By default
they *record*: what would have been sent stands in a table, masked, and nothing leaves. Another is named in
the environment by its dotted path (`SMS_CHANNEL=ours.sms.Gateway`)."""

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string

from shangliang.base.people.personal.fields import masked

from .models import Letter, Recorded

EMAIL, SMS, WECHAT = "email", "sms", "wechat"
SETTINGS = {SMS: "SMS_CHANNEL", WECHAT: "WECHAT_CHANNEL"}
LONGEST = 600  # characters that are kept of what would have been sent


@dataclass(frozen=True)
class Parcel:
    """One message, ready. `to` is the whole address: it is handed over and never kept."""

    letter: Letter
    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class NotTaken(Exception):  # noqa: N818  what happened, not what went wrong
    """It was surely not taken, so it may be tried again without being sent twice; its kind in a word."""


class Refused(Exception):  # noqa: N818  the same
    """It was refused for good: there is no such address. It is not tried again."""


class Channel(Protocol):
    """`again`: whether to send once more when nobody knows what became of it, as after a crash. With it the
    receiver may get it twice, without it never."""

    again: bool

    def send(self, parcel: Parcel) -> None:
        """Hand it over, within some ten seconds. NotTaken or Refused; any other fault: nobody knows."""


class Mail:
    """Django's mail. The Message-ID stays the same when it is sent again, so that mail servers and readers
    can tell the second from another."""

    again = True

    def send(self, parcel: Parcel) -> None:
        mail = EmailMultiAlternatives(
            parcel.subject, parcel.text, None, [parcel.to], headers=dict(parcel.headers)
        )
        if parcel.html:
            mail.attach_alternative(parcel.html, "text/html")
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as fault:
            codes = [code for code, _words in fault.recipients.values()]
            raise (Refused if codes and min(codes) >= 500 else NotTaken)("recipient") from None
        except (OSError, smtplib.SMTPException) as fault:
            raise NotTaken(type(fault).__name__) from None


class Recording:
    """Nothing leaves: what would have been sent is written down for the operator, the receiver masked."""

    again = True  # it stands in our own table: a second row can not come about
    name: str

    def __init__(self, name: str) -> None:
        self.name = name

    def send(self, parcel: Parcel) -> None:
        Recorded.objects.get_or_create(
            letter=parcel.letter, channel=self.name,
            defaults={
                "to": mask(self.name, parcel.to), "words": parcel.text[:LONGEST],
                "at": parcel.letter.handed_at or parcel.letter.made_at,
            },
        )  # fmt: skip


def named(name: str) -> Channel | None:
    """The implementation of a channel; None where it is off. ImproperlyConfigured for what is none."""
    return _made(name, "" if name == EMAIL else getattr(settings, SETTINGS[name]))


def check() -> None:
    """Said when the program starts, not when the first message is to leave."""
    for name in (EMAIL, SMS, WECHAT):
        named(name)


@cache
def _made(name: str, said: str) -> Channel | None:
    if name == EMAIL:
        return Mail()
    if said == "off":
        return None
    if said == "recording":
        return Recording(name)
    try:
        made: Channel = import_string(said)()
        made.again, made.send  # noqa: B018  it has both
    except (ImportError, AttributeError, TypeError) as fault:
        raise ImproperlyConfigured(
            f"{SETTINGS[name]} is {said!r}: it can be off, recording, or the dotted path of a class with "
            f"`again` and `send(parcel)`, see shangliang/ledgers/notices/channels.py."
        ) from fault
    return made


def mask(channel: str, to: str) -> str:
    """An address as an officer or the operator reads it: z***@e*** , 138 **** 5678."""
    if "@" in to:
        name, _at, host = to.rpartition("@")
        return f"{name[:1]}***@{host[:1]}***.{host.rpartition('.')[2]}"[:60]
    return masked(to) if channel == SMS else f"{to[:2]}***"
