"""The text made from the record is written, published, taken down; or the record is closed without one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import queries as files
from shangliang.base.people.actor import Actor

from .. import queries
from ..models import Activity
from ..states import CHART
from .finding import index

SHORTEST, LONGEST = 20, 3000


@transaction.atomic
def draft(code: str, *, by: Actor, seen: int | None, text: str) -> Activity:
    """Keep the text as the studio or the office wrote it; an officer looks it over and publishes."""
    found = queries.lock(code, by)
    CHART.check("draft", found, by=by, seen=seen)
    _open_kind(found)
    found.publicity, found.last_at = _fits(text), clock.now()
    return CHART.move("draft", found, by=by, seen=seen)


@transaction.atomic
def publish(code: str, *, by: Actor, seen: int | None, text: str, photos: bool) -> Activity:
    """Publish the text; `photos`: with the photos, for which it stands written how consent was given.

    NotNow for a kind that is never public."""
    found = queries.lock(code, by)
    CHART.check("publish", found, by=by, seen=seen)
    _open_kind(found)
    found.publicity = _fits(text)
    kept = len(files.of([found.subject])[found.subject])
    if photos and not kept:
        raise ValidationError({"photos": _("还没有照片。")})
    if photos and found.sort.consent and not found.consent:
        raise ValidationError({"photos": _("先在记录里写明照片怎么征得同意；没有同意就不公开照片。")})
    found.photos_shown = photos
    found.published_on, found.last_at = clock.today(), clock.now()
    CHART.move("publish", found, by=by, seen=seen, kind=found.kind, photos=kept if photos else 0)
    return index(found)


@transaction.atomic
def take_down(code: str, *, by: Actor, seen: int | None) -> Activity:
    """Back from the public page, to be mended."""
    found = queries.lock(code, by)
    CHART.check("take_down", found, by=by, seen=seen)
    found.published_on, found.photos_shown, found.last_at = None, False, clock.now()
    return index(CHART.move("take_down", found, by=by, seen=seen))


@transaction.atomic
def close(code: str, *, by: Actor, seen: int | None) -> Activity:
    """File it without a public text."""
    found = queries.lock(code, by)
    found.last_at = clock.now()
    return CHART.move("close", found, by=by, seen=seen)


def _open_kind(found: Activity) -> None:
    if found.private:
        raise NotNow(_("这一类活动永不公开，记录归档就行。"))


def _fits(text: str) -> str:
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise ValidationError({"text": _("公开稿写 20 到 3,000 个字。")})
    return text
