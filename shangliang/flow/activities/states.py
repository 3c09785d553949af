"""The charts of an activity and of a member's part in it."""

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move
from shangliang.base.journal.acts import ActKind

from . import rules
from .models import Standing, State

NEW: frozenset[str] = frozenset()
PLANNED, ANNOUNCED, HELD, PUBLISHED = (
    frozenset({s.value}) for s in (State.PLANNED, State.ANNOUNCED, State.HELD, State.PUBLISHED)
)
AHEAD = PLANNED | ANNOUNCED
_of = "activity_{}".format

CHART = Chart(
    "activity",
    State.choices,
    Move("plan", _of("planned"), _("计划"), NEW, "planned", rules.organises, _("计划了一场活动")),
    Move("record_afterwards", _of("recorded"), _("补记"), NEW, "held", rules.organises, _("记录了一场活动")),
    Move("change", _of("changed"), _("改计划"), AHEAD, None, rules.organises, _("改了活动的计划")),
    Move("announce", _of("announced"), _("发通知"), PLANNED, "announced", rules.organises,
         _("发了活动通知")),
    Move("cancel", _of("cancelled"), _("取消"), AHEAD, "cancelled", rules.organises, _("取消了活动")),
    Move("record", _of("recorded"), _("记录"), ANNOUNCED, "held", rules.organises, _("记录了一场活动")),
    Move("mend", _of("mended"), _("改记录"), HELD, None, rules.organises, _("改了活动的记录")),
    Move("draft", _of("drafted"), _("写公开稿"), HELD, None, rules.organises, _("写了活动的公开稿")),
    Move("publish", _of("published"), _("公开"), HELD, "published", rules.publishes, _("公开了活动")),
    Move("take_down", _of("taken_down"), _("收回"), PUBLISHED, "held", rules.publishes,
         _("收回了公开的活动")),
    Move("close", _of("closed"), _("归档"), HELD, "closed", rules.organises, _("活动归档了")),
    about="临时的事（防汛、封控）办完以后补记，写明为什么，不要通知，也不要先学。调解、长期帮扶永不公开。",
)  # fmt: skip

INVITED, SIGNED, WAITING, LEAVE = (
    frozenset({s.value}) for s in (Standing.INVITED, Standing.SIGNED, Standing.WAITING, Standing.LEAVE)
)
ABSENT, CAME, STRUCK = (frozenset({s.value}) for s in (Standing.ABSENT, Standing.CAME, Standing.STRUCK))
NOT_YET = INVITED | SIGNED | WAITING | LEAVE | ABSENT  # who was there after all is ticked after the record
_part = "participation_{}".format
_sign = ("sign_up", _part("signed"), _("报名"))
_wait = ("wait", _part("waits"), _("候补"))
_come = ("come", _part("came"), _("签到"))
_add = ("add", _part("added"), _("补进记录"))
PARTICIPATION = Chart(
    "participation",
    Standing.choices,
    Move("invite", _part("invited"), _("请委员"), NEW, "invited", rules.ticks, _("请了一位委员参加活动")),
    Move(*_sign, NEW, "signed", rules.joins, _("一位委员报了名")),
    Move(*_sign, INVITED | LEAVE, "signed", rules.joins, _("一位委员报了名")),
    Move(*_wait, NEW, "waiting", rules.joins, _("一位委员排进候补")),
    Move(*_wait, INVITED | LEAVE, "waiting", rules.joins, _("一位委员排进候补")),
    Move("move_up", _part("moved_up"), _("补上"), WAITING, "signed", rules.house, _("候补的委员补上了")),
    Move("ask_leave", _part("on_leave"), _("请假"), INVITED | SIGNED | WAITING, "leave", rules.own,
         _("一位委员请了假")),
    Move("study", _part("studied"), _("学过了"), INVITED | SIGNED | WAITING, None, rules.own,
         _("一位委员活动前学过了")),
    Move(*_come, NEW, "came", rules.checks_in, _("一位委员签了到")),
    Move(*_come, NOT_YET, "came", rules.checks_in, _("一位委员签了到")),
    Move("miss", _part("missed"), _("没有到"), INVITED | SIGNED, "absent", rules.ticks,
         _("该到的委员没有到")),
    Move("strike", _part("struck"), _("划掉"), CAME, "struck", rules.ticks, _("到了的名单里划掉了一位委员")),
    Move(*_add, NEW, "came", rules.ticks, _("到了的名单里补上了一位委员")),
    Move(*_add, NOT_YET | STRUCK, "came", rules.ticks, _("到了的名单里补上了一位委员")),
    about="请假不是缺席；报了名没有到是缺席，三类会议请了没有回也没有到也是。有人请假，候补的第一位自己补上。"
    "扫两次码，只算一次到。记录以后（公开、归档了也一样）写明为什么，能划掉没有到的、补上到了的：各是一笔，"
    "积分跟着冲销、补记。记录以前划掉的，也补得回来。",
)  # fmt: skip

ACTS = (
    ActKind("activity_photo_covered", _("盖住了活动照片上的人脸")),
    ActKind("activity_photo_uncovered", _("去掉了活动照片上的遮盖")),
    ActKind("series_begun", _("建了一个活动系列")),
    ActKind("activity_rules_set", _("定了本级活动的规矩")),
)
