"""What is counted of proposals: filed, answered by class, rated. `proposals` is the name under which
committees report the same."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from .kinds import Metric, Rule

KINDS = {
    "individual": _("个人"), "joint": _("联名"), "party": _("党派"), "organisation": _("人民团体"),
    "sector": _("界别"), "special": _("专委会"), "liaison": _("联络组"),
}  # fmt: skip
CLASSES = {"A": _("A 类"), "B": _("B 类"), "C": _("C 类"), "D": _("D 类")}


def proposals() -> Iterator[Metric]:
    def of(name: str, label: Any, definition: Any, *acts: str, **more: Any) -> Metric:
        rule = Rule(acts, more.pop("where", {}))
        return Metric(
            name, label, "proposal", definition, rules=(rule,), about="proposal", group="proposals", **more
        )

    first = {"again": False}
    yield of(
        "proposals_sent", _("交的提案"), _("委员和各方面交到提案委的提案，一件一件计；退回再交的不重复计。"),
        "proposal_sent", where={"first": True}, parts="kind", part_labels=KINDS,
    )  # fmt: skip
    yield of(
        "proposals", _("提案"), _("立了案的提案，有案号的，按谁提的分；并案的各计一件。"),
        "proposal_filed", "proposal_merged", parts="kind", part_labels=KINDS,
    )  # fmt: skip
    yield of(
        "proposals_answered", _("答复的提案"), _("答复了的提案，按第一次答复的类别分；重新办的不重复计。"),
        "proposal_answered", where=first, parts="grade", part_labels=CLASSES,
    )  # fmt: skip
    yield of(
        "proposals_closed", _("评完的提案"), _("签名的人都评过、不再重办的提案，在评完的那天计。"),
        "proposal_closed",
    )  # fmt: skip
    yield of(
        "proposals_satisfied", _("提案人满意的提案"), _("评完的提案里，没有一个签名人不满意的。"),
        "proposal_closed", where={"satisfied": True},
    )  # fmt: skip
    yield Metric(
        "share_proposals_satisfied", _("提案人满意率"), "percent",
        _("签名的人都评过的提案里，没有一个人不满意的占多少。"), kind="share", group="proposals",
        of=("proposals_satisfied", ("proposals_closed",)),
    )  # fmt: skip
    yield of(
        "proposals_redone", _("重新办的提案"), _("有签名人不满意、又办了一次的提案。"), "proposal_redone"
    )
    yield of("key_proposals", _("重点提案"), _("列为重点的提案，在列为重点的那天计。"), "proposal_marked_key")
    yield of(
        "excellent_proposals", _("优秀提案"), _("经征集、初评、审议、公布选出来的。"), "proposal_excellent",
        parts="kind", part_labels=KINDS,
    )  # fmt: skip
    yield of(
        "proposals_rechecked", _("次年复查的 B 类提案"), _("答复是 B 类、后来的年份又查了一次的，按结果分。"),
        "proposal_rechecked", parts="grade", part_labels=CLASSES,
    )  # fmt: skip
