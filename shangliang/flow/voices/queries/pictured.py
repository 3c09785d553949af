"""Photos that are shown with a public wording, and the first ones they are copies of."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shangliang.base.charts.chart import CHANGED
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.files import queries as files
from shangliang.base.files.models import File
from shangliang.base.people.actor import Actor
from shangliang.base.review import rules as review
from shangliang.base.review.models import Review

from ..models import ShownPhoto, Voice
from . import SHOWN, visible_to

PHOTOS_SINCE = "2026-11-c"  # the first version of the consent at the door that says photos may be shown


def may_open(actors: Sequence[Actor], code: str) -> bool:
    """Whether one of these opens a copy: everybody while the wording is shown, else who reads the voice
    whole."""
    seen = SHOWN
    for actor in actors:
        seen |= visible_to(actor)
    return Voice.objects.filter(seen, shownphotos__code=code).exists()


def check(voice: Voice, *, by: Actor, seen: int | None = None) -> None:
    """Ask whether this actor chooses the voice's photos now: who looks its wording over. NotYours, NotNow."""
    if not review.looks_over(by, voice):
        raise NotYours(_("照片公开不公开，由看公开说法的人定；自己写的、自己代记的，由别人看。"))
    if voice.review == Review.NONE:
        raise NotNow(_("留言人没有让公开，照片也不公开。"))
    if not agreed(voice):
        raise NotNow(_("留言人同意的那一版说明里没写照片会公开。他在「我的信息」里同意新的一版以后才行。"))
    if seen is not None and seen != voice.review_version:
        raise NotNow(CHANGED)


def may_choose(actor: Actor, voice: Voice) -> bool:
    """Whether a page offers to choose them."""
    return voice.review != Review.NONE and agreed(voice) and review.looks_over(actor, voice)


def agreed(voice: Voice) -> bool:
    """Whether its author was told that photos may be shown: earlier versions promised that none is."""
    return voice.agreed >= PHOTOS_SINCE


def of(voice: Voice) -> list[ShownPhoto]:
    """The copies to be shown with the wording, in the order in which the author brought the photos. Whether
    the wording itself is shown is `get_shown`'s word."""
    return sorted(voice.shownphotos.all(), key=lambda row: row.pk)


def by_photo(voice: Voice) -> list[tuple[File, ShownPhoto | None]]:
    """Each photo of the voice with its copy that is shown, if it is."""
    shown = {row.photo: row for row in voice.shownphotos.all()}
    return [
        (file, shown.get(file.code)) for file in files.of([voice.subject])[voice.subject] if file.is_picture
    ]


def original(voice: Voice, photo: str) -> tuple[File, ShownPhoto | None]:
    """One of the voice's own photos, with its copy. Unseen if it is no photo of this voice."""
    for file, row in by_photo(voice):
        if file.code == photo:
            return file, row
    raise Unseen(photo)
