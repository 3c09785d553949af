"""What is counted of voices: from coming in to what their authors say of the answer."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from shangliang.flow.voices import topics

from .kinds import ANY, Metric, Rule

LATER = {
    "solved": _("还是好的"),
    "partly": _("好了一部分"),
    "not": _("又不行了，或一直没好"),
    "unknown": _("说不准"),
}
VERDICTS = ("voice_confirmed_solved", "voice_judged_partly", "voice_judged_not", "voice_reopened")
CHANGED = ("voice_verdict_changed", "voice_reopened_after_all")
JUDGED = ("voices_confirmed_solved", "voices_judged_partly", "voices_judged_not")
FIRST = {"first": True}


def _turned(verdict: str) -> tuple[Rule, ...]:
    """A verdict that its author changed to this one, or from it; what did not hold for four weeks is taken
    back too."""
    return (
        Rule(CHANGED, {"verdict": verdict}),
        Rule((*CHANGED, "voice_relapsed"), {"was": verdict}, weight=-1),
    )


def voices() -> Iterator[Metric]:
    def flow(name: str, label: Any, definition: Any, *rules: Rule) -> Metric:
        return Metric(name, label, "piece", definition, rules=rules, about="voice")

    yield flow(
        "voices_received", _("收到留言"),
        _("群众自己留下的，加上工作室代为记下的。一件只计一次：替他记过、他自己又来说的，认定后减去。"),
        Rule(("voice_left", "voice_recorded")), Rule(("voice_settled_same",), weight=-1),
        Rule(("voice_settled_different",), {"was": "same"}),
    )  # fmt: skip
    yield flow(
        "voices_assisted", _("代为记下的留言"), _("接待、电话、纸条、走访时由工作室代为记下的。"),
        Rule(("voice_recorded",)),
    )  # fmt: skip
    yield flow(
        "voices_taken_up", _("受理"), _("每件留言第一次受理，或不受理后改为受理，计一次。"),
        Rule(("voice_taken_up", "voice_reconsidered")),
    )  # fmt: skip
    yield flow(
        "voices_refused", _("未受理（已写明找谁）"), _("不受理的留言，每件都写了理由和下一步找谁。"),
        Rule(("voice_refused",)),
    )  # fmt: skip
    yield flow(
        "voices_answered", _("已答复"), _("每件留言的第一次答复。答复不等于办成。"),
        Rule(("voice_answered",), FIRST),
    )  # fmt: skip
    yield flow(
        "voices_answered_on_time", _("按时答复"), _("第一次答复在说好的日子当天或之前。"),
        Rule(("voice_answered",), FIRST | {"on_time": True}),
    )  # fmt: skip
    yield flow(
        "voices_promised", _("承诺了日子"), _("第一次答复里承诺了哪天办完。"),
        Rule(("voice_answered",), FIRST | {"promised": ANY}),
    )  # fmt: skip
    yield flow(
        "voices_done_reported", _("单位说办完"), _("单位第一次说办完，附照片或材料。群众认了才算办成。"),
        Rule(("voice_done_reported",), FIRST),
    )  # fmt: skip
    yield flow(
        "voices_confirmed_solved", _("群众说解决了"),
        _("留言人自己用查询码说「解决了」。工作人员不能代说。改了口的，在改的那天减去。"),
        Rule(("voice_confirmed_solved",)), *_turned("solved"),
    )  # fmt: skip
    yield flow(
        "voices_judged_partly", _("解决了一部分"), _("留言人说解决了一部分，包括随后请再办一次的。"),
        Rule(("voice_judged_partly",)), Rule(("voice_reopened",), {"verdict": "partly"}), *_turned("partly"),
    )  # fmt: skip
    yield flow(
        "voices_judged_not", _("没解决"), _("留言人说没解决，包括随后请再办一次的，和四周后说没好的。"),
        Rule(("voice_judged_not",)), Rule(("voice_reopened",), {"verdict": "not"}), *_turned("not"),
        Rule(("voice_relapsed",)),
    )  # fmt: skip
    yield flow(
        "voices_reopened", _("请再办一次"),
        _("留言人不满意，退回工作室再办一次，七天内改了评价再退回的也算；四周后说没好的，也重新办。"),
        Rule(("voice_reopened", "voice_reopened_after_all", "voice_relapsed")),
    )  # fmt: skip
    yield Metric(
        "voices_awaiting_verdict", _("已答复还没评价"), "piece",
        _("期末已答复、留言人还没说话的。不说话不算办成。"), "stock",
        (
            Rule(("voice_answered",)), Rule(VERDICTS, weight=-1),
            Rule(("voice_withdrawn",), {"was": "answered"}, weight=-1),
        ), about="voice",
    )  # fmt: skip
    yield flow(
        "voices_merged", _("一起办的留言"),
        _("本人同意，和另一件一起办的。那一件的答复算一次，这一件不另算；拆开的，在拆开那天减去。"),
        Rule(("voice_merged",)), Rule(("voice_unmerged",), weight=-1),
    )  # fmt: skip
    yield flow(
        "voices_withdrawn", _("本人撤回"), _("留言人自己撤回的留言。"), Rule(("voice_withdrawn",))
    )  # fmt: skip
    yield Metric(
        "supports", _("附议"), "person-time",
        _("别的群众附议公开的留言，一台手机或电脑对一条只算一次。收回的，在收回那天减去。"),
        rules=(Rule(("voice_supported",)), Rule(("voice_support_withdrawn",), weight=-1)),
        about="voice", people=True,
    )  # fmt: skip
    yield Metric(
        "follow_ups", _("四周后的回话"), "piece",
        _("说「解决了」或「解决了一部分」的，四周后问一句；留言人回了话的，按怎么说的分。"),
        rules=(Rule(("voice_followed_up", "voice_relapsed")),), about="voice",
        parts="said", part_labels=LATER,
    )  # fmt: skip
    yield Metric(
        "voices_by_topic", _("定了主题的留言"), "piece",
        _("受理时或以后由工作室、政协定了主题的留言，定的那天计一次，按主题分。改了主题的，在改的那天从原来的主题挪过去。"),
        rules=(
            Rule(("voice_taken_up", "voice_topic_set"), {"topic": ANY}),
            Rule(("voice_topic_set",), {"was": ANY}, weight=-1, part="was"),
        ), about="voice", parts="topic", part_labels=dict(topics.choices()),
    )  # fmt: skip
    yield Metric(
        "voices_overdue", _("超期未办"), "piece", _("期末有一只钟过了说好的日子还没停的留言。"), "overdue",
        about="voice",
    )  # fmt: skip
    yield flow(
        "voices_urged", _("发催办函"), _("过了日子还没办，给承办的一方发的有编号的函。一函计一次。"),
        Rule(("voice_urged",)),
    )  # fmt: skip
    yield flow(
        "voices_named", _("列入公开超期"), _("催过还没办，列入公开的超期名单。列一次计一次，办了也不减。"),
        Rule(("voice_listed",)),
    )  # fmt: skip
    yield Metric(
        "share_confirmed", _("群众确认率"), "percent",
        _("说「解决了」的，占三种评价（解决了、解决了一部分、没解决）的多少。没说话的不算在内。"), "share",
        of=("voices_confirmed_solved", JUDGED), about="voice",
    )  # fmt: skip
    yield Metric(
        "share_answered_on_time", _("按时答复率"), "percent",
        _("答复期限落在这段时间里的留言，按时答复了多少。"), "share", about="voice",
    )  # fmt: skip
