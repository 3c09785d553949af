"""The yearly circular (信息工作通报): what was collected, issued, adopted, endorsed, and whose it was.

It tells each thing by its day. It counts nobody's and ranks nobody: how much somebody did is in their own
statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.paper.press import sample_words
from shangliang.base.paper.word import Sheet
from shangliang.base.places.models import Committee
from shangliang.base.ui.filters import day, short_day

from .models import Adoption, Bulletin, Endorsement, Item, Level, OpinionReport, Referral

CIRCULAR = Path(__file__).with_name("typst") / "circular.typ"


@dataclass(frozen=True)
class Year:
    """A committee's year in opinion reports: `sent`, `issued` and `replied` of that year; the rows behind."""

    committee: Committee
    year: int
    sent: int
    numbers: int
    issued: int
    adoptions: list[Adoption]
    endorsements: list[Endorsement]
    replied: int

    @property
    def reports(self) -> set[int]:
        """The reports that it names."""
        return {row.report_id for row in self.adoptions} | {row.report_id for row in self.endorsements}

    @property
    def writers(self) -> set[str]:
        """Whose reports it names."""
        return {row.report.person for row in self.adoptions} | {
            row.report.person for row in self.endorsements
        }


def of(committee: Committee, year: int) -> Year:
    """By the days on which it happened, whenever the report was written."""
    mine = {"report__committee": committee, "on__year": year}
    reports = OpinionReport.objects.filter(committee=committee)
    return Year(
        committee=committee,
        year=year,
        sent=reports.filter(sent_on__year=year).count(),
        numbers=Bulletin.objects.filter(committee=committee, year=year).count(),
        issued=Item.objects.filter(bulletin__committee=committee, bulletin__year=year).count(),
        adoptions=list(Adoption.objects.filter(**mine).select_related("report__studio").order_by("on", "pk")),
        endorsements=list(
            Endorsement.objects.filter(**mine).select_related("report__studio").order_by("on", "pk")
        ),
        replied=Referral.objects.filter(report__committee=committee, replied_on__year=year).count(),
    )


def years(committee: Committee) -> list[int]:
    """The years in which something was issued, the latest first."""
    found = Bulletin.objects.filter(committee=committee).values("year").annotate(n=Count("pk"))
    return [row["year"] for row in found.order_by("-year")]


def levels(found: Year) -> list[tuple[str, int]]:
    """How many were adopted at each level, by itself or combined; a report counts once a level."""
    seen = {(row.report_id, row.level) for row in found.adoptions}
    return [(str(level.label), n) for level in Level if (n := sum(one == level for _report, one in seen))]


def said(found: Year, names: Mapping[str, str], title_of: Mapping[int, str]) -> dict[str, Any]:
    """What the sheet `CIRCULAR` says. `names` of the writers; `title_of` reports, as they were issued."""
    office = found.committee.office
    by_level = "、".join(_("%(level)s采用%(n)s篇") % {"level": level, "n": n} for level, n in levels(found))

    def line(row: Adoption | Endorsement) -> dict[str, str]:
        combined = isinstance(row, Adoption) and row.combined
        what = (row.where + (_("（综合）") if combined else "")) if isinstance(row, Adoption) else row.who
        return {
            "day": short_day(row.on), "title": title_of.get(row.report_id, ""), "what": what,
            "by": _("%(name)s，%(studio)s") % {
                "name": names.get(row.report.person, ""), "studio": row.report.studio.name
            },
        }  # fmt: skip

    whole = _(
        "%(year)s年，委员交来社情民意信息%(sent)s篇，编发专报%(numbers)s期、%(issued)s条%(levels)s，"
        "领导批示%(endorsed)s条次，承办单位回复%(replied)s件次。"
    ) % {
        "year": found.year, "sent": found.sent, "numbers": found.numbers, "issued": found.issued,
        "levels": _("，其中%(levels)s") % {"levels": by_level} if by_level else "",
        "endorsed": len(found.endorsements), "replied": found.replied,
    }  # fmt: skip
    return {
        "title": _("关于%(year)s年社情民意信息工作情况的通报") % {"year": found.year},
        "issuer": office,
        "text": whole,
        "adopted": [line(row) for row in found.adoptions],
        "endorsed": [line(row) for row in found.endorsements],
        "heads": [_("一、被采用的信息"), _("二、领导批示的信息")],
        "columns": [_("日期"), _("题目"), _("采用、批示"), _("谁写的")],
        "none": _("没有。"),
        "note": _("按日子先后列，不分名次。"),
        "date": day(_dated(found)),
        "sample": sample_words(found.committee.sample),
    }


def _dated(found: Year) -> date:
    """Today, or the year's last day once it is over."""
    return min(clock.today(), date(found.year, 12, 31))


def word(words: Mapping[str, Any]) -> bytes:
    """The same (of `said`) as a Word file, to go on with."""
    sheet = Sheet(words["title"], words["issuer"])
    if words["sample"]:
        sheet.corner(words["sample"])
    sheet.headline(words["title"])
    sheet.blank()
    sheet.passage(words["text"])
    for head, rows in zip(words["heads"], (words["adopted"], words["endorsed"]), strict=True):
        sheet.line(head, "hei")
        for row in rows:
            sheet.line(_("%(day)s，《%(title)s》（%(by)s）：%(what)s") % row)
        if not rows:
            sheet.line(words["none"])
    sheet.line(words["note"])
    sheet.signature(words["issuer"], words["date"])
    return sheet.file()
