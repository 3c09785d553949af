"""A statement on paper and as a workbook: what it says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.paper.press import sample_words
from shangliang.base.places.models import Committee
from shangliang.base.ui.addresses import short
from shangliang.base.ui.codes import qr_path

from .periods import Period
from .queries import Line, Statement
from .telling import points
from .verification import Printed, code

STATEMENT = Path(__file__).with_name("typst") / "statement.typ"


def printed(found: Statement, period: Period, committee: Committee, name: str) -> str:
    """The code of a statement as it is printed today."""
    return code(Printed(committee.code, period, found.balance, clock.today()), name)


def statement(
    found: Statement, period: Period, committee: Committee, name: str, *, proof: str, check: str, day: str
) -> dict[str, Any]:
    """What the sheet `STATEMENT` says. `proof`: the code; `check`: the whole address where it is checked."""
    return {
        "title": _("委员履职明白账"),
        "name": name,
        "about": _("%(office)s　%(period)s") % {"office": committee.office, "period": period.words},
        "heads": heads(),
        "rows": [list(row) for row in rows(found)],
        "sums": [[label, value] for label, value in sums(found)],
        "note": _("积分只反映做了什么，不给人排名次。打印以后账上有更正的，以账上为准。"),
        "qr": qr_path(f"{check}?code={proof}"),
        "scan": [_("验真：扫码，或到"), short(check), _("输入验证码和姓名"), proof],
        "issuer": committee.office,
        "date": day,
        "sample": sample_words(committee.sample),
    }


def table(
    found: Statement, period: Period, committee: Committee, name: str, *, proof: str, check: str
) -> list[list[str]]:
    """The same as rows of a workbook."""
    return [
        [_("委员履职明白账"), name, committee.office, period.words],
        heads(),
        *[list(row) for row in rows(found)],
        *[[label, value] for label, value in sums(found)],
        [_("验证码"), proof],
        [_("验真的网址"), check],
    ]


def heads() -> list[str]:
    return [_("日期"), _("事项"), _("规则"), _("记分"), _("余额")]


def rows(found: Statement) -> Iterator[tuple[str, str, str, str, str]]:
    """Each entry with what was cut, and why; in points."""
    for line in found.lines:
        label = line.rule.label if line.rule else line.entry.rule
        yield (
            line.day.isoformat(), f"{label}{mark(line)}", _why(line),
            points(line.points, True), points(line.balance),
        )  # fmt: skip


def mark(line: Line) -> str:
    """What stands behind an entry's label."""
    if line.entry.reverses:
        return _("（冲销）")
    if line.reversed:
        return _("（已冲销）")
    return _("（事后更正）") if line.late else ""


def _why(line: Line) -> str:
    said = line.rule.what if line.rule else ""
    cuts = "".join(
        _("；%(why)s，减 %(n)s") % {"why": cut.label, "n": points(cut.points)} for cut in line.cuts
    )
    return said + cuts


def sums(found: Statement) -> Iterator[tuple[str, str]]:
    """Opening, base, entries, balance; and what each year's tariff says of it."""
    yield _("结转"), points(found.opening)
    if found.granted:
        yield _("年初就有的基础分"), points(found.granted)
    yield _("记入 %(n)s 笔") % {"n": len(found.lines)}, points(found.earned, True)
    yield _("现有"), points(found.balance)
    for account in found.accounts:
        if account.tariff and account.framed and account.reckoned and account.reckoned.grade:
            yield _("等次"), account.reckoned.grade.label or _("没有给出")
