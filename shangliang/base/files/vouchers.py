"""Photos that go up one by one before the form is sent (照片先传): each is drawn anew at once and comes back
as a voucher, which the form brings along.

No table holds them. A voucher is signed, belongs to one browser and is good for `GOOD_FOR`; the bytes lie
where nobody is let in, and what no form has kept is swept away after a day, like all that was never kept."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shangliang.base.people import assisting

from . import refusals
from .actions import STRAY_AFTER, Ready, prepare
from .models import File

SALT = "files.voucher"
GOOD_FOR = STRAY_AFTER - timedelta(hours=4)  # a voucher ends well before its bytes are swept


def give(request: HttpRequest, upload: UploadedFile) -> str:
    """Draw one photo anew and give this browser a voucher for it. ValidationError in words if it is none."""
    if said := refusals.no_photo(upload):
        raise ValidationError(said, code="file")
    (ready,) = prepare([upload])
    about = [ready.code, ready.size, ready.width, ready.height, holder(request)]
    return signing.dumps(about, salt=SALT)


def take(request: HttpRequest, vouchers: Sequence[str]) -> list[Ready]:
    """The photos of these vouchers, to be kept with the change. ValidationError if one is too old, another
    browser's, or spent: whoever sees a voucher can do nothing with it."""
    found = {ready.code: ready for voucher in vouchers if (ready := _opened(request, voucher))}
    spent = set(File.objects.filter(code__in=found).values_list("code", flat=True))
    if lost := len(vouchers) - len(found.keys() - spent):
        said = _("有 %(num)s 张先传的照片放得太久，已经清掉了。请再选一次那几张。") % {"num": lost}
        raise ValidationError(said, code="file")
    return list(found.values())


def holder(request: HttpRequest) -> str:
    """A digest of the person, or of the visitor's own CSRF secret; of the help, while a resident is helped to
    write: the next one cannot take up the photos of the one before."""
    user, helped = request.user, assisting.of(request)
    own = str(user.key) if user.is_authenticated else str(request.META.get("CSRF_COOKIE", ""))
    own += f" {helped.code}" if helped else ""
    return hashlib.sha256(f"{SALT}|{own}".encode()).hexdigest()[:32]


def _opened(request: HttpRequest, voucher: str) -> Ready | None:
    try:
        code, size, width, height, whose = signing.loads(voucher, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    if whose != holder(request):
        return None
    return Ready(code, File.Form.PHOTO, "", size, width, height)
