"""What a refusal says: first that nothing is lost, then what happened, then what one can do."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .environment import here

# A tracking code is shown once, never again.
HIDDEN = {"key", "seen", "next", "listed", "voice", "csrfmiddlewaretoken", "code"}
# Chosen, not written: a key such as "place" says nothing to its reader.
CHOSEN = {"why", "kind", "channel", "department", "studio", "decision"}
LABELS = {
    "words": gettext_lazy("您写的话"),
    "title": gettext_lazy("题目"),
    "answer": gettext_lazy("答复"),
    "reason": gettext_lazy("理由"),
    "detail": gettext_lazy("说明"),
    "place": gettext_lazy("地点"),
    "phone": gettext_lazy("手机号"),
    "measure": gettext_lazy("措施"),
    "rest": gettext_lazy("还差什么"),
    "minutes": gettext_lazy("纪要"),
    "owner": gettext_lazy("该找哪个单位"),
    "contact": gettext_lazy("那里的电话或地址"),
    "days": gettext_lazy("晚几个工作日"),
    "promised_for": gettext_lazy("承诺的日子"),
    "said_on": gettext_lazy("哪天说的"),
}


@dataclass(frozen=True)
class Refusal:
    title: str
    words: tuple[str, ...]
    keeps: bool = False  # shows what was typed
    search: bool = False


def refusal(status: int, words: str = "", *, posted: bool = False) -> Refusal:
    """The page's words for a status; `words` is the particular reason, in the reader's language. `posted`:
    somebody had sent something."""
    said = (words,) if words else ()
    if status == 401:
        away = _("您离开得久了些，或者在别处退出了，登录已经结束，这一份没有交上去。")
        return Refusal(
            _("登录到时间了，您写的都还在"), (away, _("先把下面的复制走，再登一次，贴回去交。")), keeps=True
        )
    if status == 403:
        reason = said or (_("您看得见它，可这一步按规矩要由别人来办。"),)
        return Refusal(
            _("这一步不归您这个身份"),
            (*reason, _("要是您觉得该由您来办，请跟本级的工作人员说一声。")),
            keeps=True,
        )
    if status == 404:
        gone = _("可能地址抄错了一位，也可能这一页搬走了，或者要换个身份才看得见。")
        kept = (_("您写的没有丢，都在下面。"),) if posted else ()
        return Refusal(_("没找到这一页"), (*(said or (gone,)), *kept), keeps=posted, search=True)
    if status == 409:
        safe = _("没有覆盖，也没有丢：您刚才写的原样留在下面。")
        reason = said or (_("在您写的时候，别人先办了一步。看一眼新内容，再决定交不交。"),)
        return Refusal(_("别人刚改过这一份，您写的都还在"), (safe, *reason), keeps=True)
    if status == 422:
        reason = said or (_("这一页少带了点东西，没法收下。退回去刷新一下，再交一次就行。"),)
        return Refusal(_("还差一点，没有交上去"), (*reason, _("您写的没有丢，都在下面。")), keeps=True)
    if status == 429:
        wait = _("为了不让人一个个去猜别人的码，试几次以后要歇一歇。过一会儿再来，您的码一直有效。")
        return Refusal(_("试得太勤了，歇一会儿再来"), said or (wait,))
    if status == 503 and not said:
        return _away(posted)
    return Refusal(_("这一页打不开"), said or (_("退回上一页再试一次。"),), keeps=True)


def _away(posted: bool) -> Refusal:
    wait = _("存东西的地方正忙，或者正在恢复，一般半分钟就好。过一会儿退回去再试一次，不会重复。")
    call = (_("着急就打电话：") + settings.HOST_PHONE,) if settings.HOST_PHONE else ()
    if not posted:
        return Refusal(_("这一页这会儿打不开，过一会儿再来"), (wait, *call))
    kept = _("这一份多半没有收下，可也没有丢：您刚才写的原样留在下面。")
    return Refusal(_("这会儿存不上，您写的都还在"), (kept, wait, *call), keeps=True)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything the person wrote into the form, with a label where we know one."""
    posted = _posted(request)
    kept = [
        (name, value)
        for name, values in (posted[0].lists() if posted else ())
        for value in values
        if name not in HIDDEN | CHOSEN and "password" not in name and value.strip()
    ]
    unnamed = _("您填的第 %(n)s 处")
    return [(str(LABELS.get(name, unnamed % {"n": n})), value) for n, (name, value) in enumerate(kept, 1)]


def _posted(request: HttpRequest) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
    """What was sent, if it can be read: at an address that is not there nobody has read it before us, and a
    body that nobody can read must not make a fault of the refusal."""
    if request.method != "POST":
        return None
    try:
        return request.POST, request.FILES
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return None


def photos_lost(request: HttpRequest) -> str:
    """Photos cannot be put back into a form; say so rather than let them vanish."""
    posted = _posted(request)
    count = sum(len(files) for _name, files in posted[1].lists()) if posted else 0
    if not count:
        return ""
    said = ngettext(
        "另有 %(num)s 张照片还在您的手机或电脑里，要重新选一下。",
        "另有 %(num)s 张照片还在您的手机或电脑里，要重新选一下。",
        count,
    )
    return said % {"num": count}


def ways(request: HttpRequest, status: int) -> list[tuple[str, Any, str]]:
    """Where to go from here: (address, words, icon)."""
    home = (reverse("portal:home"), _("回首页"), "home")
    if status == 404:
        return [
            (reverse("portal:track"), _("我有查询码，看进度"), "clock"),
            (reverse("portal:studios"), _("找附近的工作室"), "pin"),
            home,
        ]
    if status == 401:
        again = f"{reverse('account_login')}?{urlencode({'next': here(request)})}"
        return [(again, _("再登录一次"), "person"), home]
    if request.method == "POST":
        return [
            (here(request), _("看现在是什么样子") if status == 409 else _("退回刚才那一页"), "back"),
            home,
        ]
    if status == 403:
        return [(reverse("account_login"), _("换一个身份登录"), "swap"), home]
    return [home]
