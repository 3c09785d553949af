"""What is counted of the review: what is not shown, why, and what became of appeals."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .kinds import Metric, Rule

REASONS = {
    "law": _("违反写明的法律"),
    "personal": _("有别人的个人信息"),
    "abuse": _("辱骂、威胁人"),
    "advert": _("广告、刷屏"),
    "off_topic": _("不归这里管"),
    "duplicate": _("和已有的重复"),
}


def reviews() -> Iterator[Metric]:
    """Product.md 11: what is not shown, by reason, and what became of appeals; voices and posts apart, for
    each opens to its own records."""
    for kind, withheld, appealed, upheld, dismissed, reported in (
        ("voice", _("留言先不公开"), _("留言的申诉"), _("留言的申诉成立"), _("留言的申诉没有成立"),
         _("读者反映留言有问题")),
        ("post", _("发言先不公开"), _("发言的申诉"), _("发言的申诉成立"), _("发言的申诉没有成立"),
         _("读者反映发言有问题")),
    ):  # fmt: skip
        yield Metric(
            f"{kind}s_withheld", withheld, "item",
            _("先不公开，事情照样在办；每次都写了单子上的理由，本人看得到。"),
            rules=(Rule(("review_withheld",), {"kind": kind}),), about=kind, group="reviews",
            parts="reason", part_labels=REASONS,
        )  # fmt: skip
        yield Metric(
            f"{kind}_reports", reported, "item",
            _("有读者说公开的话有问题，按单子上的理由；说了不等于藏起来，有人再看一眼。"),
            rules=(Rule(("report_made",), {"kind": kind}),), about=kind, group="reviews",
            parts="reason", part_labels=REASONS,
        )  # fmt: skip
        yield Metric(
            f"{kind}_reports_settled", _("读者反映看过了的"), "item",
            _("再看过的：没有问题的，和先不公开了的。本人自己改了收回了的不算。"),
            rules=(Rule(("report_kept", "report_acted"), {"kind": kind}),), about=kind, group="reviews",
            parts="reason", part_labels=REASONS,
        )  # fmt: skip
        yield Metric(
            f"{kind}_reports_acted", _("因读者反映先不公开的"), "item", _("再看过，确有单子上的问题的。"),
            rules=(Rule(("report_acted",), {"kind": kind}),), about=kind, group="reviews",
            parts="reason", part_labels=REASONS,
        )  # fmt: skip
        yield Metric(
            f"{kind}_appeals", appealed, "item", _("本人不同意先不公开，请换一个人再看的。"),
            rules=(Rule(("review_appealed",), {"kind": kind}),), about=kind, group="reviews",
            parts="reason", part_labels=REASONS,
        )  # fmt: skip
        yield Metric(
            f"{kind}_appeals_upheld", upheld, "item",
            _("换人看过以后公开了的，按原来先不公开的理由分；早先没有记理由的，只在总数里。"),
            rules=(Rule(("review_shown",), {"kind": kind, "appeal": True}),), about=kind, group="reviews",
            parts="reason", part_labels=REASONS,
        )  # fmt: skip
        yield Metric(
            f"{kind}_appeals_dismissed", dismissed, "item",
            _("换人看过，还是先不公开的；为什么，本人看得到。没有看完的不在这里。"),
            rules=(Rule(("review_appeal_dismissed",), {"kind": kind}),), about=kind, group="reviews",
            parts="reason", part_labels=REASONS,
        )  # fmt: skip
        yield Metric(
            f"{kind}_appeals_in_time", _("按时答复的申诉"), "item", _("5 个工作日内换人看过、有了答复的。"),
            rules=(
                Rule(("review_shown",), {"kind": kind, "appeal": True, "in_time": True}),
                Rule(("review_appeal_dismissed",), {"kind": kind, "in_time": True}),
            ), about=kind, group="reviews",
        )  # fmt: skip
