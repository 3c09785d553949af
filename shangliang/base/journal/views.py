"""What the journal shows to everybody: hashes, numbers, signatures. It tells nothing of any act."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..ui.filters import grouped, moment
from . import checkpoints, proofs
from .pages import kept_until

SHOWN = 10  # checkpoints on the page; the file has them all
FOR_EVER = "public, max-age=31536000, immutable"
A_MOMENT = "public, max-age=10"
VERIFIER = Path(__file__).with_name("verify.mjs")


@require_safe
@kept_until(checkpoints.told)
def index(request: HttpRequest) -> HttpResponse:
    """What this is, the newest checkpoints, how to check them."""
    told = checkpoints.newest(SHOWN)
    context = {
        "newest": next(iter(told), None),
        "told_rows": [(moment(one.time), grouped(one.size), f"{one.root.hex()[:16]}…") for one in told],
        "keys": checkpoints.public_keys()[::-1],
        "minutes": settings.CHECKPOINT_SECONDS // 60,
        "address": request.build_absolute_uri(reverse("journal:index")),
    }
    return render(request, "journal/index.html", context)


@require_safe
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """The proof that one act stands in the journal; which act, its page doesn't know."""
    context = {
        "receipt": _receipt(number),
        "address": request.build_absolute_uri(reverse("journal:index")),
    }
    return render(request, "journal/receipt.html", context)


@require_safe
def proof(request: HttpRequest, number: int) -> HttpResponse:
    answer = _plain(_receipt(number).text())
    answer["Content-Disposition"] = f'attachment; filename="receipt-{number}.tlog-proof"'
    return answer


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest, as a signed note."""
    for newest in checkpoints.newest():
        return _plain(newest.note)
    raise Http404


@require_safe
def all_checkpoints(request: HttpRequest) -> FileResponse:
    """The whole file: what everybody may keep a copy of."""
    path = Path(settings.CHECKPOINTS)
    if not path.exists():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type="application/jsonl", filename="checkpoints.jsonl")
    answer["Cache-Control"] = A_MOMENT
    return answer


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    return _plain("".join(f"{key.line()}\n" for key in checkpoints.public_keys()))


@require_safe
def consistency(request: HttpRequest, old: int, size: int) -> HttpResponse:
    """The proof that the shorter journal begins the longer one; neither longer than checkpoints tell."""
    if not 0 < old <= size <= checkpoints.told():
        raise Http404
    return _plain(proofs.consistency(old, size), FOR_EVER)


@require_safe
def tile(request: HttpRequest, level: int, place: str) -> HttpResponse:
    """Up to 256 neighbouring hashes of the tree; nothing beyond the newest checkpoint."""
    if (content := proofs.tile(level, place, checkpoints.told())) is None:
        raise Http404
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Cache-Control"] = FOR_EVER
    return answer


@require_safe
def verifier(request: HttpRequest) -> FileResponse:
    return FileResponse(
        VERIFIER.open("rb"), as_attachment=True, filename=VERIFIER.name, content_type="text/javascript"
    )


def _receipt(number: int) -> proofs.Receipt:
    for newest in checkpoints.newest():
        if found := proofs.receipt(number, newest):
            return found
    raise Http404


def _plain(text: str, cache: str = A_MOMENT) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = cache
    return answer
