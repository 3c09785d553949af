"""Sheets of paper about voices: what they say. None holds a resident's words, for paper goes through many
hands."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shangliang.base import clock
from shangliang.base.people.personal import privacy
from shangliang.base.places import queries as places
from shangliang.base.places.presets import numbers
from shangliang.base.ui.addresses import short
from shangliang.base.ui.codes import qr_path
from shangliang.base.ui.filters import day as long_day
from shangliang.base.ui.filters import moment
from shangliang.flow.studios.models import Studio

from . import ladder, tracking
from .models import Channel, Deadline, Kind, Voice

FOLDER = Path(__file__).with_name("typst")
SLIP = FOLDER / "slip.typ"
FORMS = FOLDER / "form.typ"
LETTER = FOLDER / "urging.typ"


# Which clock, or the day promised, a letter is about → what was owed, how late it is, what is asked for.
LETTERS: dict[str, tuple[Any, Any, Any]] = {
    Deadline.Kind.ACCEPT: (
        lazy("群众%(left)s在%(studio)s留言（%(number)s），应当在%(due)s前告诉本人受理不受理。"),
        lazy("到今天已经超期%(late)s个工作日，还没有决定。"),
        lazy("请尽快决定。不受理的，写明理由和该找谁。"),
    ),
    Deadline.Kind.ANSWER: (
        lazy("群众%(left)s在%(studio)s留言（%(number)s），由你单位办理，应当在%(due)s前答复本人。"),
        lazy("到今天已经超期%(late)s个工作日，还没有答复。"),
        lazy("请尽快答复。一时办不成的，也请先答复本人，写明为什么晚了、哪天办完。"),
    ),
    ladder.PROMISE: (
        lazy("群众%(left)s在%(studio)s留言（%(number)s），你单位答复时承诺%(due)s前办完。"),
        lazy("到今天已经超期%(late)s个工作日，还没有说办完。"),
        lazy("请尽快办完，附上照片或文件告诉本人；一时办不成的，先报一次进展，写明为什么晚了。"),
    ),
    Deadline.Kind.OPINION: (
        lazy(
            "群众%(left)s在%(studio)s留言（%(number)s），由%(host)s主办、你单位会办，应当在%(due)s前把意见给主办单位。"
        ),
        lazy("到今天已经超期%(late)s个工作日，还没有给。"),
        lazy("请尽快给主办单位意见。不归你单位管的，也请写明。"),
    ),
}


def sample_words(voice_or_studio: Any) -> str | None:
    """What marks a sheet of the invented province."""
    return _("示例：单位、电话都是虚构的") if voice_or_studio.committee.sample else None


def slip(voice: Voice, code: str, track: str) -> dict[str, Any]:
    """What the sheet `SLIP` says; `code`: the voice's tracking code, `track`: the whole address where it is
    entered. The QR code holds that address and never the tracking code."""
    studio = voice.studio
    told = voice.channel != Channel.WEB
    when = _("%(when)s 代为记下") if told else _("%(when)s 留言")
    return {
        "lang": "en" if get_language() == "en" else "zh",
        "title": _("查询码"),
        "code": tracking.grouped(code).split(),
        "keep": _("只印这一次，请收好。谁拿着码，谁就能看、能评。"),
        "place": f"{voice.committee.name} {studio.name}",
        "number": voice.number,
        "when": when % {"when": moment(voice.left_at)},
        "next": [
            [_("受理不受理"), _("最晚 %(day)s") % {"day": long_day(voice.accept_by)}],
            [_("答复"), _("最晚 %(day)s") % {"day": long_day(voice.answer_by)}],
            [_("办成没有"), _("您说了算")],
        ],
        "how": _("看进度、接着说：扫码，或打开"),
        "address": short(track),
        "qr": qr_path(track),
        "call": [_("打电话问"), studio.phone] if studio.phone else None,
        "sample": sample_words(voice),
    }


def forms(studio: Studio, printed: list[tuple[str, str]], door: str, track: str) -> dict[str, Any]:
    """What the sheet `FORMS` says: a page for each (number, tracking code); `door` and `track`: the whole
    addresses of the studio's door and of where a code is entered."""
    about = studio.committee
    danger = "　".join(f"{one.who} {one.number}" for one in numbers(about.set("numbers_danger")))
    days = {"accept": about.set("accept_days"), "answer": about.set("answer_days")}
    return {
        "title": _("纸质留言表"),
        "office": about.office,
        "studio": studio.name,
        "forms": [[number, tracking.grouped(code).split()] for number, code in printed],
        "number": _("纸表号"),
        "intro": _("不用手机也行：写好交给工作人员。录进去以后，和网上的留言一样办、一样有回音。"),
        "danger": _("正有危险，别等回音，马上打电话：%(numbers)s") % {"numbers": danger},
        "asks": {
            "words": _("您想说什么事？照平时说话写就行"),
            "place": _("在什么地方"),
            "day": _("哪天写的"),
            "phone": _("手机号（不留也照样办，不会公开）"),
            "kind": _("是哪一类（不选也行）"),
            "public": _("给谁看"),
        },
        "kinds": [str(label) for label in Kind.labels],
        "audience": [_("公开（不显示姓名电话）"), _("只给工作室看")],
        "consent": _("交上来就是同意由工作人员照原话录入。%(words)s")
        % {"words": privacy.consent("leave").words},
        "door": qr_path(door),
        "scan": _("扫这里写更快"),
        "stub": _("存根，撕下来自己收好"),
        "code": _("查询码"),
        "how": _(
            "录入以后，扫右边的码，或打开下面的网址，写上查询码，就能看进度、接着说。办成没有，您说了算。"
        ),
        "days": _("录入后 %(accept)s 个工作日内决定受理不受理，%(answer)s 个工作日内答复。") % days,
        "track": qr_path(track),
        "address": short(track),
        "call": _("电话：%(phone)s") % {"phone": studio.phone} if studio.phone else None,
        "keep": _("谁拿着码，谁就能看、能评。"),
        "sample": sample_words(studio),
    }


def letter(voice: Voice, act: Any, page: str) -> dict[str, Any]:
    """What the sheet `LETTER` says, drawn from the act that urged: the same for ever. `page`: the whole
    address where its addressee answers. It tells no word of the resident's, for letters lie in trays."""
    facts, about = act.facts, voice.committee
    if "office" in facts:  # another level urges a department of its own
        about = places.committee(facts["office"])
    due, named = (
        date.fromisoformat(facts[name]) if facts.get(name) else None for name in ("due", "named_on")
    )
    matter = {
        "number": voice.number, "studio": voice.studio.name, "left": _chinese(clock.local_day(voice.left_at)),
        "due": _chinese(due), "late": facts["late"],
        "host": places.department(facts["host"]).name if "host" in facts else "",
    }  # fmt: skip
    first, late, ask = LETTERS[facts["kind"]]
    ends = (
        _("到%(day)s还没有办的，按规定列入公开的超期名单，办了就撤下。") % {"day": _chinese(named)}
        if named
        else ""
    )
    hidden = _("留言的内容是群众的个人信息，本函不写，请登录后查看、办理。")
    phone = "" if "office" in facts else voice.studio.phone  # the studio's: no office has one here
    return {
        "masthead": about.office,
        "number": facts["number"],
        "title": _("关于催办群众留言的函"),
        "addressee": addressee(voice, facts["holder"]),
        "text": "\n".join(filter(None, [(str(first) + str(late)) % matter, str(ask) + ends, hidden])),
        "issuer": about.office,
        "date": _chinese(clock.local_day(act.at)),
        "contact": _("（联系电话：%(phone)s）") % {"phone": phone} if phone else "",
        "copy": voice.studio.name,
        "qr": qr_path(page),
        "scan": _("扫码登录办理"),
        "sample": sample_words(voice),
    }


def addressee(voice: Voice, holder: str) -> str:
    """The name of whom an act names: see `ladder.holder`."""
    kind, _colon, code = holder.partition(":")
    if kind == "department":
        return places.department(code).name
    return places.committee(code).office if kind == "committee" else voice.studio.name


def _chinese(when: date | None) -> str:
    return f"{when.year}年{when.month}月{when.day}日" if when else ""
