"""The chart of a research report and of a supervision by study: one way, the second goes on to its close."""

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move

from . import rules
from .models import State

NEW: frozenset[str] = frozenset()
DRAFT, SUBMITTED, RETURNED, ACCEPTED, SENT, CLOSED = (
    frozenset({s.value})
    for s in (State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.SENT, State.CLOSED)
)
WRITTEN = DRAFT | RETURNED  # in the lead writer's hands
OUT = SENT | CLOSED
_of = "research_{}".format

CHART = Chart(
    "research",
    State.choices,
    Move("draft", _of("drafted"), _("起草"), NEW, "draft", rules.writes, _("起草了调研报告")),
    Move("redraft", _of("redrafted"), _("改稿"), WRITTEN, None, rules.leads, _("改了调研报告")),
    Move("name", _of("named"), _("列进名单"), WRITTEN, None, rules.leads, _("列进了调研组名单")),
    Move("drop", _of("dropped"), _("从名单上去掉"), WRITTEN, None, rules.leads, _("从调研组名单上去掉了")),
    Move("leave", _of("left"), _("退出名单"), WRITTEN, None, rules.may_leave, _("退出了调研组名单")),
    Move("add_visit", _of("visit_added"), _("记一次走访"), WRITTEN, None, rules.leads, _("记了一次走访")),
    Move("drop_visit", _of("visit_dropped"), _("去掉一次走访"), WRITTEN, None, rules.leads,
         _("去掉了一次走访")),
    Move("submit", _of("submitted"), _("交机关"), WRITTEN, "submitted", rules.leads, _("调研报告交到机关")),
    Move("return", _of("returned"), _("退回补充"), SUBMITTED | ACCEPTED, "returned", rules.sends_back,
         _("调研报告退回补充")),
    Move("accept", _of("accepted"), _("审看通过"), SUBMITTED, "accepted", rules.looks,
         _("调研报告审看过了")),
    Move("sign", _of("sent"), _("签发报送"), ACCEPTED, "sent", rules.signs, _("调研报告签发、报送了")),
    Move("withdraw", _of("withdrawn"), _("撤回"), WRITTEN | SUBMITTED | ACCEPTED, "withdrawn", rules.leads,
         _("撤回了调研报告")),
    Move("acknowledge", _of("acknowledged"), _("记肯定"), OUT, None, rules.looks, _("调研报告得到肯定")),
    Move("adopt", _of("adopted"), _("记采纳"), OUT, None, rules.looks, _("调研报告被采纳")),
    Move("decline", _of("declined"), _("记没有采纳"), OUT, None, rules.looks, _("调研报告没有被采纳")),
    Move("take_back", _of("taken_back"), _("收回记错的"), OUT, None, rules.looks, _("收回了记错的一条结果")),
    Move("endorse", _of("endorsed"), _("记批示"), OUT, None, rules.looks, _("调研报告有了批示")),
    Move("put_right", _of("put_right"), _("记一项整改"), SENT, None, rules.looks_after, _("记了一项整改")),
    Move("show", _of("shown"), _("补凭据"), SENT, None, rules.looks_after, _("给一项整改补了凭据")),
    Move("close", _of("closed"), _("办结"), SENT, "closed", rules.closes, _("监督式调研办结了")),
    about="审看和签发是两个人；记错了的结果写明为什么收回，那一行还在，不再算数；调研组的人不审、不签自己的。整改和办结只有监督式调研才有，每一项整改有凭据才能办结。",
)  # fmt: skip
