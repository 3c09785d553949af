"""The text made from the record is written, published, taken down; or the record is closed without one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import queries as files
from shangliang.base.people.actor import Actor

from .. import pictured, queries
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
def publish(
    code: str, *, by: Actor, seen: int | None, text: str, photos: bool, agreed: bool = False
) -> Activity:
    """Publish the text; `photos`: with the photos. Those that are covered need nobody's consent. For the
    others it stands in the record how consent was given, and whoever publishes says that all who are to be
    seen, or the children's guardians, `agreed`: a remark alone is no consent.

    NotNow for a kind that is never public."""
    found = queries.lock(code, by)
    CHART.check("publish", found, by=by, seen=seen)
    _open_kind(found)
    found.publicity = _fits(text)
    kept = len(files.of([found.subject])[found.subject])
    if photos and not kept:
        raise ValidationError({"photos": _("还没有照片。")})
    bare = pictured.bare(found) if photos else []
    if bare:
        _consented(found, bare, agreed)
    found.photos_shown = photos
    found.published_on, found.last_at = clock.today(), clock.now()
    CHART.move(
        "publish", found, by=by, seen=seen, kind=found.kind, photos=kept if photos else 0, bare=len(bare)
    )
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


def _consented(found: Activity, bare: list[int], agreed: bool) -> None:
    which = {"numbers": "、".join(str(number) for number in bare)}
    if not found.consent:
        raise ValidationError(
            {"photos": _("第 %(numbers)s 张没有盖：盖住人脸，或者先在记录里写明怎么征得同意。") % which}
        )
    if not agreed:
        raise ValidationError(
            {
                "agreed": _("第 %(numbers)s 张没有盖：拍到的人都同意公开才勾这一格；有人没同意的，先盖住。")
                % which
            }
        )


def _open_kind(found: Activity) -> None:
    if found.private:
        raise NotNow(_("这一类活动永不公开，记录归档就行。"))


def _fits(text: str) -> str:
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise ValidationError({"text": _("公开稿写 20 到 3,000 个字。")})
    return text
