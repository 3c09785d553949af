"""Two charts move a studio: whether it stands open, and whether it is online. And the acts beside them."""

from inspect import cleandoc

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move
from shangliang.base.journal.acts import ActKind

from . import levels, rules
from .models import BookingState, InspectionState, Online, RosterState, State

PLANNED, OPEN, SUSPENDED = (frozenset({s.value}) for s in (State.PLANNED, State.OPEN, State.SUSPENDED))
STANDING = PLANNED | OPEN | SUSPENDED
OFFLINE, APPLIED, CITY, PROVINCE, ONLINE = (frozenset({o.value}) for o in Online)

CHART = Chart(
    "studio",
    [(s.value, s.label) for s in State],
    Move(
        "plan", "studio_planned", _("筹建"), frozenset(), "planned", rules.is_officer, _("筹建了一间工作室")
    ),
    Move("open", "studio_opened", _("开室"), PLANNED, "open", rules.is_officer, _("工作室开了")),
    Move("suspend", "studio_suspended", _("暂停"), OPEN, "suspended", rules.is_officer, _("工作室暂停了")),
    Move("resume", "studio_resumed", _("恢复"), SUSPENDED, "open", rules.is_officer, _("工作室恢复了")),
    Move(
        "close", "studio_closed", _("撤销"), OPEN | SUSPENDED, "closed", rules.is_officer, _("工作室撤销了")
    ),
    Move("edit", "studio_edited", _("改页面"), STANDING, None, rules.keeps_page, _("改了工作室的页面")),
    Move(
        "make_model", "studio_made_model", _("定为示范点"), OPEN, None, rules.is_officer,
        _("把工作室定为示范点"),
    ),
    Move(
        "end_model", "studio_model_ended", _("不再作示范点"), OPEN | SUSPENDED, None, rules.is_officer,
        _("工作室提前不再作示范点"),
    ),
)  # fmt: skip

_up = ("studio_passed_up", _("同意，报上一级"))
_passed = _("同意上线，报上一级")
_yes = ("studio_approved", _("同意上线"))
_approved = _("同意上线")
_no = ("studio_not_approved", _("不同意"))
_refused = _("没有同意上线")

ONLINE_CHART = Chart(
    "studio_online",
    [(o.value, o.label) for o in Online],
    Move("apply", "studio_applied", _("申请上线"), OFFLINE, "applied", rules.hosts, _("申请上线")),
    Move("to_city", *_up, APPLIED, "city", rules.leads, _passed),
    Move("to_province", *_up, APPLIED, "province", rules.leads, _passed),
    Move("to_province", *_up, CITY, "province", rules.decides_above, _passed),
    Move("approve", *_yes, APPLIED, "online", rules.leads, _approved),
    Move("approve", *_yes, CITY | PROVINCE, "online", rules.decides_above, _approved),
    Move("refuse", *_no, APPLIED, "offline", rules.leads, _refused),
    Move("refuse", *_no, CITY | PROVINCE, "offline", rules.decides_above, _refused),
    Move("take_offline", "studio_taken_offline", _("下线"), ONLINE, "offline", rules.is_officer, _("下线了")),
    Move(
        "recheck", "studio_rechecked", _("年检：接着在网上"), ONLINE, None, rules.is_officer,
        _("年检过了，工作室接着在网上"),
    ),
    state="online",
    version="online_version",
    about=cleandoc(levels.__doc__ or ""),
)  # fmt: skip

ROSTER_CHART = Chart(
    "roster",
    [(s.value, s.label) for s in RosterState],
    Move("read", "roster_read", _("读名册"), frozenset(), "read", rules.keeps_rolls, _("读了一份委员名册")),
    Move(
        "take", "roster_taken", _("导入名册"), frozenset({"read"}), "taken", rules.keeps_rolls,
        _("导入了一份委员名册"),
    ),
)  # fmt: skip

BOOKED, WAITING = (frozenset({s.value}) for s in (BookingState.BOOKED, BookingState.WAITING))
CALLED_OFF = frozenset({BookingState.CALLED_OFF.value})
BOOKING_CHART = Chart(
    "booking",
    [(s.value, s.label) for s in BookingState],
    Move("book", "booking_made", _("预约"), frozenset(), "booked", rules.anybody, _("约了一个接待时间")),
    Move("wait", "booking_waits", _("候补"), frozenset(), "waiting", rules.anybody, _("排进了候补")),
    Move("walk_in", "booking_walked_in", _("没约就来了"), frozenset(), "came", rules.receives_them),
    Move("move_up", "booking_moved_up", _("补上"), WAITING, "booked", rules.house, _("候补的补上了")),
    Move("cancel", "booking_cancelled", _("不去了"), BOOKED | WAITING, "cancelled", rules.booked_it),
    Move(
        "call_off", "booking_called_off", _("取消预约"), BOOKED | WAITING, "called_off", rules.receives_them
    ),
    Move("come", "booking_came", _("来了"), BOOKED | WAITING, "came", rules.receives_them),
    Move("miss", "booking_missed", _("没来"), BOOKED, "missed", rules.receives_them),
    Move("tell", "booking_told", _("打过电话了"), BOOKED | CALLED_OFF, None, rules.receives_them),
)

INSPECTION_CHART = Chart(
    "inspection",
    [(s.value, s.label) for s in InspectionState],
    Move("find", "inspection_found", _("督查发现问题"), frozenset(), "open", rules.visits),
    Move("clear", "inspection_clear", _("督查没发现问题"), frozenset(), "clear", rules.visits),
    Move("put_right", "inspection_put_right", _("整改"), frozenset({"open"}), "put_right", rules.puts_right),
)

ACTS = (
    ActKind("studio_recheck_near", _("工作室的年检，一个月内到期")),
    ActKind("convener_appointed", _("任命了召集人或副召集人")),
    ActKind("member_stationed", _("一位委员进了工作室")),
    ActKind("member_left", _("一位委员离开了工作室")),
    ActKind("standards_written", _("写了一套自己的建室标准")),
    ActKind("standards_chosen", _("定了用哪套建室标准")),
    ActKind("standard_marked", _("核对了一项建室标准")),
    ActKind("task_sheet_set", _("定了年度任务清单")),
    ActKind("task_recorded", _("记了一项年度任务")),
    ActKind("task_struck", _("划掉了一条任务记录")),
    ActKind("town_entered", _("登记了一个镇的联络组")),
    ActKind("zone_entered", _("登记了一个片区")),
    ActKind("duty_set", _("排了值班")),
    ActKind("reception_held", _("记了一次接待")),
)
