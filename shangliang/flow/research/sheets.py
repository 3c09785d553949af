"""A research report on paper: what it says as it stands."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.paper.press import dated, lined, sample_words
from shangliang.base.paper.word import Sheet

from . import measure, telling
from .models import Advice, Research, Visit

REPORT = Path(__file__).with_name("typst") / "report.typ"


def people(of: Research) -> set[str]:
    """Whom the sheet names."""
    return {of.person, of.signed_by, *(one.person for one in of.team.all())}


def report(
    of: Research, pieces: Sequence[Advice], visits: Sequence[Visit], names: Mapping[str, str]
) -> dict[str, Any]:
    """What the sheet `REPORT` says, of a row from `queries.listed`. What is not sent yet has no red head and
    says where it stands. `names`: of `people`."""
    lines = [str(one.words) for one in pieces] or measure.pieces(str(of.said.advice))
    numbered = [_("%(n)s．%(words)s") % {"n": n, "words": line} for n, line in enumerate(lines, start=1)]
    went = [_visited(one) for one in visits]
    parts = [
        (_("调研发现"), str(of.said.findings)),
        (_("建议"), "\n".join(numbered)),
        (_("走访"), "\n".join(went)),
    ]
    written = [(head, text) for head, text in parts if text]
    return {
        "masthead": of.get_kind_display() if of.running else "",
        "number": of.running,
        "signer": names.get(of.signed_by, ""),
        "standing": "" if of.running else _("未签发：%(state)s") % {"state": of.get_state_display()},
        "issuer": of.committee.office,
        "date": dated(of.sent_on or clock.local_day(of.last_at)),
        "title": lined(of.heading),
        "by": _by(of, names),
        "parts": [
            {"head": f"{number}、{head}", "text": text}
            for number, (head, text) in zip("一二三", written, strict=False)
        ],
        "to": telling.addressed(of) if of.running else "",
        "sample": sample_words(of.committee.sample),
    }


def in_word(said: Mapping[str, Any]) -> bytes:
    """The same words (those of `report`) as a Word file, to go on with."""
    sheet = Sheet(said["title"], said["issuer"])
    for mark in filter(None, (said["sample"], said["standing"])):
        sheet.corner(mark)
    if said["masthead"]:
        sheet.masthead(said["masthead"], said["number"], said["signer"])
    sheet.headline(said["title"])
    for line in said["by"]:
        sheet.line(line, "kai", centre=True)
    sheet.blank()
    for part in said["parts"]:
        sheet.line(part["head"], "hei")
        sheet.passage(part["text"])
    if said["to"]:
        printed = _("%(office)s\t%(date)s印发") % {"office": said["issuer"], "date": said["date"]}
        sheet.colophon([_("报送：%(to)s。") % {"to": said["to"]}, printed])
    else:
        sheet.signature(said["issuer"], said["date"])
    return sheet.file()


def name(of: Research) -> str:
    """What the file is called, without its ending."""
    return f"{of.running or of.get_kind_display()} {of.heading}"


def _by(of: Research, names: Mapping[str, str]) -> list[str]:
    """Who leads it, who wrote it, who went along: a line each."""
    told = [
        (_("牵头：%(who)s"), of.led_by.name if of.led_by else ""),
        (_("执笔：%(who)s"), telling.writers(of, names)),
        (_("一起调研：%(who)s"), telling.went(of, names)),
    ]
    return [words % {"who": who} for words, who in told if who]


def _visited(one: Visit) -> str:
    return _("%(said)s。") % {"said": "，".join(filter(None, (dated(one.day), one.place, one.whom)))}
