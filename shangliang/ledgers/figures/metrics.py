"""What is counted, as data: each metric once, with its definition. The pages, the command and the roll-up
read this list and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Kind = Literal["flow", "stock", "overdue", "people", "share"]
ANY = object()  # a fact that must be there, whatever it says


@dataclass(frozen=True)
class Rule:
    """Acts that count. `where`: facts they must have (a tuple: any of these). `weight`: what one adds; a
    text names the fact that holds the number."""

    acts: tuple[str, ...]
    where: Mapping[str, Any] = field(default_factory=dict)
    weight: int | str = 1

    def takes(self, facts: Mapping[str, Any]) -> bool:
        return all(self._fits(facts.get(name), wanted) for name, wanted in self.where.items())

    @staticmethod
    def _fits(fact: Any, wanted: Any) -> bool:
        if wanted is ANY:
            return fact is not None
        return fact in wanted if isinstance(wanted, tuple) else fact == wanted

    def as_filter(self) -> Q:
        """The same question to the journal's table."""
        asked = Q(name__in=self.acts)
        for name, wanted in self.where.items():
            if wanted is ANY:
                asked &= Q(**{f"facts__{name}__isnull": False})
            else:
                asked &= Q(
                    **{f"facts__{name}__in" if isinstance(wanted, tuple) else f"facts__{name}": wanted}
                )
        return asked

    def counts(self, facts: Mapping[str, Any]) -> int:
        return self.weight if isinstance(self.weight, int) else int(facts.get(self.weight) or 0)


@dataclass(frozen=True)
class Metric:
    """`unit` is a key of `names.UNITS`, `about` the kind of record behind it. `parts`: a fact by which the
    number falls into parts. `people`: counts people, so breakdowns show it from 10 on."""

    name: str
    label: Any
    unit: str
    definition: Any
    kind: Kind = "flow"
    rules: tuple[Rule, ...] = ()
    about: str = ""
    parts: str = ""
    part_labels: Mapping[str, Any] = field(default_factory=dict)
    people: bool = False
    public: bool = True
    of: tuple[str, tuple[str, ...]] = ("", ())  # a share: this metric, of the sum of these
    group: str = "voices"

    @property
    def additive(self) -> bool:
        """Whether county sums and own records make up the city and the province."""
        return self.kind in ("flow", "stock", "overdue")

    @property
    def tallied(self) -> bool:
        return self.kind in ("flow", "stock")

    @property
    def at_a_day(self) -> bool:
        """Whether it is a state at the end of the period, not what happened within it."""
        return self.kind in ("stock", "overdue", "people")


GROUPS = {
    "voices": pgettext_lazy("how many", "群众留言"),
    "consultations": _("协商"),
    "recommendations": _("协商建议和成果"),
    "studios": _("工作室和委员"),
    "reviews": _("审核"),
}
SOURCES = {"leader": _("党政点题"), "voices": _("群众出题"), "member": _("委员荐题")}
REASONS = {
    "law": _("违反写明的法律"),
    "personal": _("有别人的个人信息"),
    "abuse": _("辱骂、威胁人"),
    "advert": _("广告、刷屏"),
    "off_topic": _("不归这里管"),
    "duplicate": _("和已有的重复"),
}
LATER = {
    "solved": _("还是好的"),
    "partly": _("好了一部分"),
    "not": _("又不行了，或一直没好"),
    "unknown": _("说不准"),
}
VERDICTS = ("voice_confirmed_solved", "voice_judged_partly", "voice_judged_not", "voice_reopened")
JUDGED = ("voices_confirmed_solved", "voices_judged_partly", "voices_judged_not")
FIRST = {"first": True}
FIRST_POST = {"kind": "post", "first": True}


def _turned(verdict: str) -> tuple[Rule, ...]:
    """A verdict that its author changed to this one, or from it; what did not hold for four weeks is taken
    back too."""
    return (
        Rule(("voice_verdict_changed",), {"verdict": verdict}),
        Rule(("voice_verdict_changed", "voice_relapsed"), {"was": verdict}, weight=-1),
    )


def _voices() -> Iterator[Metric]:
    def flow(name: str, label: Any, definition: Any, *rules: Rule) -> Metric:
        return Metric(name, label, "piece", definition, rules=rules, about="voice")

    yield flow(
        "voices_received", _("收到留言"), _("群众自己留下的，加上工作室代为记下的。一件只计一次。"),
        Rule(("voice_left", "voice_recorded")),
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
        "voices_reopened", _("请再办一次"), _("留言人不满意，退回工作室再办一次；四周后说没好的，也重新办。"),
        Rule(("voice_reopened", "voice_relapsed")),
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


def _studios() -> Iterator[Metric]:
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
        "member_coverage", _("委员入室率"), "percent", _("驻室委员占委员的多少。"), "share",
        of=("members_stationed", ("members",)), about="person", group="studios",
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


def _consultations() -> Iterator[Metric]:
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


def _recommendations() -> Iterator[Metric]:
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


def _reviews() -> Iterator[Metric]:
    """Product.md 11: what is not shown, by reason, and what became of appeals; voices and posts apart, for
    each opens to its own records."""
    for kind, withheld, appealed, upheld in (
        ("voice", _("留言先不公开"), _("留言的申诉"), _("留言的申诉成立")),
        ("post", _("发言先不公开"), _("发言的申诉"), _("发言的申诉成立")),
    ):
        yield Metric(
            f"{kind}s_withheld", withheld, "item",
            _("先不公开，事情照样在办；每次都写了单子上的理由，本人看得到。"),
            rules=(Rule(("review_withheld",), {"kind": kind}),), about=kind, group="reviews",
            parts="reason", part_labels=REASONS,
        )  # fmt: skip
        yield Metric(
            f"{kind}_appeals", appealed, "item", _("本人不同意先不公开，请换一个人再看的。"),
            rules=(Rule(("review_appealed",), {"kind": kind}),), about=kind, group="reviews",
            parts="reason", part_labels=REASONS,
        )  # fmt: skip
        yield Metric(
            f"{kind}_appeals_upheld", upheld, "item", _("换人看过以后公开了的。"),
            rules=(Rule(("review_shown",), {"kind": kind, "appeal": True}),), about=kind, group="reviews",
        )  # fmt: skip
        yield Metric(
            f"{kind}_appeals_in_time", _("按时答复的申诉"), "item", _("5 个工作日内换人看过、有了答复的。"),
            rules=(
                Rule(("review_shown",), {"kind": kind, "appeal": True, "in_time": True}),
                Rule(("review_appeal_dismissed",), {"kind": kind, "in_time": True}),
            ), about=kind, group="reviews",
        )  # fmt: skip


METRICS: dict[str, Metric] = {
    m.name: m for m in (*_voices(), *_consultations(), *_recommendations(), *_studios(), *_reviews())
}
RULES: dict[str, list[tuple[Metric, Rule]]] = {}  # by act
for _metric in METRICS.values():
    for _rule in _metric.rules:
        for _act in _rule.acts:
            RULES.setdefault(_act, []).append((_metric, _rule))

# Every other act is decided on too: it moves no number. A test finds an act in neither list.
NOT_COUNTED = frozenset({
    "committee_entered", "post_granted", "post_ended", "contact_revealed", "person_erased",
    "voice_phone_corrected", "voice_follow_up_due", "voice_follow_up_set", "voice_merge_proposed",
    "voice_merge_declined", "review_made_private",
    "voice_reminded", "paper_forms_printed",
    "account_erased", "total_reported", "evidence_linked",
    "account_invited", "invitation_withdrawn", "account_opened", "account_closed", "account_reopened",
    "second_factor_set", "second_factor_reset",
    "voice_assigned", "voice_sent_back", "voice_sent_up", "voice_sent_down", "voice_raised",
    "voice_given_back",
    "voice_extended", "voice_clock_reckoned", "voice_progress_reported", "voice_said", "voice_replied",
    "review_mended",
    "topic_declined", "post_left", "door_codes_printed", "consultation_minuted", "consultation_sent",
    "consultation_finished", "recommendation_returned", "recommendation_extended",
    "topic_clock_reckoned", "recommendation_clock_reckoned",
    "recommendation_progress_reported", "recommendation_judged", "result_drafted",
    "studio_planned", "studio_edited", "studio_applied", "studio_not_approved",
    "convener_appointed", "member_stationed", "member_left", "roster_read", "roster_taken",
    "booking_made", "booking_waits", "booking_walked_in", "booking_moved_up", "booking_cancelled",
    "booking_called_off", "booking_came", "booking_missed", "booking_told", "duty_set",
    "standards_chosen", "standard_marked", "inspection_found", "inspection_clear", "inspection_put_right",
})  # fmt: skip
