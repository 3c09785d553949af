"""What is counted of opinion reports: from what members send in to what comes of it. The names are those
under which committees report the same."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from .kinds import Metric, Rule

LEVELS = {"county": _("县级"), "city": _("市级"), "province": _("省级"), "nation": _("全国")}
# The way of a report, in its order: each drawn beside the first.
FUNNEL = (
    "opinion_items_collected", "opinion_items_edited", "opinion_items_issued", "opinion_items_adopted",
    "opinion_items_endorsed", "opinion_items_replied",
)  # fmt: skip


def opinions() -> Iterator[Metric]:
    def of(name: str, label: Any, definition: Any, act: str, **more: Any) -> Metric:
        rule = Rule((f"opinion_report_{act}",), more.pop("where", {}))
        return Metric(
            name, label, "item", definition, rules=(rule,), about="opinion_report", group="opinions", **more
        )

    def numbers(name: str, label: Any, definition: Any, to: str, *, items: bool) -> Metric:
        rule = Rule(("bulletin_issued",), {to: True}, "items" if items else 1)
        unit = "item" if items else "issue"
        return Metric(name, label, unit, definition, rules=(rule,), about="bulletin", group="opinions")

    by_level: dict[str, Any] = {"parts": "level", "part_labels": LEVELS}
    yield of(
        "opinion_items_collected", _("收集社情民意信息"),
        _("委员写好、交到工作室的信息，一篇一条；退回再交的不重复计。"), "sent", where={"first": True},
    )  # fmt: skip
    yield of(
        "opinion_items_passed_on", _("转送的社情民意信息"),
        _("工作室初审、报到机关的信息，一篇一条；退回再报的不重复计。"), "passed_on", where={"first": True},
    )  # fmt: skip
    yield of(
        "opinion_items_collected_and_passed_on", _("收集并转送的社情民意信息"),
        _("从群众留言写成、由工作室报到机关的信息，一篇一条；也在转送的信息里，两个数不相加。"),
        "passed_on", where={"first": True, "voice": True},
    )  # fmt: skip
    yield of(
        "opinion_items_edited", _("编好核过稿的信息"),
        _("机关编好、核了稿的信息，第一次核稿的那天计。"), "checked", where={"first": True},
    )  # fmt: skip
    yield of("opinion_items_issued", _("刊发的信息"), _("登进信息专报的信息，一条只登一次。"), "issued")
    yield of(
        "opinion_items_adopted", _("被采用的信息"),
        _("各级采用的信息，按哪一级分；一条在一级只计一次，单篇、综合都算。"), "adopted",
        where={"first": True}, **by_level,
    )  # fmt: skip
    yield of(
        "opinion_items_endorsed", _("信息得到的批示"),
        _("领导在社情民意信息上的批示，附扫描件，一次计一条，按哪一级分；也在领导批示里，两个数不相加。"),
        "endorsed", **by_level,
    )  # fmt: skip
    yield Metric(
        "leader_endorsements", _("领导批示"), "item",
        _("领导在社情民意信息、调研报告、监督式调研上的批示，附扫描件，一次计一条，按哪一级分。"),
        rules=(Rule(("opinion_report_endorsed",)), Rule(("research_endorsed",))), about="opinion_report",
        also=("research",), group="opinions", **by_level,
    )  # fmt: skip
    yield of(
        "opinion_items_replied", _("单位回复的信息"), _("转给单位办、单位回复了的，一个单位计一条。"),
        "replied",
    )  # fmt: skip
    yield numbers(
        "bulletins_to_city_committee", _("报上级政协信息专报"), _("报给上一级政协的专报，一期计一期。"),
        "upper", items=False,
    )  # fmt: skip
    yield numbers(
        "bulletin_items_to_city_committee", _("报上级政协的信息"), _("登在报给上一级政协的专报里的信息。"),
        "upper", items=True,
    )  # fmt: skip
    yield numbers(
        "bulletins_to_party_and_government", _("报党委政府信息专报"),
        _("送本级党委、政府领导的专报，一期计一期。"), "own", items=False,
    )  # fmt: skip
    yield numbers(
        "bulletin_items_to_party_and_government", _("报党委政府的信息"),
        _("登在送本级党委、政府领导的专报里的信息。"), "own", items=True,
    )  # fmt: skip
