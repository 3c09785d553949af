"""One door for every photo and paper, and one by which a photo comes in ahead of its form."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shangliang.base.people import limits
from shangliang.base.people.accounts import address
from shangliang.base.people.request import Request

from . import queries, vouchers

MOST, IN_ALL, SECONDS = 120, 6000, 3600  # photos from one address (a village may share one), from all


@require_safe
def file(request: Any, code: str, size: str) -> FileResponse:
    """Small, large or paper. Nobody else's cache keeps it, and what is not public no cache at all: the next
    one at this screen finds nothing. Whatever is in it can do nothing."""
    actors = [actor for actor in (request.actor, request.author) if actor]
    if (found := queries.opened(actors, code, size)) is None:
        raise Http404
    row, content = found
    name = f"{row.code}.jpg" if row.is_picture else row.name
    kind = "image/jpeg" if row.is_picture else "application/pdf"
    answer = FileResponse(content, as_attachment=not row.is_picture, filename=name, content_type=kind)
    answer["Cache-Control"] = "private, max-age=300" if queries.public(row) else "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_POST
def photo(request: Request) -> JsonResponse:
    """One photo ahead of its form: {"voucher": …}, or {"said": …} with 422 (no photo of ours) or 429.

    It changes no record; what no form keeps is gone after a day."""
    within = limits.allowed("photo", address(request), most=MOST, seconds=SECONDS)
    if not (within and limits.allowed("photo", "all", most=IN_ALL, seconds=SECONDS)):
        return JsonResponse({"said": _("这个网络一小时里传得太多了，歇一会儿再传。")}, status=429)
    upload = request.FILES.get("photo")
    if upload is None:
        return JsonResponse({"said": _("没有收到照片，请再选一次。")}, status=422)
    try:
        return JsonResponse({"voucher": vouchers.give(request, upload)}, status=201)
    except ValidationError as fault:
        return JsonResponse({"said": " ".join(fault.messages)}, status=422)
