"""The chart of a voice: what a resident's word goes through. Silence closes nothing."""

from inspect import cleandoc

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move
from shangliang.base.journal.acts import ActKind

from . import deadlines, ladder, rules, secondlook, sharing
from .models import State

NEW: frozenset[str] = frozenset()
RECEIVED = frozenset({State.RECEIVED})
REFUSED = frozenset({State.REFUSED})
TAKEN_UP = frozenset({State.TAKEN_UP})
ASSIGNED = frozenset({State.ASSIGNED})
SENT_UP = frozenset({State.SENT_UP})
IN_CONSULTATION = frozenset({State.IN_CONSULTATION})
ANSWERED = frozenset({State.ANSWERED})
IN_HAND = frozenset({State.TAKEN_UP, State.ASSIGNED, State.SENT_UP})
AT_DESK = TAKEN_UP | SENT_UP  # where a committee itself answers
CLOSED = frozenset({State.CLOSED})
MERGED = frozenset({State.MERGED})
NOT_CLOSED = frozenset(set(State) - {State.CLOSED, State.WITHDRAWN})
# What has become a topic is no longer one person's alone; what is refused or judged has come to its end.
WITHDRAWABLE = frozenset({State.RECEIVED, State.ANSWERED}) | IN_HAND | MERGED
HOSTING = IN_HAND | IN_CONSULTATION  # another may be merged into it: its answer is still to come
SUPPORTED = frozenset(set(State) - {State.REFUSED, State.CLOSED, State.WITHDRAWN})
SORTED = HOSTING | ANSWERED | CLOSED | MERGED  # taken up, so somebody may say what it is about
BELOW = frozenset({State.RECEIVED, State.TAKEN_UP, State.ASSIGNED})  # no letter goes up
# What goes along when its studio stops: it is not at its end, or may come back from there.
IN_A_STUDIO = RECEIVED | HOSTING | ANSWERED | MERGED
KEPT = RECEIVED | IN_HAND | IN_CONSULTATION | ANSWERED  # somebody at the desk looks after it
LATE = BELOW | SENT_UP | ANSWERED  # whose clock, or the day promised, may go by

_answer = ("answer", "voice_answered", _("答复"))
_answered = _("答复了一条留言")
_proposed = _("写好一份答复，等另一个人复核")
_extend = ("extend", "voice_extended", _("延期"))
_extended = _("把一条留言的答复日延后了")

CHART = Chart(
    "voice",
    State.choices,
    Move("leave", "voice_left", _("交给委员"), NEW, State.RECEIVED, rules.anybody,
         _("收到一条留言")),
    Move("record", "voice_recorded", _("代为记下"), NEW, State.RECEIVED, rules.records,
         _("替人记下一条留言")),
    Move("take_up", "voice_taken_up", _("受理"), RECEIVED, State.TAKEN_UP, rules.hosts,
         _("受理了一条留言")),
    Move("refuse", "voice_refused", _("不受理"), RECEIVED, State.REFUSED, rules.hosts,
         _("没有受理一条留言，写明了该找谁")),
    Move("reconsider", "voice_reconsidered", _("改为受理"), REFUSED, State.TAKEN_UP, rules.hosts,
         _("重新看过，受理了一条留言")),
    Move("assign", "voice_assigned", _("转承办单位"), TAKEN_UP, State.ASSIGNED, rules.hosts,
         _("把一条留言转给承办单位")),
    Move("assign", "voice_assigned", _("转承办单位"), SENT_UP, State.ASSIGNED, rules.above,
         _("把一条留言转给承办单位")),
    Move("send_back", "voice_sent_back", _("退回改派"), ASSIGNED, State.TAKEN_UP, rules.sends_back,
         _("承办单位退回了一条留言")),
    Move("return_to_office", "voice_sent_back", _("退回改派"), ASSIGNED, State.SENT_UP,
         rules.returns_to_office, _("承办单位退回了一条留言")),
    Move("call_in", "voice_called_in", _("加请会办单位"), ASSIGNED, None, rules.asks,
         _("给一条留言加请了会办单位")),
    Move("call_off", "voice_called_off", _("不再请它会办"), ASSIGNED, None, rules.asks,
         _("一条留言不再请一家单位会办")),
    Move("give_opinion", "voice_opinion_given", _("给会办意见"), ASSIGNED, None, rules.beside,
         _("会办单位给了意见")),
    Move("return_part", "voice_part_returned", _("退回会办"), ASSIGNED, None, rules.beside,
         _("会办单位退回了一条留言")),
    Move("extend_part", "voice_part_extended", _("会办延期"), ASSIGNED, None, rules.beside,
         _("会办单位延了给意见的日子")),
    Move("send_up", "voice_sent_up", _("报上级政协"), TAKEN_UP, State.SENT_UP, rules.is_officer,
         _("把一条留言报给上级政协")),
    Move("send_up", "voice_sent_up", _("报上级政协"), SENT_UP, None, rules.sends_on,
         _("把一条留言报给上级政协")),
    Move("pass_down", "voice_passed_down", _("交给下级政协"), TAKEN_UP, State.SENT_UP, rules.is_officer,
         _("把一条留言交给下级政协")),
    Move("pass_down", "voice_passed_down", _("交给下级政协"), SENT_UP, None, rules.sends_on,
         _("把一条留言交给下级政协")),
    Move("send_down", "voice_sent_down", _("退回收下它的政协"), SENT_UP, State.TAKEN_UP, rules.just_above,
         _("另一级政协退回了一条留言")),
    Move("return_down", "voice_sent_down", _("退回下一级"), SENT_UP, None, rules.further_above,
         _("另一级政协退回了一条留言")),
    Move("return_across", "voice_sent_down", _("退回交来的政协"), SENT_UP, None, rules.passed_across,
         _("另一级政协退回了一条留言")),
    Move("raise", "voice_raised", _("提为议题"), TAKEN_UP, State.IN_CONSULTATION, rules.hosts,
         _("一条留言成了议题")),
    Move("give_back", "voice_given_back", _("议题未列入"), IN_CONSULTATION, State.TAKEN_UP, rules.consulting,
         _("议题没有列入，留言接着单独办")),
    Move(*_extend, TAKEN_UP, None, rules.hosts, _extended),
    Move(*_extend, ASSIGNED, None, rules.handles, _extended),
    Move(*_extend, SENT_UP, None, rules.above, _extended),
    Move(*_answer, TAKEN_UP, State.ANSWERED, rules.hosts, _answered),
    Move(*_answer, ASSIGNED, State.ANSWERED, rules.handles, _answered),
    Move(*_answer, SENT_UP, State.ANSWERED, rules.above, _answered),
    Move(*_answer, IN_CONSULTATION, State.ANSWERED, rules.consulting, _answered),
    Move("propose", "voice_answer_proposed", _("送复核"), TAKEN_UP, None, rules.hosts, _proposed),
    Move("propose", "voice_answer_proposed", _("送复核"), SENT_UP, None, rules.above, _proposed),
    Move("let_through", "voice_answered", _("复核通过，发出"), AT_DESK, State.ANSWERED, rules.looks_over,
         _answered),
    Move("hold_back", "voice_answer_held_back", _("退回去改"), AT_DESK, None, rules.looks_over,
         _("一份答复退回去再改")),
    Move("retract", "voice_answer_retracted", _("收回来改"), AT_DESK, None, rules.proposed_it,
         _("写答复的人收回来再改")),
    Move("hand_over", "voice_handed_over", _("交给同事"), KEPT, None, rules.hands_over,
         _("把一条留言交给同事经办")),
    Move("set_topic", "voice_topic_set", _("定主题"), SORTED, None, rules.hosts,
         _("定了一条留言的主题")),
    Move("report_progress", "voice_progress_reported", _("报进展"), ANSWERED, None, rules.answered_it,
         _("报了一次进展")),
    Move("move_promise", "voice_promise_moved", _("改承诺的日子"), ANSWERED, None, rules.answered_it,
         _("把承诺办完的日子改晚了")),
    Move("report_done", "voice_done_reported", _("说办完了"), ANSWERED, None, rules.reports_done,
         _("说一条留言办完了")),
    Move("confirm", "voice_confirmed_solved", _("解决了"), ANSWERED, State.CLOSED, rules.decides,
         _("留言人说解决了")),
    Move("judge_partly", "voice_judged_partly", _("解决了一部分"), ANSWERED, State.CLOSED, rules.decides,
         _("留言人说解决了一部分")),
    Move("judge_not", "voice_judged_not", _("没解决"), ANSWERED, State.CLOSED, rules.decides,
         _("留言人说没解决")),
    Move("reopen", "voice_reopened", _("请再办一次"), ANSWERED, State.TAKEN_UP, rules.decides,
         _("留言人请再办一次")),
    Move("change_verdict", "voice_verdict_changed", _("改评价"), CLOSED, None, rules.decides,
         _("留言人改了评价")),
    Move("reopen_after_all", "voice_reopened_after_all", _("改评价，请再办一次"), CLOSED, State.TAKEN_UP,
         rules.decides, _("留言人改了评价，请再办一次")),
    Move("follow_up", "voice_followed_up", _("四周后说一句"), CLOSED, None, rules.decides,
         _("留言人四周后说了一句")),
    Move("relapse", "voice_relapsed", _("四周后说没好"), CLOSED, State.TAKEN_UP, rules.decides,
         _("留言人四周后说没好，重新办")),
    Move("propose_merge", "voice_merge_proposed", _("问本人愿不愿一起办"), TAKEN_UP, None, rules.hosts,
         _("问留言人愿不愿和另一件一起办")),
    Move("agree_merge", "voice_merged", _("同意一起办"), TAKEN_UP, State.MERGED, rules.decides,
         _("留言人同意，和另一件一起办")),
    Move("decline_merge", "voice_merge_declined", _("还是单独办"), TAKEN_UP, None, rules.decides,
         _("留言人要单独办")),
    Move("unmerge", "voice_unmerged", _("拆开单独办"), MERGED, State.TAKEN_UP, rules.unmerges,
         _("拆开了，接着单独办")),
    Move("withdraw", "voice_withdrawn", _("撤回"), WITHDRAWABLE, State.WITHDRAWN, rules.decides,
         _("留言人撤回了一条留言")),
    Move("say", "voice_said", _("再说一句"), NOT_CLOSED, None, rules.wrote,
         _("留言人补了一句")),
    Move("reply", "voice_replied", _("回一句"), NOT_CLOSED, None, rules.replies,
         _("回了留言人一句")),
    Move("remind", "voice_reminded", _("提醒"), LATE, None, rules.reminds,
         _("提醒了超期的一方")),
    Move("urge", "voice_urged", _("催办"), BELOW | ANSWERED, None, rules.urges,
         _("发了催办函")),
    Move("list", "voice_listed", _("列入公开超期"), LATE, None, rules.by_the_clock,
         _("列入了公开的超期名单")),
    Move("change_studio", "voice_studio_changed", _("交给别的工作室"), IN_A_STUDIO, None, rules.is_officer,
         _("工作室停了，一条留言交给别的工作室接着办")),
    about="\n\n".join(cleandoc(room.__doc__ or "") for room in (deadlines, sharing, ladder, secondlook)),
)  # fmt: skip
ACTS = (
    ActKind("voice_clock_reckoned", _("放假安排公布后，一条留言的日子重新算过")),
    ActKind("paper_forms_printed", _("印了一批纸质留言表")),
    ActKind("voice_phone_corrected", _("留言人改了或删了自己的电话")),
    ActKind("voice_supported", _("有人附议一条留言")),
    ActKind("voice_support_withdrawn", _("有人收回了附议")),
    ActKind("assistance_refused", _("帮人写的时候，不能替他办的一步，没有办")),
    ActKind("voice_follow_up_due", _("四周到了，问留言人一句")),
    ActKind("voice_noted", _("写了一条内部备注")),
    ActKind("voice_note_struck", _("划掉了一条内部备注")),
    ActKind("photo_shown", _("公开了一张照片，盖住了要盖的地方")),
    ActKind("photo_hidden", _("一张照片不再公开")),
    ActKind("template_made", _("写了一条常用答复")),
    ActKind("template_changed", _("改了一条常用答复")),
    ActKind("template_dropped", _("不再用一条常用答复")),
    ActKind("batch_carried_out", _("一次办了许多条留言")),
    ActKind("voice_taken_into_report", _("委员据一条留言写了社情民意信息")),
    ActKind("voice_taken_into_proposal", _("委员据一条留言写了提案")),
    ActKind("voice_taken_into_activity", _("据一条留言办一场活动")),
    ActKind("voice_follow_up_set", _("留言人说了四周后要不要问")),
)
HELD_MOVES = frozenset({"answer", "extend"})  # of whoever holds it: "not now" for those who hold it otherwise
