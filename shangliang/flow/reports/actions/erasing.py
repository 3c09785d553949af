"""A writer's account is erased; or a resident whose words a report repeats."""

import re
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import search
from shangliang.base.people.personal.fields import GONE
from shangliang.base.people.personal.holders import Left, Trace

from .. import queries
from ..models import Item, Note, OpinionReport, Version, Written
from .parts import index

WORDS = {"title": GONE, "situation": GONE, "analysis": GONE, "advice": GONE}

CLAUSE = re.compile(r"[^。！？；，：、!?;,:\n]+")
STOP = re.compile(r"[^。！？；!?;\n]+")
TELLING = 6  # characters: a shorter piece is anybody's


@transaction.atomic
def forget_quoted(person: str) -> None:
    """What a report, or one that goes on from it, took over of a voice's words goes with the voice, for
    `people.holders`: whole or clause by clause, as it stands, in its versions and in the bulletin's copy."""
    for report, voice in queries.from_voices_of(person):
        whole = [text for text in (voice.words, voice.public_words, voice.public_title) if text]
        said = pieces(*whole)
        held: list[Written] = [report, *report.versions.all(), *Item.objects.filter(report=report)]
        if [row for row in held if _without(row, whole, said)]:
            OpinionReport.objects.filter(pk=report.pk).update(version=report.version + 1)
            index(report)


def pieces(*texts: str) -> list[str]:
    """The texts, each line and each clause of theirs, the longest first; without what is too short to be
    theirs."""
    found = {text.strip() for text in texts}
    found |= {one.strip() for text in found for cut in (STOP, CLAUSE) for one in cut.findall(text)}
    return sorted((one for one in found if len(one) >= TELLING), key=len, reverse=True)


def _without(row: Written, whole: Iterable[str], said: Iterable[str]) -> bool:
    """Whether something was taken out of this row: a text that is one of the `whole` ones, however short (a
    title is), or what was `said` within it."""
    changed = []
    for name in WORDS:
        text = before = getattr(row, name) or ""
        for one in [one for one in whole if one == text] or said:
            text = text.replace(one, _("（已按本人要求删除）"))
        if text != before:
            setattr(row, name, text)
            changed.append(name)
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


@transaction.atomic
def forget(person: str) -> Left:
    """Let go of what a member wrote, for `people.holders`. What was issued stays in its bulletin."""
    left = Left()
    for found in queries.locked_of(person):
        left.traces.append(Trace(found.subject, found.thread, found.committee_path, found.studio_code))
        Version.objects.filter(report=found).update(**WORDS)
        Note.objects.filter(report=found).update(words=GONE)
        OpinionReport.objects.filter(pk=found.pk).update(**WORDS, version=found.version + 1)
        search.drop("opinion_report", found.pk)
    return left
