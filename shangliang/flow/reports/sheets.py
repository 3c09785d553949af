"""The bulletin on paper: what it says."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base.paper.press import dated, lined, sample_words
from shangliang.base.paper.word import Sheet

from .models import Bulletin, Item

BULLETIN = Path(__file__).with_name("typst") / "bulletin.typ"


def bulletin(of: Bulletin, items: Sequence[Item], names: Mapping[str, str]) -> dict[str, Any]:
    """What the sheet `BULLETIN` says: a number with its items. `names`: of writers and signers."""
    office = of.committee.office
    signers = filter(None, (names.get(item.report.signed_by) for item in items))
    return {
        "masthead": _("社情民意信息"),
        "number": _("%(year)s年第%(issue)s期　总第%(total)s期") % {
            "year": of.year, "issue": of.issue, "total": of.total
        },
        "signer": "、".join(dict.fromkeys(signers)),
        "issuer": office,
        "date": dated(of.issued_on),
        "urgent": _("特急") if any(item.report.urgent for item in items) else "",
        "items": [
            {
                "title": lined(str(item.title)),
                "parts": [str(item.situation), str(item.analysis), str(item.advice)],
                "writer": _("（%(name)s，%(studio)s）") % {
                    "name": names.get(item.report.person, ""), "studio": item.report.studio.name
                },
            }
            for item in items
        ],
        "heads": [_("一、情况"), _("二、分析"), _("三、建议")],
        "to": "；".join(filter(None, [
            _("本级党委、政府领导") if of.to_own else "", _("上一级政协") if of.to_upper else "",
        ])),
        "sample": sample_words(of.committee.sample),
    }  # fmt: skip


def word(said: Mapping[str, Any]) -> bytes:
    """The same words (those of `bulletin`) as a Word file, to go on with."""
    sheet = Sheet(f"{said['masthead']} {said['number']}", said["issuer"])
    for mark in filter(None, (said["sample"], said["urgent"])):
        sheet.corner(mark)
    sheet.masthead(said["masthead"], said["number"], said["signer"])
    sheet.between(said["issuer"], said["date"])
    for item in said["items"]:
        sheet.headline(item["title"])
        sheet.line(item["writer"], "kai", centre=True)
        sheet.blank()
        for head, words in zip(said["heads"], item["parts"], strict=True):
            sheet.line(head, "hei")
            sheet.passage(words)
    copies = [_("报送：%(to)s。") % {"to": said["to"]}] if said["to"] else []
    sheet.colophon(
        [*copies, _("%(office)s\t%(date)s印发") % {"office": said["issuer"], "date": said["date"]}]
    )
    return sheet.file()
