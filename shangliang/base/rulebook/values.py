"""What rules may govern: clocks, tariff, checklists. Each package tells of the settings that it keeps, in
`AppConfig.ready`; here stand those of `places.presets`, which are a committee's own to set.

`origin` says where the value comes from while no rule of a committee governs it: the platform's own, and what
it was modelled on (research/platforms-cn.md)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base.places.models import Committee

Says = Callable[[Committee], str]


@dataclass(frozen=True)
class Value:
    """`says`: the value in force at a committee, in words. `own`: whether a committee may differ; then it has
    a setting of this name."""

    key: str
    label: Any
    says: Says
    origin: Any
    own: bool = True

    def set_by(self, committee: Committee) -> bool:
        """Whether the committee has set it itself."""
        return self.own and self.key in committee.preferences


_known: dict[str, Value] = {}


def register(*values: Value) -> None:
    """Make a package's settings known, in the order in which a page lists them."""
    _known.update({value.key: value for value in values})


def known() -> dict[str, Value]:
    """All of them by key."""
    return _known


def named(keys: Iterable[str]) -> list[Value]:
    """Those of these keys that there are, in the order of the table."""
    wanted = set(keys)
    return [value for key, value in _known.items() if key in wanted]


def working_days(number: int) -> str:
    return _("%(n)s 个工作日") % {"n": number}


def days(number: int) -> str:
    return _("%(n)s 天") % {"n": number}


def _set(key: str, said: Callable[[int], str]) -> Says:
    return lambda committee: said(int(committee.set(key)))


def _times(number: int) -> str:
    return _("每月 %(n)s 次") % {"n": number}


def _minutes(number: int) -> str:
    return _("%(n)s 分钟") % {"n": number}


def _hours(committee: Committee) -> str:
    start, end = committee.set("office_hours")
    return f"{start}—{end}"


PLATFORM = gettext_lazy("平台规则，本平台自己定的。")
HOTLINES = gettext_lazy("平台规则，参照各地 12345 热线和领导留言板的时限：武汉 10 个工作日。")
BUREAU = gettext_lazy("平台规则，参照一个局的热线规定：超一天催，超五个工作日点名。")
SHANDONG = gettext_lazy("平台规则，参照山东的提案办理规定：不归自己办的，五天内退回。")
DINGBIAN = gettext_lazy(
    "平台规则，参照定边县的做法：每间工作室每月接待不少于两次（《各界导报》2023年10月12日）。"
)

register(
    Value("accept_days", gettext_lazy("留言：多少天内说办不办"), _set("accept_days", working_days), HOTLINES),
    Value("answer_days", gettext_lazy("留言：多少天内答复"), _set("answer_days", working_days), HOTLINES),
    Value(
        "extension_days",
        gettext_lazy("留言：延一次，最多多少天"),
        _set("extension_days", working_days),
        HOTLINES,
    ),
    Value(
        "unclear_days",
        gettext_lazy("留言：问您一句，等多少天"),
        _set("unclear_days", working_days),
        PLATFORM,
    ),
    Value(
        "send_back_days",
        gettext_lazy("承办单位：不归自己办，多少天内退回"),
        _set("send_back_days", working_days),
        SHANDONG,
    ),
    Value("remind_days", gettext_lazy("超期多少天提醒"), _set("remind_days", working_days), BUREAU),
    Value("urge_days", gettext_lazy("超期多少天发催办函"), _set("urge_days", working_days), BUREAU),
    Value("list_days", gettext_lazy("超期多少天公开列名"), _set("list_days", working_days), BUREAU),
    Value("office_hours", gettext_lazy("提醒和催办只在这段时间发"), _hours, PLATFORM),
    Value("topic_days", gettext_lazy("议题：多少天内定列不列入"), _set("topic_days", working_days), PLATFORM),
    Value(
        "recommendation_days",
        gettext_lazy("协商建议：多少天内答复"),
        _set("recommendation_days", working_days),
        PLATFORM,
    ),
    Value(
        "recommendation_send_back_days",
        gettext_lazy("协商建议：不归自己办，多少天内退回"),
        _set("recommendation_send_back_days", working_days),
        SHANDONG,
    ),
    Value(
        "recommendation_extension_days",
        gettext_lazy("协商建议：延一次，最多多少天"),
        _set("recommendation_extension_days", working_days),
        PLATFORM,
    ),
    Value(
        "receptions_a_month",
        gettext_lazy("工作室：每月至少接待几次"),
        _set("receptions_a_month", _times),
        DINGBIAN,
    ),
    Value(
        "booking_minutes", gettext_lazy("约接待：一个时间多长"), _set("booking_minutes", _minutes), PLATFORM
    ),
    Value("booking_days", gettext_lazy("约接待：最早提前多少天"), _set("booking_days", days), PLATFORM),
)
