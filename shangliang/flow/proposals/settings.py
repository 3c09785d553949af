"""What a committee may set for its proposals, and the clocks that follow from it.

Sources (research/platforms-cn.md 3a): answer within three months, six at most with a reason told before, a
co-handler's opinion within one (T4, T6); sent back within 5 days (Shandong, T5), 7 (CPPCC office, T21) or 10
(one city, T6); in session from three months before the opening until the session's deadline (阜阳, T7)."""

import calendar
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.places.models import Committee
from shangliang.base.rulebook.values import Value, working_days
from shangliang.base.ui.filters import listed

from .models import Session

RULES = gettext_lazy("平台规则，参照全国政协提案工作条例和各地提案办理规定：三个月答复，难办的最迟六个月。")
BACK = gettext_lazy("平台规则，参照各地的提案办理规定：山东五天、全国政协办公厅七天、有的市十天。")
CONTACTS = gettext_lazy(
    "平台规则，参照崇义：先联系再办，交办后十五个工作日以内。办理中、答复后各在哪天以前，没有找到出处，是示例值。"
)
FUYANG = gettext_lazy("平台规则，参照阜阳：开幕前三个月到大会截止，交的是大会提案，其余是平时提案。")


def months(number: int) -> str:
    return _("%(n)s 个月") % {"n": number}


def _sessions(committee: Committee) -> str:
    return "；".join(f"{one.name} {one.opens}—{one.until}" for one in windows(committee)) or _("还没有写")


def _grades(committee: Committee) -> str:
    return listed("ABCD" if committee.set("proposal_class_d") else "ABC")


def _contact(phase: str, label: object) -> Value:
    key = f"proposal_contact_{phase}_days"
    return Value(key, label, lambda committee: working_days(int(committee.set(key))), CONTACTS)


VALUES = (
    Value(
        "proposal_send_back_days",
        gettext_lazy("提案：不归自己办，多少天内退回"),
        lambda committee: working_days(int(committee.set("proposal_send_back_days"))),
        BACK,
    ),
    Value(
        "proposal_answer_months",
        gettext_lazy("提案：多久答复"),
        lambda committee: months(int(committee.set("proposal_answer_months"))),
        RULES,
    ),
    Value(
        "proposal_answer_months_most",
        gettext_lazy("提案：延期以后最迟多久"),
        lambda committee: months(int(committee.set("proposal_answer_months_most"))),
        RULES,
    ),
    Value(
        "proposal_opinion_months",
        gettext_lazy("提案：会办单位多久给意见"),
        lambda committee: months(int(committee.set("proposal_opinion_months"))),
        RULES,
    ),
    _contact("before", gettext_lazy("提案：办理前联系提案人，交办后多久以内")),
    _contact("during", gettext_lazy("提案：办理中联系提案人，交办后多久以内")),
    _contact("after", gettext_lazy("提案：答复后联系提案人，发出后多久以内")),
    Value("proposal_class_d", gettext_lazy("提案：答复分哪几类"), _grades, RULES),
    Value("proposal_sessions", gettext_lazy("提案：大会的开幕日和截止日"), _sessions, FUYANG),
)


def after_months(day: date, number: int) -> date:
    """The same day so many calendar months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Window(NamedTuple):
    """Of a session. `opens`: its first day; `until`: the last on which it takes proposals."""

    name: str
    opens: date
    until: date


def windows(committee: Committee) -> list[Window]:
    """The sessions that its officers entered; while there are none, those of the server's setting."""
    rows = Session.objects.filter(committee=committee, struck_at=None).order_by("opens", "pk")
    return [Window(*row) for row in rows.values_list("name", "opens", "until")] or of_server(committee)


def of_server(committee: Committee) -> list[Window]:
    """Those of the server's setting as rows hold them, for nobody checked them where they were set; without
    what an officer struck."""
    found = []
    for one in committee.set("proposal_sessions"):
        opens, until = date.fromisoformat(one["opens"]), date.fromisoformat(one["until"])
        found.append(Window(one["name"][: Session.NAME], min(opens, until), until))
    rows = Session.objects.filter(committee=committee, struck_at__isnull=False)
    struck = set(rows.values_list("name", "opens", "until")) if found else set()
    return [one for one in found if tuple(one) not in struck]


def takes_from(committee: Committee, one: Window) -> date:
    """The first day on which a session takes proposals: some months before it opens."""
    return after_months(one.opens, -int(committee.set("proposal_session_months")))


def session_on(committee: Committee, day: date) -> Window | None:
    """The session in whose days a day lies."""
    held = windows(committee)
    return next((one for one in held if takes_from(committee, one) <= day <= one.until), None)


def overlap(committee: Committee, one: Window, other: Window) -> bool:
    """Whether some day would belong to both."""
    return takes_from(committee, one) <= other.until and takes_from(committee, other) <= one.until


def grades(committee: Committee) -> str:
    """The classes that its answers have."""
    return "ABCD" if committee.set("proposal_class_d") else "ABC"


def answer_due(committee: Committee) -> date:
    return after_months(clock.today(), int(committee.set("proposal_answer_months")))


def opinion_due(committee: Committee) -> date:
    return after_months(clock.today(), int(committee.set("proposal_opinion_months")))


def latest(committee: Committee, given_on: date) -> date:
    """The last day to which an answer may be put off."""
    return after_months(given_on, int(committee.set("proposal_answer_months_most")))


def send_back_by(committee: Committee) -> date:
    return clock.due_after(clock.today(), int(committee.set("proposal_send_back_days"))).day


def contact_by(committee: Committee, phase: str, since: date) -> date:
    """The last day of one of the three contacts. `since`: the day it was given, or was answered."""
    return clock.due_after(since, int(committee.set(f"proposal_contact_{phase}_days"))).day
