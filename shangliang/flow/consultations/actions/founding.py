"""What a consultation tells the voices it was raised from. A voice whose author closed or reopened it
meanwhile is left as it is: the voices' own actions see to that."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shangliang.base.charts.errors import Unseen
from shangliang.base.files import queries as files
from shangliang.base.people.actor import Actor
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries as voice_queries
from shangliang.flow.voices.models import Voice

from .. import queries
from ..models import Consultation, FoundingVoice


def seen_by(actor: Actor, codes: Sequence[str]) -> list[Voice]:
    """The voices behind these codes, in the order given. Unseen if one is not for this actor to know of."""
    wanted = list(dict.fromkeys(codes))
    known = voice_queries.visible_to(actor) | voice_queries.SHOWN  # who may raise it is the chart's word
    rows = voice_queries.rows().filter(known, code__in=wanted)
    found = {row.code: row for row in rows}
    if set(found) != set(wanted):
        raise Unseen
    return [found[code] for code in wanted]


def raise_all(topic: Consultation, rows: Sequence[Voice], *, by: Actor) -> None:
    """Each voice learns of the topic, and its thread runs into the topic's. NotNow if one is not in hand."""
    for row in rows:
        voices.raise_(row.code, by=by, topic_title=topic.title, topic_thread=topic.thread)
    FoundingVoice.objects.bulk_create(
        FoundingVoice(consultation=topic, voice=row, round=row.round) for row in rows
    )


def give_back(topic: Consultation, *, by: Actor) -> None:
    for row in _same_round(topic):
        voices.give_back(row.code, by=by, reason=topic.decline_reason)


def answered(topic: Consultation, *, by: Actor, count: int) -> None:
    """The last recommendation is answered: so are the voices."""
    for row in _same_round(topic):
        voices.answer_from_consultation(row.code, by=by, count=count, who=_host(topic))


def done(topic: Consultation, *, by: Actor) -> None:
    """The last adopted recommendation is reported done: the voices hear that the units say so."""
    subjects = queries.progress_subjects(topic)
    evidence = sum(len(kept) for kept in files.of(subjects).values())
    words = _("这个题目里采纳的建议，单位说都办完了。照片和材料都在「%(title)s」里。") % {
        "title": topic.title
    }
    for row in _same_round(topic):
        voices.report_done_from_consultation(
            row.code, by=by, words=words, evidence=evidence, who=_host(topic)
        )


def _host(topic: Consultation) -> str:
    return topic.studio.name if topic.studio else topic.committee.office


def _same_round(topic: Consultation) -> list[Voice]:
    """Founding voices that are still in the round in which they were raised."""
    return [row.voice for row in queries.founding(topic) if row.voice.round == row.round]
