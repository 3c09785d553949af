"""Voices that may say the same as one, or as words that are being written. To look at: nothing is merged.

Dozens are weighed for the three that are shown, and a voice has some ninety columns: reading all of them cost
more than the weighing."""

from django.db.models import prefetch_related_objects

from shangliang.base import search
from shangliang.base.charts.errors import Unseen
from shangliang.base.people.actor import Actor
from shangliang.base.search.queries import Match

from .. import topics
from ..models import Voice
from . import shown, visible_to

# What is said of a voice beside another, and asked about whether the two may be dealt with together.
BRIEF = (
    "code", "person", "words", "kind", "topic", "number", "state", "version", "left_at", "erased_on",
    "accept_by", "answer_by", "waits_until", "awaits", "studio", "committee", "lower",
)  # fmt: skip


def get(code: str, actor: Actor) -> Voice:
    """The voice to which others are sought. Unseen if it is not visible to the actor, shown or not."""
    rows = Voice.objects.select_related("studio", "committee")
    try:
        return rows.only(*BRIEF, "studio__code", "committee__path").filter(visible_to(actor)).get(code=code)
    except Voice.DoesNotExist:
        raise Unseen(code) from None


def similar(voice: Voice, actor: Actor, size: int = 3) -> list[Match[Voice]]:
    """Voices that may say the same, among those the actor reads, with the words that match; `BRIEF` is read
    of them, and their studio."""
    found = search.similar(
        voice.words,
        "voice",
        voice.committee.path,
        Voice.objects.only(*BRIEF).filter(visible_to(actor)),
        exclude=voice.pk,
        topic=True,
        about=lambda row: topics.alike(voice, row),
        size=size,
    )
    for match in found:
        if match.item.committee_id == voice.committee_id:
            match.item.committee = voice.committee
        if match.item.studio_id == voice.studio_id:
            match.item.studio = voice.studio
    elsewhere = [match.item for match in found if match.item.studio_id != voice.studio_id]
    prefetch_related_objects(elsewhere, "studio")
    return found


def similar_shown(words: str, path: str, size: int = 3) -> list[Match[Voice]]:
    """Public voices of a committee and all under it that may say the same as these words, which nobody keeps;
    only such as share what can be shown to tell: a word, or characters that are not everywhere."""
    found = search.similar(
        words, "shown_voice", path, shown(path), size=size, said=lambda voice: voice.wording,
        columns=("code", "person", "words", "public_words"),
    )  # fmt: skip
    return [match for match in found if match.telling]
