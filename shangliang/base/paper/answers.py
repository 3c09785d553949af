"""A sheet as the answer to a request."""

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from ..ui.views import refuse
from .press import NoFacesError, PrintError, printed

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHINESE = "zh-hans"  # the language of papers, whoever asks for them


def answer(
    request: HttpRequest, template: Path, data: dict[str, Any], *, name: str, keep: bool = True
) -> HttpResponse:
    """The PDF, to be saved under `name` (without its ending). No cache keeps it. Where it can't be made, a
    page that says what to do instead; nothing is lost by that, for a sheet changes nothing."""
    try:
        pdf = printed(template, data, keep=keep)
    except NoFacesError:
        words = _("这台服务器上没有中文字体，排不出 PDF。请运维装上字体再来；现在可以用浏览器打印网页。")
        return refuse(request, 503, words, title=_("现在排不出这一张"))
    except PrintError:
        words = _("这一张没有排出来。过一会儿再试一次；现在可以用浏览器打印网页。")
        return refuse(request, 503, words, title=_("现在排不出这一张"))
    return _file(pdf, "application/pdf", f"{name}.pdf")


def word(file: bytes, *, name: str) -> HttpResponse:
    """A Word file, to be saved under `name` (without its ending). No cache keeps it."""
    return _file(file, WORD, f"{name}.docx")


def _file(held: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(held, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
