"""What is counted of studios, their members, and the days on which they receive."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .kinds import Metric, Rule


def studios() -> Iterator[Metric]:
    yield Metric(
        "studios", _("委员工作室"), "studio", _("期末开着的工作室。暂停、撤销的不算。"), "stock",
        (
            Rule(("studio_opened", "studio_resumed")),
            Rule(("studio_suspended",), weight=-1),
            Rule(("studio_closed",), {"was": "open"}, weight=-1),
        ), about="studio", group="studios",
    )  # fmt: skip
    yield Metric(
        "studios_online", _("已上线"), "studio", _("期末经审批上线的工作室。"), "stock",
        (Rule(("studio_approved",)), Rule(("studio_taken_offline",), weight=-1)),
        about="studio", group="studios",
    )  # fmt: skip
    yield Metric(
        "members", pgettext_lazy("how many", "委员"), "member",
        _("期末任委员的人，一人只算一次。各级人数不能相加。"), "people",
        about="person", group="studios",
    )  # fmt: skip
    yield Metric(
        "members_stationed", pgettext_lazy("how many", "驻室委员"), "member",
        _("期末驻在工作室的委员，驻两间也只算一次。"), "people",
        about="person", group="studios",
    )  # fmt: skip
    yield Metric(
        "members_without_studio", _("还没进工作室的委员"), "member",
        _("期末任委员、又不在任何一间工作室的人：不驻室，也不是召集人、副召集人。到哪间都算，不限本地。一个也没有，就是全覆盖。各级重新数，不能相加。"),
        "people", about="person", group="studios",
    )  # fmt: skip
    yield Metric(
        "member_coverage", _("委员入室率"), "percent",
        _("在一间工作室里的委员占多少：驻室的、召集人、副召集人都算，不限本地。零头舍去，百分之百就是全覆盖。"),
        "share", of=("members_without_studio", ("members",)), about="person", group="studios",
    )  # fmt: skip
    yield Metric(
        "receptions", _("接待"), "reception", _("工作室记下的接待，一次一场。"),
        rules=(Rule(("reception_held",)),), about="reception", group="studios",
    )  # fmt: skip
    yield Metric(
        "residents_received", _("接待群众"), "person-time", _("每场接待来的人数相加；来两次算两人次。"),
        rules=(Rule(("reception_held",), weight="residents"),), about="reception", people=True,
        group="studios",
    )  # fmt: skip
    yield Metric(
        "tasks_recorded", _("年度任务记录"), "item",
        _("工作室照年度清单记下、附了佐证的事，一件一条。从账上自己数的任务不在里面；划掉的减去。"),
        rules=(Rule(("task_recorded",)), Rule(("task_struck",), weight=-1)), about="task", group="studios",
    )  # fmt: skip
