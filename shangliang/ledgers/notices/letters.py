"""What a letter says, read when it is sent: nothing but what its receiver may see at that moment, and of that
only what everybody may see, or a number. Nothing left to say: no letter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from shangliang.base.journal.acts import declared
from shangliang.base.journal.models import Act
from shangliang.base.people import queries as people
from shangliang.base.people.models import Person
from shangliang.base.ui.filters import short_day
from shangliang.flow.studios.models import Booking
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.heads import HEADS
from shangliang.flow.voices.models import Voice
from shangliang.flow.voices.queries import tied

from . import queries, things, tokens
from .channels import EMAIL, WECHAT, Parcel
from .models import How, Letter, Mailbox, Notice, Subscriber, Subscription, What
from .table import TELLS
from .who import seats_of

MOST = 20  # lines of a digest; the rest is behind a link
DAYS = {
    "meeting_held": ("day", lazy("%(day)s开了协商会")),
    "recommendation_extended": ("until", lazy("单位延了答复的日子，延到 %(day)s")),
}


@dataclass(frozen=True)
class Item:
    """One line: which day, what happened, to what, where it is read."""

    day: str
    what: str
    name: str
    where: str
    address: str


@dataclass(frozen=True)
class Said:
    """A letter in words. `why`: why one gets it; `stop`: the address that stops it."""

    to: str
    language: str
    subject: str
    items: list[Item]
    rest: int = 0
    rest_at: str = ""
    lead: str = ""
    button: tuple[str, str] = ("", "")  # words, address
    why: str = ""
    stop: str = ""
    settings_at: str = ""


def parcel(letter: Letter) -> Parcel | None:
    """The letter, ready; None when there is nobody to send it to any more, or nothing to say."""
    kind, _colon, code = letter.receiver.partition(":")
    said = MAKERS[kind](letter, code)
    if said is None or not said.to:
        return None
    with translation.override(said.language):
        if letter.channel == EMAIL:
            return _mail(letter, said)
        return Parcel(letter, said.to, said.subject, _short(said))


def _mail(letter: Letter, said: Said) -> Parcel:
    host = tokens.whole("").partition("://")[2].partition(":")[0] or "localhost"
    headers = {"Message-ID": f"<{letter.code}@{host}>", "Auto-Submitted": "auto-generated"}
    if said.stop:
        headers |= {
            "List-Unsubscribe": f"<{said.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }  # fmt: skip
    html = render_to_string("notices/mail.html", {"said": said, "lang": said.language}, using="jinja2")
    return Parcel(letter, said.to, said.subject, _plain(said), html, headers)


def _plain(said: Said) -> str:
    lines = [said.lead, ""] if said.lead else []
    for one in said.items:
        lines += [f"· {one.day}　{one.what}", *(filter(None, [one.name, one.where])), one.address, ""]
    if said.rest:
        lines += [_("还有 %(n)s 件：%(at)s") % {"n": said.rest, "at": said.rest_at}, ""]
    if said.button[0]:
        lines += [f"{said.button[0]}：", said.button[1], ""]
    lines += ["—", said.why]
    if said.settings_at:
        lines.append(_("改多久一封、看订了什么：%(at)s") % {"at": said.settings_at})
    if said.stop:
        lines.append(_("不想再收：%(at)s") % {"at": said.stop})
    return "\n".join(lines) + "\n"


def _short(said: Said) -> str:
    """For a phone: a few words and one address, nothing that a lock screen should not show."""
    first = said.items[0]
    name = f"{first.name}：" if first.name else ""
    more = _("等 %(n)s 件") % {"n": len(said.items) + said.rest} if len(said.items) > 1 else ""
    return _("【商量】%(name)s%(what)s%(more)s。%(at)s") % {
        "name": name, "what": first.what, "more": more, "at": first.address,
    }  # fmt: skip


def _acts(letter: Letter) -> list[Act]:
    """The acts that this letter tells of, newest first."""
    return list(Act.objects.filter(id__in=letter.tellings.values("act_id")).order_by("-id"))


def _heading(n: int) -> str:
    return ngettext("商量：%(n)s 件新进展", "商量：%(n)s 件新进展", n) % {"n": n}


# ── To somebody with an account ──
def _to_person(letter: Letter, key: str) -> Said | None:
    person = Person.objects.filter(key=key, is_active=True).first()
    if person is None:
        return None
    actor = people.actor_of(person)
    wish = queries.wish(actor)
    kinds = {kind for kind, how in wish.how.items() if how != How.NEVER}
    acts = _acts(letter)
    booked = set(
        Notice.objects.filter(act_id__in=[a.id for a in acts], seat__in=seats_of(actor), kind__in=kinds)
        .values_list("act_id", flat=True)
    )  # fmt: skip
    acts = [act for act in acts if act.id in booked]
    seen, shown = things.seen((a.subject for a in acts), actor), things.public(a.subject for a in acts)
    items = []
    for act in acts:
        if thing := seen.get(act.subject):
            # A name that not everybody may read does not leave the house: a number, or nothing, stands there.
            known = shown.get(act.subject)
            items.append(
                _item(act, known.name if known else _number(act.subject, thing), thing, thing.address)
            )
    if not items:
        return None
    to = {EMAIL: person.email, WECHAT: wish.wechat}.get(letter.channel, "")
    return Said(
        to=to, language=settings.LANGUAGE_CODE, subject=_heading(len(items)), items=items[:MOST],
        rest=max(len(items) - MOST, 0), rest_at=tokens.whole(reverse("notices:list")),
        why=_("您在「通知设置」里选了这样收。没有公开的事，信里只写编号，登录了看。"),
        stop=tokens.off(letter.receiver), settings_at=tokens.whole(reverse("notices:settings")),
    )  # fmt: skip


def _number(subject: str, thing: things.Thing) -> str:
    return thing.name if subject.startswith("voice:") else ""


def _item(act: Act, name: str, thing: things.Thing, address: str) -> Item:
    at = tokens.whole(address or reverse("notices:list"))
    return Item(short_day(act.at), _happened(act), name, thing.where, at)


def _happened(act: Act) -> str:
    """What happened, with the day that the act itself tells: when a meeting was, until when an answer was put
    off."""
    fact, words = DAYS.get(act.name, ("", declared()[act.name].words))
    return str(words) % {"day": short_day(date.fromisoformat(act.facts[fact]))} if fact else str(words)


# ── To the author of a voice ──
def _to_author(letter: Letter, code: str) -> Said | None:
    voice = voices.by_codes([code]).get(code)
    if voice is None or voice.erased_on:
        return None
    box = queries.mailbox(code)
    if letter.channel == EMAIL and (box is None or not box.confirmed_at or box.how == How.NEVER):
        return None
    with translation.override(box.language if box and letter.channel == EMAIL else settings.LANGUAGE_CODE):
        track = tokens.whole(reverse("portal:track"))
        items = [
            Item(short_day(act.at), _for_author(act, voice), voice.number, voice.studio.name, track)
            for act in _still(voice, _acts(letter))
        ]
        if not items:
            return None
        to = str(box.email) if box and letter.channel == EMAIL else str(voice.phone or "")
        return Said(
            to=to, language=translation.get_language(), subject=_heading(len(items)), items=items[:MOST],
            rest=max(len(items) - MOST, 0), rest_at=track,
            lead=_("您的留言 %(number)s 有了新进展。用查询码看全文；信里不写您说的话。")
            % {"number": voice.number},
            why=_("您在「我的信息」里留了这个邮箱，只用来告诉您这件事的进展。"),
            stop=tokens.off(letter.receiver),
        )  # fmt: skip


def _still(voice: Voice, acts: list[Act]) -> list[Act]:
    """Without those of another voice, unless both are still dealt with together; without those of an activity
    that its author may not know of."""
    subjects = {act.subject for act in acts}
    gone = {one for one in subjects if one.startswith("voice:")} - {voice.subject}
    if gone and (host := tied.host_of(voice)):
        gone -= {host.voice.subject}
    if held := {one for one in subjects if one.startswith("activity:")}:
        gone |= held - things.seen(held, voices.author_of(voice)).keys()
    return [act for act in acts if act.subject not in gone]


def _for_author(act: Act, voice: Voice) -> str:
    """What happened to their voice; of the one it is dealt with together with, as everybody may read it."""
    mine, theirs = HEADS.get(act.name) or (None, None)
    if act.subject.startswith("voice:") and act.subject != voice.subject:
        return _("那一件：%(what)s") % {"what": theirs or declared()[act.name].words}
    return str(mine or _happened(act))


# ── To who booked a time: by phone, since nothing else was left ──
def _to_booker(letter: Letter, code: str) -> Said | None:
    booking = Booking.objects.filter(code=code).select_related("studio").first()
    if booking is None:
        return None
    happened = {
        "booking_moved_up": _("候补补上了，时间定了"),
        "booking_called_off": _("工作室取消了这个时间"),
    }
    now = {"booked": "booking_moved_up", "called_off": "booking_called_off"}.get(booking.state)
    when = f"{short_day(booking.day)} {booking.start:%H:%M}" if booking.start else short_day(booking.day)
    at = tokens.whole(reverse("portal:ticket"))
    items = [
        Item(short_day(act.at), happened[act.name], _("约的 %(when)s") % {"when": when}, "", at)
        for act in _acts(letter)
        if act.name == now  # what has changed again since is not told
    ][:1]
    if not items:
        return None
    return Said(
        to=str(booking.phone or ""), language=settings.LANGUAGE_CODE, subject=_heading(1), items=items
    )


# ── To a subscriber: public things only ──
def _to_subscriber(letter: Letter, code: str) -> Said | None:
    one = Subscriber.objects.filter(code=code, subscriptions__confirmed_at__isnull=False).first()
    if one is None or one.how == How.NEVER:
        return None
    mine = tokens.whole(reverse("notices:mine", args=[tokens.owning(letter.receiver)]))
    with translation.override(one.language):
        items = _in_public(_acts(letter), one, mine)
        if not items:
            return None
        return Said(
            to=str(one.email), language=one.language, subject=_heading(len(items)), items=items[:MOST],
            rest=max(len(items) - MOST, 0), rest_at=tokens.whole(reverse("portal:home")),
            why=_("您在商量订了这些公开的消息。"), stop=tokens.off(letter.receiver), settings_at=mine,
        )  # fmt: skip


def _in_public(acts: list[Act], one: Subscriber, mine: str) -> list[Item]:
    """Each step of a thing that was asked for itself, or of a recommendation of the consultation that was; of
    another, which its place or a word brought, the newest. What is not public any more is told once, without
    its name, if it was asked for itself."""
    asked = one.subscriptions.filter(kind=What.THREAD, confirmed_at__isnull=False)
    followed = set(asked.values_list("what", flat=True))
    shown, items, told = things.public(act.subject for act in acts), [], set()
    for act in acts:
        line, thing = TELLS[act.name], shown.get(act.subject)
        names = things.asked_as(act.subject, thing) if thing else [act.subject]
        follows = not followed.isdisjoint(names)
        if follows and line.gone and thing is None and act.subject not in told:
            told.add(act.subject)
            items.append(Item(short_day(act.at), _("您订的一件事不再公开了"), "", "", mine))
        if thing is None or line.gone or (not line.public and not follows):
            continue
        if follows or act.subject not in told:
            told.add(act.subject)
            items.append(_item(act, thing.name, thing, thing.address))
    return items


# ── To confirm ──
def _to_confirm(receiver: str, email: str, language: str) -> Said:
    token = tokens.confirming(receiver)
    with translation.override(language):
        what, _row = queries.pending(token)
        return Said(
            to=email, language=language, subject=_("商量：请确认您要收这些消息"), items=[],
            lead=_("有人用这个邮箱订了：%(what)s。点开下面的链接，再按一下「确认」，才开始发。")
            % {"what": what},
            button=(_("打开确认的页面"), tokens.whole(reverse("notices:confirm", args=[token]))),
            why=_("不是您订的，不用管它：48 小时后作废，不会再发信来。"),
        )  # fmt: skip


def _confirm_subscription(letter: Letter, code: str) -> Said | None:
    row = Subscription.objects.select_related("subscriber").filter(code=code).first()
    if row is None:
        return None
    return _to_confirm(letter.receiver, str(row.subscriber.email), row.subscriber.language)


def _confirm_mailbox(letter: Letter, code: str) -> Said | None:
    box = Mailbox.objects.filter(code=code).first()
    return _to_confirm(letter.receiver, str(box.email), box.language) if box else None


MAKERS: dict[str, Any] = {
    "person": _to_person,
    "author": _to_author,
    "booker": _to_booker,
    "subscriber": _to_subscriber,
    "subscription": _confirm_subscription,
    "mailbox": _confirm_mailbox,
}
