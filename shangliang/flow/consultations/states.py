"""The charts of a consultation (3a) and of a recommendation (3b)."""

from django.utils.translation import gettext_lazy as _

from shangliang.base.charts.chart import Chart, Move
from shangliang.base.journal.acts import ActKind

from . import rules
from .models import RecommendationState, State

NONE: frozenset[str] = frozenset()
RAISED = frozenset({"raised"})
OPEN = frozenset({"open"})
SENT = frozenset({"sent"})
ANSWERED = frozenset({"answered"})

CHART = Chart(
    "consultation",
    State.choices,
    Move("raise_topic", "topic_raised", _("提议题"), NONE, "raised", rules.raises, _("提了一个题目")),
    Move(
        "open", "consultation_opened", _("定题、开始商量"), RAISED, "open", rules.opens, _("定了题，开始商量")
    ),
    Move("decline", "topic_declined", _("不列入"), RAISED, "declined", rules.declines, _("题目没有列入")),
    Move("post", "post_left", _("说一条"), OPEN, None, rules.posts, _("有人说了一条")),
    Move("hold_meeting", "meeting_held", _("记一次会"), OPEN, None, rules.hosts, _("开了协商会")),
    Move("minute", "consultation_minuted", _("出纪要"), OPEN, "minuted", rules.hosts, _("纪要出来了")),
    Move(
        "send",
        "consultation_sent",
        _("送建议"),
        frozenset({"minuted"}),
        "sent",
        rules.runs,
        _("建议送出去了"),
    ),
    Move("finish", "consultation_finished", _("公布结果"), SENT, "finished", rules.runs, _("有结果了")),
)

RECOMMENDATION = Chart(
    "recommendation",
    RecommendationState.choices,
    Move("send", "recommendation_sent", _("送出"), NONE, "sent", rules.sends_again, _("一条建议送给单位")),
    Move(
        "send_back",
        "recommendation_returned",
        _("退回改送"),
        SENT,
        "returned",
        rules.answers,
        _("单位退回了建议"),
    ),
    Move(
        "send_again",
        "recommendation_sent",
        _("改送"),
        frozenset({"returned"}),
        "sent",
        rules.sends_again,
        _("一条建议送给单位"),
    ),
    Move("extend", "recommendation_extended", _("延期"), SENT, None, rules.answers, _("单位延了答复的日子")),
    Move(
        "answer", "recommendation_answered", _("答复"), SENT, "answered", rules.answers, _("单位答复了建议")
    ),
    Move(
        "report_progress",
        "recommendation_progress_reported",
        _("报进展"),
        ANSWERED,
        None,
        rules.answers,
        _("单位说了进展"),
    ),
    Move(
        "report_done",
        "recommendation_done_reported",
        _("说办完了"),
        ANSWERED,
        "done",
        rules.answers,
        _("单位说办完了"),
    ),
    Move(
        "judge",
        "recommendation_judged",
        _("我来评"),
        frozenset({"answered", "done"}),
        None,
        rules.judges,
        _("提议人评了一条建议"),
    ),
)

ACTS = (
    ActKind("door_codes_printed", _("印了一批参与码")),
    ActKind("topic_clock_reckoned", _("放假安排公布后，定题的日子重新算过")),
    ActKind("recommendation_clock_reckoned", _("放假安排公布后，答复建议的日子重新算过")),
)
