"""What is counted of consultations, their recommendations and results."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from .kinds import Metric, Rule

SOURCES = {"leader": _("党政点题"), "voices": _("群众出题"), "member": _("委员荐题")}
FIRST_POST = {"kind": "post", "first": True}


def consultations() -> Iterator[Metric]:
    def metric(
        name: str, label: Any, unit: str, definition: Any, rule: Rule, about: str, **more: Any
    ) -> Metric:
        return Metric(
            name, label, unit, definition, rules=(rule,), about=about, group="consultations", **more
        )

    yield metric(
        "topics_raised", _("提出议题"), "topic", _("党政点的、群众出的、委员荐的题目，按提出的那天计。"),
        Rule(("topic_raised",)), "consultation", parts="source", part_labels=SOURCES,
    )  # fmt: skip
    yield metric(
        "micro_consultations", _("微协商"), "consultation", _("定了题、开始商量的题目。"),
        Rule(("consultation_opened",)), "consultation",
    )  # fmt: skip
    yield metric(
        "posts_shown", _("公开发言"), "item", _("看过以后公开的发言，每条只在第一次公开时计。"),
        Rule(("review_shown",), FIRST_POST), "post",
    )  # fmt: skip
    yield metric(
        "suggestions", _("意见建议"), "suggestion", _("公开的发言里一条一条写的建议；人数和条数分开数。"),
        Rule(("review_shown",), FIRST_POST, "suggestions"), "post",
    )  # fmt: skip
    yield metric(
        "consultation_participants", _("参与"), "person-time",
        _("有发言公开的参与者，一次协商里一人只算一次。"),
        Rule(("review_shown",), {"kind": "post", "participant_first": True}), "post", people=True,
    )  # fmt: skip
    yield metric(
        "meetings_held", _("协商会"), "meeting", _("记下来的协商会。"),
        Rule(("meeting_held",)), "consultation",
    )  # fmt: skip


def recommendations() -> Iterator[Metric]:
    def metric(
        name: str, label: Any, definition: Any, act: str, about: str = "recommendation", **where: Any
    ) -> Metric:
        rule = Rule((act,), where)
        return Metric(name, label, "item", definition, rules=(rule,), about=about, group="recommendations")

    yield metric(
        "recommendations_sent", _("协商建议送出"), _("送到单位的建议。退回后改送别的单位的，也只计一次。"),
        "recommendation_sent", first=True,
    )  # fmt: skip
    yield metric(
        "recommendations_answered", _("协商建议已答复"), _("单位答复了的建议。"), "recommendation_answered"
    )  # fmt: skip
    yield metric(
        "recommendations_answered_on_time", _("协商建议按时答复"), _("在说好的日子当天或之前答复的建议。"),
        "recommendation_answered", on_time=True,
    )  # fmt: skip
    yield metric(
        "recommendations_adopted", _("采纳或部分采纳"), _("单位答复采纳，或采纳一部分的建议。"),
        "recommendation_answered", decision=("adopt", "partly"),
    )  # fmt: skip
    yield metric(
        "recommendations_done_reported", _("协商建议说办完"), _("单位说办完的建议，附照片或材料。"),
        "recommendation_done_reported",
    )  # fmt: skip
    yield Metric(
        "recommendations_overdue", _("超期未答的建议"), "item", _("期末过了答复的日子还没答复的建议。"),
        "overdue", about="recommendation", group="recommendations",
    )  # fmt: skip
    yield Metric(
        "results_published", _("公布成果"), "result", _("写明结果、附了依据并公布的成果。"),
        rules=(Rule(("result_published",)),), about="result", group="recommendations",
    )  # fmt: skip
