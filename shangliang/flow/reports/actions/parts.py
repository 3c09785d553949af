"""What several actions do alike."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import draw_key

from .. import measure, queries
from ..models import Note, OpinionReport, Version, Written


def put(report: OpinionReport, title: str, situation: str, analysis: str, advice: str) -> None:
    """Set the texts. ValidationError for a title of another length, or for more than 1,500 characters."""
    title = " ".join(title.split())
    if not measure.TITLE[0] <= len(title) <= measure.TITLE[1]:
        raise ValidationError({"title": _("题目要 4 到 50 个字。")})
    counted = measure.shares(title, situation, analysis, advice)
    if counted.left < 0:
        said = _("一共 %(n)s 个字，多了 %(over)s 个。一篇只说一件事，不超过 1,500 个字。")
        raise ValidationError(said % {"n": counted.all, "over": -counted.left})
    draw(report)
    report.title, report.situation = title, situation.strip()
    report.analysis, report.advice = analysis.strip(), advice.strip()
    report.last_at = clock.now()


def draw(report: OpinionReport) -> None:
    """NotNow for who has no account any more."""
    try:
        draw_key(report)
    except keyring.Erased:
        raise NotNow(_("写这篇信息的委员注销了账号，稿子已经删掉，不再往下办。")) from None


def copied(row: Written, report: OpinionReport) -> Written:
    row.title, row.situation, row.analysis, row.advice = report.texts
    return row


def keep_version(report: OpinionReport, by: Actor, *, office: bool) -> int:
    """Keep the texts as they stand now; which version it is. None is kept that says the same as the last."""
    last = Version.objects.filter(report=report).order_by("-number").first()
    if last:
        last.report = report
        if last.texts == report.texts:
            return int(last.number)
    number = last.number + 1 if last else 1
    row = Version(report=report, number=number, office=office, by=by.key, at=clock.now())
    copied(row, report)
    row.save(force_insert=True)
    return number


def say(report: OpinionReport, about: Note.About, words: str, by: Actor, ask: str) -> None:
    """Keep what the writer is told. ValidationError, asking for it, without words."""
    words = words.strip()
    if not 4 <= len(words) <= 500:
        raise ValidationError({"words": ask})
    draw(report)
    Note(report=report, about=about, words=words, by=by.key, at=clock.now()).save(force_insert=True)


def index(report: OpinionReport) -> None:
    text = queries.text_of(report)
    search.put("opinion_report", report.pk, text, report.committee_path, private=True)
