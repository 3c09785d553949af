"""What is counted of research reports and supervisions by study. The first four names are those under which
committees report the same."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from .kinds import ANY, Metric, Rule

REPORT, STUDY = {"kind": "report"}, {"kind": "study"}


def research() -> Iterator[Metric]:
    def of(name: str, label: Any, unit: str, definition: Any, act: str, **more: Any) -> Metric:
        where, weight = more.pop("where", {}), more.pop("weight", 1)
        rules = [Rule((f"research_{act}",), where, weight)]
        if act in ("acknowledged", "adopted"):  # one that was written down wrongly is taken back
            where = {"last" if name == "first" else name: fact for name, fact in where.items()}
            taken = -1 if weight == 1 else weight  # the act says by how much less
            rules.append(Rule(("research_taken_back",), {**where, "was": act}, taken))
        return Metric(
            name, label, unit, definition, rules=tuple(rules), about="research", group="research", **more
        )

    yield of(
        "research_reports", _("调研报告"), "report", _("签发、报送了的调研报告，一篇计一篇，报送那天计。"),
        "sent", where=REPORT,
    )  # fmt: skip
    yield of(
        "research_reports_adopted", _("被采纳的调研报告"), "report",
        _("有人采纳的调研报告，整篇或者其中一条都算；一篇只计一次，在第一次采纳的那天计。"),
        "adopted", where={**REPORT, "first": True},
    )  # fmt: skip
    yield of(
        "advice_acknowledged", _("得到肯定的建议"), "advice",
        _("调研报告、监督式调研里得到肯定的建议，一条只计一次。"),
        "acknowledged", where={"pieces": ANY}, weight="pieces",
    )  # fmt: skip
    yield of(
        "advice_adopted_by_government", _("政府采纳的建议"), "advice",
        _("调研报告、监督式调研里由政府或者政府的单位采纳的建议，一条只计一次。"),
        "adopted", where={"by_government": ANY}, weight="by_government",
    )  # fmt: skip
    yield of(
        "supervisions_by_study", _("监督式调研"), "session", _("签发、报送了的监督式调研，在报送的那天计。"),
        "sent", where=STUDY,
    )  # fmt: skip
    yield of(
        "put_right_by_study", _("监督式调研推动整改"), "problem",
        _("监督式调研办结时有凭据的整改，一项一项计，在办结的那天计。"), "closed", weight="put_right",
    )  # fmt: skip
