"""The desk's rail: where its people work, and how much waits there, counted in one query."""

from django.utils.translation import gettext as _

from shangliang.base.charts.errors import NotYours
from shangliang.base.journal.pages import lengths_until_an_act
from shangliang.base.people.actor import Actor
from shangliang.base.people.doors import others
from shangliang.base.people.models import Role
from shangliang.base.ui.counts import Lists, said
from shangliang.base.ui.environment import url
from shangliang.flow.activities import queries as activities
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.correspondence import queries as correspondence
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.reports import queries as reports
from shangliang.flow.research import queries as research
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.queries import helped
from shangliang.ledgers.notices import bell
from shangliang.ledgers.points import queries as points

Row = tuple[str | None, str, str, str | None, bool]  # address, words, icon, count, whether it is this page

STAFF = (Role.OFFICER, Role.CONVENER, Role.DEPUTY)
DESK = (*STAFF, Role.STATIONED)
OFFICERS = (Role.OFFICER,)
WRITERS = (Role.MEMBER, Role.STATIONED, Role.CONVENER, Role.DEPUTY)  # of opinion reports


def let_in(actor: Actor, *roles: str) -> None:
    """NotYours for who has no post that works at this page; the desk's own roles when none are named."""
    if not actor.holds(*(roles or DESK)):
        raise NotYours(_("这一页是政协机关和工作室办事用的，您现在的职务不在这里办事。"))


def _lists(actor: Actor) -> Lists:
    return {
        "queue": voices.queue(actor, "received"),
        "voices": voices.to_look_over(actor),
        "posts": consultations.waiting_review(actor),
        "topics": consultations.topics(actor),
        "messages": correspondence.waiting(actor),
        "settle": helped.waiting(actor),
        "reports": reports.waiting(actor),
        "researches": research.waiting(actor),
        "activities": activities.to_record(actor),
        "proposals": proposals.waiting(actor),
        "objections": points.to_answer(actor),
    }


def rail(actor: Actor, here: str = "") -> list[Row]:
    """Rows for `ui/desk.html`; `here`: the page (queue, record, assist, review, topics …)."""
    counts = lengths_until_an_act("desk", actor.key, actor.posts, lists=lambda: _lists(actor))
    counts["review"] = counts["voices"] + counts["posts"]

    def row(name: str, label: str, icon: str) -> Row:
        number = counts.get(name)
        return url(f"desk:{name}"), label, icon, None if number is None else said(number), name == here

    rows: list[Row] = []
    if actor.holds(*DESK):
        rows += [
            row("queue", _("受理与分办"), "inbox"),
            row("record", _("记一条"), "pen"),
            row("assist", _("帮他写"), "person"),
        ]
    if actor.holds(*STAFF):
        rows += [row("workload", _("谁手上有什么"), "list")]
        rows += [row("review", _("审核"), "eye"), row("topics", _("议题与协商"), "talk")]
    if actor.holds(Role.OFFICER):
        rows += [row("settle", _("同一件事？"), "tick")]
    if actor.holds(*STAFF, Role.AUDITOR):
        rows += [row("messages", _("委员留言"), "people")]
    if actor.holds(*STAFF, Role.AUDITOR, Role.LEADER):
        rows.append(row("reports", _("社情民意信息"), "paper"))
        rows.append(row("researches", _("调研报告"), "eye"))
        rows.append(row("activities", _("履职活动"), "calendar"))
    if actor.holds(Role.OFFICER, Role.AUDITOR, Role.LEADER):
        rows += [row("bulletins", _("信息专报"), "paper"), row("proposals", _("提案"), "paper")]
    if actor.holds(*STAFF, Role.AUDITOR):
        rows += [(None, _("管理"), "", None, False), row("studios", _("工作室"), "home")]
        rows += [row("templates", _("常用答复"), "copy")]
    if actor.holds(Role.OFFICER):
        rows += [row("people", _("人员和账号"), "people"), row("figures", _("数据"), "chart")]
        rows += [row("tariff", _("积分标准"), "tick")]
    if actor.holds(Role.OFFICER, Role.AUDITOR, Role.LEADER):
        rows += [row("objections", _("对积分的疑问"), "talk"), row("points", _("积分结账"), "list")]
    if actor.holds(Role.OFFICER, Role.AUDITOR):
        rows += [row("rules", _("制度"), "paper")]
    rows.append(bell.row(actor))
    elsewhere = others(actor, "desk")
    return [*rows, *([(None, _("别的门"), "", None, False), *elsewhere] if elsewhere else [])]
