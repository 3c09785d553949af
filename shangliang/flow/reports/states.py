"""The charts of an opinion report and of a bulletin."""

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move

from . import rules
from .models import Bulletin, State

NEW: frozenset[str] = frozenset()
DRAFT, SENT, RETURNED, OFFICE, CHECKED, SIGNED, ISSUED = (
    frozenset({s.value})
    for s in (
        State.DRAFT,
        State.SENT,
        State.RETURNED,
        State.OFFICE,
        State.CHECKED,
        State.SIGNED,
        State.ISSUED,
    )
)
WRITTEN = DRAFT | RETURNED  # in the writer's hands
AT_OFFICE = OFFICE | CHECKED
_of = "opinion_report_{}".format
_return = ("return", _of("returned"), _("退回补充"))

CHART = Chart(
    "opinion_report",
    State.choices,
    Move("draft", _of("drafted"), _("起草"), NEW, "draft", rules.writes, _("起草了社情民意信息")),
    Move("begin", _of("begun"), _("替委员起个头"), NEW, "draft", rules.begins,
         _("据没有立案的提案，替委员起草了社情民意信息")),
    Move("redraft", _of("redrafted"), _("改稿"), WRITTEN, None, rules.wrote, _("改了社情民意信息")),
    Move("readdress", _of("readdressed"), _("改交给谁"), DRAFT, None, rules.wrote,
         _("社情民意信息改交另一间工作室")),
    Move("send", _of("sent"), _("交工作室"), WRITTEN, "sent", rules.wrote, _("社情民意信息交到工作室")),
    Move("pass_on", _of("passed_on"), _("报机关"), SENT, "office", rules.reviews,
         _("工作室把社情民意信息报到机关")),
    Move(*_return, SENT, "returned", rules.reviews, _("社情民意信息退回补充")),
    Move(*_return, AT_OFFICE, "returned", rules.edits, _("社情民意信息退回补充")),
    Move("edit", _of("edited"), _("编辑"), AT_OFFICE, "office", rules.edits, _("编辑了社情民意信息")),
    Move("check", _of("checked"), _("核稿"), OFFICE, "checked", rules.edits, _("社情民意信息核了稿")),
    Move("sign", _of("signed"), _("签发"), CHECKED, "signed", rules.signs, _("社情民意信息签发了")),
    Move("hold_back", _of("held_back"), _("退回再编"), CHECKED | SIGNED, "office", rules.holds_back,
         _("社情民意信息退回再编")),
    Move("issue", _of("issued"), _("刊发"), SIGNED, "issued", rules.officer, _("社情民意信息刊发了")),
    Move("keep", _of("kept"), _("留存"), AT_OFFICE, "kept", rules.edits, _("社情民意信息留存")),
    Move("withdraw", _of("withdrawn"), _("撤回"), WRITTEN | SENT | AT_OFFICE, "withdrawn", rules.wrote,
         _("委员撤回了社情民意信息")),
    Move("adopt", _of("adopted"), _("记采用"), ISSUED, None, rules.officer, _("社情民意信息被采用")),
    Move("endorse", _of("endorsed"), _("记批示"), ISSUED, None, rules.officer, _("社情民意信息有了批示")),
    Move("refer", _of("referred"), _("转办"), ISSUED, None, rules.officer, _("社情民意信息转给单位")),
    Move("note_reply", _of("replied"), _("记回复"), ISSUED, None, rules.officer,
         _("单位回复了社情民意信息")),
    Move("reply", _of("replied"), _("回复"), ISSUED, None, rules.handles, _("单位回复了社情民意信息")),
    Move("feed_back", _of("fed_back"), _("反馈"), ISSUED, None, rules.officer,
         _("向委员反馈了社情民意信息")),
    about="核稿和签发是两个人；写的人不审、不编、不签自己的。核过稿再编辑的，要重新核稿。",
)  # fmt: skip

BULLETIN = Chart(
    "bulletin",
    Bulletin.State.choices,
    Move("issue", "bulletin_issued", _("刊发专报"), NEW, "issued", rules.issues, _("刊发了一期信息专报")),
)
