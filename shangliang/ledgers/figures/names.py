"""Words for what committees report: labels, units, the periods that a source gives, and which counts are
kin. Unlike counts have unlike names; kin stand side by side in a table and are never added."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy as _n

from .metrics import METRICS

# Each with its key as context: Chinese counts many things by one word, other languages do not.
UNITS: dict[str, Any] = {
    "piece": _n("piece", "件", "件"), "item": _n("item", "条", "条"),
    "suggestion": _n("suggestion", "条", "条"), "topic": _n("topic", "个", "个"),
    "result": _n("result", "个", "个"), "consultation": _n("consultation", "件", "件"),
    "reception": _n("reception", "场", "场"), "meeting": _n("meeting", "场", "场"),
    "studio": _n("studio", "间", "间"), "member": _n("member", "名", "名"), "yuan": _n("yuan", "元", "元"),
    "person": _n("person", "人", "人"), "person-time": _n("person-time", "人次", "人次"),
    "proposal": _n("proposal", "件", "件"), "report": _n("report", "篇", "篇"),
    "advice": _n("advice", "条", "条"), "video": _n("video", "部", "部"),
    "activity": _n("activity", "场", "场"), "batch": _n("batch", "批", "批"),
    "institution": _n("institution", "家", "家"), "case": _n("case", "件", "件"),
    "firm": _n("firm", "家", "家"), "kind": _n("kind", "类", "类"), "zone": _n("zone", "片", "片"),
    "issue": _n("issue", "期", "期"), "problem": _n("problem", "个", "个"),
    "dispute": _n("dispute", "起", "起"), "leader": _n("leader", "位", "位"),
    "committee": _n("committee", "个", "个"), "clinic": _n("clinic", "次", "次"),
    "year": _n("year", "年", "年"), "event": _n("event", "场", "场"), "lecture": _n("lecture", "堂", "堂"),
    "session": _n("session", "次", "次"), "trip": _n("trip", "次", "次"), "child": _n("child", "名", "名"),
}  # fmt: skip

# Units whose single pieces can each be shown by a record: 有据 n/m is said of these only.
PIECES = frozenset({
    "piece", "item", "suggestion", "topic", "result", "consultation", "reception", "meeting", "studio",
    "proposal", "report", "advice", "video", "activity", "case", "problem", "dispute", "event", "lecture",
    "session",
})  # fmt: skip

LABELS: dict[str, tuple[Any, str]] = {  # words and unit
    "studios_area": (_("区域委员工作室"), "studio"),
    "studios_sector": (_("界别委员工作室"), "studio"),
    "studios_specialty": (_("特色委员工作室"), "studio"),
    "studios_industry": (_("产业委员工作室"), "studio"),
    "studios_personal": (_("个人委员工作室"), "studio"),
    "studio_kinds": (_("工作室类别"), "kind"),
    "pilot_studios_online": (_("网上试点工作室"), "studio"),
    "urban_zones_covered": (_("工作室覆盖城区"), "zone"),
    "leaders_in_charge": (_("联系工作室的领导"), "leader"),
    "special_committees_in_charge": (_("联系工作室的专委会"), "committee"),
    "members_covered": (_("工作室覆盖委员"), "member"),
    "members_showcased": (_("委员风采展示"), "member"),
    "member_videos": (_("委员短视频"), "video"),
    "national_press_reports": (_("全国性媒体报道"), "report"),
    "public_money": (_("财政经费"), "yuan"),
    "receptions_per_studio": (_("每间工作室接待"), "reception"),
    "opinion_items_collected_and_passed_on": (_("收集并报送社情民意信息"), "item"),
    "opinion_items_passed_on": (_("反映社情民意信息"), "item"),
    "micro_deliberations_and_consultations": (_("微议政、微协商"), "session"),
    "problems_solved": (_("推动解决难题"), "problem"),
    "livelihood_problems_solved": (_("解决民生难题"), "problem"),
    "clinics_per_month": (_("每月义诊"), "clinic"),
}

PERIODS: dict[str, Any] = {
    "not stated": _("时间未注明"),
    "2023 to date": _("2023年以来"),
    "yearly": _("每年"),
    "monthly": _("每月"),
    "trial run": _("试运行期间"),
    "spring ploughing": _("春耕时节"),
    "summer holidays": _("暑假期间"),
    "summer rainstorm": _("夏季暴雨期间"),
    "two years running": _("连续两年"),
    "a campaign of the county Party committee before the congress of 2022": _("2022年党代会前县委的一次活动"),
}

# What a source says of a total in the language that it was noted down in: `where` and `note`.
SAID: dict[str, Any] = {
    "study visits, consultations, following up proposals": _("视察、协商、督办提案"),
    "on rural revival; acknowledged by the city's Party committee and government": _(
        "关于乡村振兴，得到市委市政府肯定"
    ),
    "with members of the province and the city who live there": _("含住当地的省、市政协委员"),
    "the county television's showcase column": _("县电视台委员风采栏目"),
    "studio of the democratic parties": _("民主党派委员工作室"),
    "economy sector studio": _("经济界委员工作室"),
    "economy sector studio, supervision by study of a river's restoration": _(
        "经济界委员工作室，河道治理监督式调研"
    ),
    "the same": _("同上"),
    "the same trips": _("同上"),
    "area, sector and specialty, under one members' home": _("区域、界别、特色三类，上设委员之家"),
    "east, west, south, north, centre": _("东、西、南、北、中"),
    "on the spot": _("当场接待"),
    "the items of the two rows may be the same; never add": _("两行的信息可能是同一批，不能相加"),
    "medical sector studio": _("医卫界委员工作室"),
    "Malian community studio": _("马莲社区委员工作室"),
    "youth federation studio: town building, clean-up, renewal of old estates": _(
        "青联委员工作室：城镇建设、环境整治、老旧小区改造"
    ),
    "people's hospital studio": _("人民医院委员工作室"),
    "community factories; tea": _("社区工厂、茶产业"),
    "awards in place of subsidies, for rooms, equipment, activities": _("以奖代补，用于场地、设备和活动"),
    "the 13 specialty studios": _("13 间特色工作室"),
    "helped to be solved through these sessions": _("通过这些微议政、微协商推动解决"),
    "Century Farming studio": _("世纪农业委员工作室"),
    "education and youth league studio": _("教育、共青团委员工作室"),
    "the grassroots visiting campaign": _("基层大走访活动"),
    "industry and commerce and other studios": _("工商联等委员工作室"),
    "culture and arts studio, on intangible heritage; the main leader of the city's Party committee": _(
        "文化艺术界委员工作室，关于非遗；市委主要领导批示"
    ),
    "named: Baoji, Ankang (reading and learning), Luochuan (apples), Baqiao (a shopping district)": _(
        "点名的有：宝鸡、安康（读书学习）、洛川（苹果）、灞桥（商圈）"
    ),
}

# Columns of the table that sets committees side by side: a head, and its kin by other definitions.
FAMILIES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "studios": (
        _("委员工作室"),
        ("studios", "studios_area", "studios_sector", "studios_specialty", "studios_industry",
         "studios_personal", "pilot_studios_online"),
    ),
    "members_stationed": (_("入驻或覆盖委员"), ("members_stationed", "members_covered", "members")),
    "opinion_items_collected": (
        _("社情民意信息"),
        ("opinion_items_collected", "opinion_items_collected_and_passed_on", "opinion_items_passed_on",
         "suggestions"),
    ),
    "problems_solved": (
        _("解决的事"), ("problems_solved", "livelihood_problems_solved", "disputes_settled")
    ),
    "micro_consultations": (
        _("微协商"), ("micro_consultations", "micro_deliberations_and_consultations")
    ),
}  # fmt: skip


def known(metric: str) -> bool:
    """Whether a total may be reported under this name."""
    return metric in METRICS or metric in LABELS


def label(metric: str) -> str:
    """What pages call it; the name itself where nobody has given it a label."""
    if metric in METRICS:
        return str(METRICS[metric].label)
    return str(LABELS[metric][0]) if metric in LABELS else metric


def unit_of(metric: str) -> str:
    """The unit in which this metric is reported here; a source may have another."""
    return METRICS[metric].unit if metric in METRICS else LABELS[metric][1]


def choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Every name under which a total can be reported, for a form: those counted here too come first."""
    counted = [(m.name, m.label) for m in METRICS.values() if m.kind != "overdue"]
    return [
        (_("平台上也数的"), counted),
        (_("只填报的"), [(name, said) for name, (said, _unit) in LABELS.items()]),
    ]


def unit(key: str, n: int = 2) -> str:
    """The unit's word for `n` of them."""
    if key == "percent":
        return "%"
    return str(UNITS[key] % n) if key in UNITS else key


def period(words: str) -> str:
    return str(PERIODS.get(words, words))


def said(words: str) -> str:
    """A source's own remark in the reader's language; as it stands where nobody has translated it."""
    return str(SAID.get(words, words))


def kin(metric: str) -> tuple[str, ...]:
    """The other names of its family: what stands 口径不同 beside it."""
    for _head, names in FAMILIES.values():
        if metric in names:
            return tuple(name for name in names if name != metric)
    return ()
