"""The charts of a proposal, of a signature on it, and of what one department does with it."""

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move
from shangliang.base.journal.acts import ActKind

from . import rules
from .models import Handling, Signature, State
from .models.proposal import Excellence

NEW: frozenset[str] = frozenset()


def _in(*states: str) -> frozenset[str]:
    return frozenset(str(one) for one in states)


DRAFT, SIGNING, SENT, CHECKED, RETURNED, FILED, MERGED, ASSIGNED, ANSWERED, CLOSED, NOT_FILED = (
    _in(one)
    for one in (
        State.DRAFT, State.SIGNING, State.SENT, State.CHECKED, State.RETURNED, State.FILED, State.MERGED,
        State.ASSIGNED, State.ANSWERED, State.CLOSED, State.NOT_FILED,
    )
)  # fmt: skip
WRITTEN = DRAFT | RETURNED  # its text may be changed
UNSENT = WRITTEN | SIGNING
UNDER_REVIEW = SENT | CHECKED
OPEN = FILED | ASSIGNED | ANSWERED
DONE = ANSWERED | CLOSED
_of = "proposal_{}".format

CHART = Chart(
    "proposal",
    State.choices,
    Move("draft", _of("drafted"), _("起草"), NEW, "draft", rules.writes, _("起草了一件提案")),
    Move("redraft", _of("redrafted"), _("改稿"), WRITTEN, None, rules.leads, _("改了一件提案")),
    Move("readdress", _of("readdressed"), _("改交给谁"), DRAFT, None, rules.leads,
         _("提案改交另一级政协")),
    Move("invite", _of("put_up"), _("请人联名"), UNSENT, "signing", rules.leads, _("提案请人联名")),
    Move("seal", _of("sealed"), _("附盖章件"), UNSENT, None, rules.leads, _("提案附了盖章的扫描件")),
    Move("take_back", _of("taken_back"), _("收回来改"), SIGNING, "draft", rules.leads,
         _("提案收回来改，签过的要重新签")),
    Move("send", _of("sent"), _("交提案"), UNSENT, "sent", rules.leads, _("提案交到提案委")),
    Move("withdraw", _of("withdrawn"), _("撤回"), UNSENT | UNDER_REVIEW, "withdrawn", rules.leads,
         _("撤回了提案")),
    Move("check", _of("checked"), _("初审"), SENT, "checked", rules.officer, _("提案初审了")),
    Move("look_again", _of("looked_again"), _("退回初审"), CHECKED, "sent", rules.decides,
         _("提案退回初审")),
    Move("return", _of("returned"), _("退回修改"), UNDER_REVIEW, "returned", rules.office,
         _("提案退回修改")),
    Move("file", _of("filed"), _("立案"), CHECKED, "filed", rules.decides, _("提案立案了")),
    Move("merge", _of("merged"), _("并案"), CHECKED, "merged", rules.decides, _("提案并案了")),
    Move("refuse", _of("not_filed"), _("不立案"), CHECKED, "not_filed", rules.decides,
         _("提案没有立案，写明了理由，转出去了")),
    Move("write_letter", _of("letter_sent"), _("转给单位"), NOT_FILED, None, rules.decides,
         _("没有立案的提案转给一个单位，请它回复")),
    Move("reply_letter", _of("letter_replied"), _("回复"), NOT_FILED, None, rules.replies,
         _("单位回复了没有立案的提案")),
    Move("urge_letter", _of("letter_urged"), _("催回复"), NOT_FILED, None, rules.officer,
         _("催单位回复没有立案的提案")),
    Move("assign", _of("assigned"), _("交办"), FILED, "assigned", rules.officer, _("提案交办了")),
    Move("add", _of("added_to"), _("加派单位"), ASSIGNED, None, rules.officer, _("提案加派了一个单位")),
    Move("give_up", _of("given_up"), _("承办单位退回"), ASSIGNED, "filed", rules.handles,
         _("提案退回来，等重新交办")),
    Move("answer", _of("answered"), _("答复"), ASSIGNED | MERGED, "answered", rules.officer,
         _("提案答复了")),
    Move("redo", _of("redone"), _("再办一次"), DONE, "assigned", rules.signed, _("提案人不满意，重新办")),
    Move("wait_again", _of("waits_again"), _("跟着再办一次"), DONE, "merged", rules.signed_with,
         _("并案的提案跟着重新办")),
    Move("close", _of("closed"), _("办结"), ANSWERED, "closed", rules.closes, _("提案人都评过，办结了")),
    Move("end", _of("ended"), _("不再等评价"), ANSWERED, "closed", rules.house,
         _("签名的人都不在任了，没有人能评，办结了")),
    Move("mark_key", _of("marked_key"), _("列为重点"), OPEN, None, rules.office, _("提案列为重点")),
    Move("recheck", _of("rechecked"), _("次年复查"), DONE, None, rules.officer, _("提案次年复查了")),
    about="初审和审定是两个人；签了名的人不审、不交办、不答复自己的。请人联名以后文字不再动，要改就收回来，"
    "签过的重新签。有一个签名人不满意、要求再办，就再办一次；只再办一次。",
)  # fmt: skip

NO, NOMINATED, SHORTLISTED, DELIBERATED = (
    _in(one)
    for one in (Excellence.NONE, Excellence.NOMINATED, Excellence.SHORTLISTED, Excellence.DELIBERATED)
)
EXCELLENCE = Chart(
    "proposal_excellence",
    Excellence.choices,
    Move("nominate", _of("nominated"), _("推荐评优"), NO, "nominated", rules.officer, _("提案推荐评优")),
    Move("shortlist", _of("shortlisted"), _("初评入围"), NOMINATED, "shortlisted", rules.officer,
         _("提案初评入围")),
    Move("deliberate", _of("deliberated"), _("审议通过"), SHORTLISTED, "deliberated", rules.leader,
         _("优秀提案审议通过")),
    Move("announce", _of("excellent"), _("公布为优秀提案"), DELIBERATED, "announced", rules.officer,
         _("公布了优秀提案")),
    Move("drop", _of("not_chosen"), _("不再评"), NOMINATED | SHORTLISTED | DELIBERATED, "none",
         rules.office, _("提案没有评上")),
    state="excellence",
    about="四步：征集、初评、审议、公布。答复了的才推荐；签了名的人不推荐自己的。",
)  # fmt: skip

ASKED, SIGNED = _in(Signature.State.INVITED), _in(Signature.State.SIGNED)
SIGNING_CHART = Chart(
    "signature",
    Signature.State.choices,
    Move("lead", "signature_led", _("领衔"), NEW, "signed", rules.asks, _("领衔一件提案")),
    Move("ask", "signature_asked", _("请人联名"), NEW, "invited", rules.asks, _("请一位委员联名")),
    Move("sign", "signature_signed", _("签名"), ASKED, "signed", rules.own, _("一位委员签了名")),
    Move("decline", "signature_declined", _("不签"), ASKED, "declined", rules.own, _("一位委员没有签")),
    Move("call_off", "signature_called_off", _("收回邀请"), ASKED, "called_off", rules.asks,
         _("收回了联名的邀请")),
    Move("void", "signature_voided", _("改稿后重新签"), SIGNED, "invited", rules.asks,
         _("提案改稿，签名作废，重新请")),
    Move("lapse", "signature_lapsed", _("过期"), ASKED, "lapsed", rules.asks, _("没有在截止前签名")),
    Move("rate", "proposal_rated", _("评价"), SIGNED, None, rules.rates, _("签名人评了答复")),
    about="过了截止日不能再签。评价只由签名的人自己做，承办单位的账号、帮写的时候都不行，试了会记下来。",
)  # fmt: skip

GIVEN, DRAFTED, REPLIED = (
    _in(one) for one in (Handling.State.GIVEN, Handling.State.DRAFTED, Handling.State.ANSWERED)
)
OPINED = _in(Handling.State.OPINED)
HANDLING = Chart(
    "handling",
    Handling.State.choices,
    Move("give", "handling_given", _("交办"), NEW, "given", rules.gives, _("一件提案交给一个单位办")),
    Move("send_back", "handling_returned", _("退回"), GIVEN, "returned", rules.has,
         _("承办单位退回了一件提案")),
    Move("extend", "handling_extended", _("延期"), GIVEN, None, rules.answers, _("提案的答复延期了")),
    Move("contact", "handling_contacted", _("记一次联系"), GIVEN | DRAFTED | REPLIED, None, rules.answers,
         _("承办单位联系了提案人")),
    Move("opine", "handling_opined", _("给会办意见"), GIVEN, "opined", rules.opines, _("会办单位给了意见")),
    Move("countersign", "handling_countersigned", _("会签"), OPINED, None, rules.has,
         _("会办单位会签了答复")),
    Move("draft_answer", "handling_drafted", _("拟好答复"), GIVEN, "drafted", rules.answers,
         _("承办单位拟好了答复")),
    Move("hold_back", "handling_held_back", _("答复退回再拟"), DRAFTED, "given", rules.passes,
         _("一份提案答复退回再拟")),
    Move("pass", "handling_answered", _("审核通过，发出"), DRAFTED, "answered", rules.passes,
         _("一份提案答复发出了")),
    Move("redo", "handling_redone", _("再办一次"), REPLIED, "given", rules.sends_again,
         _("一个单位再办一次")),
    Move("urge", "handling_urged", _("督办"), GIVEN | DRAFTED | REPLIED, None, rules.gives,
         _("发了提案督办函")),
    Move("review", "handling_reviewed", _("评议提案"), REPLIED, None, rules.has,
         _("承办单位评议了提案")),
    about="主办、分办各答各的，会办一个月内给意见，答复发出以前会签。退回只在交办后的几个工作日里。"
    "办理前、办理中、答复后各和提案人联系一次，各有各的日子。"
    "承办单位先评提案，才看得到提案人怎么评它；提案人先评答复，才看得到单位怎么评提案。",
)  # fmt: skip
ACTS = (
    ActKind("proposal_rating_refused", _("不该由这个账号评的，没有评，记下了")),
    ActKind("session_entered", _("定了一次会期")),
    ActKind("session_struck", _("划掉了一次会期")),
)
