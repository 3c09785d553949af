"""What an answer tells: its body, opened as far as it can be, and its headers."""

import gzip
import html
import io
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

import pypdfium2
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from shangliang.base.paper.tests import reading


def of(response: HttpResponseBase) -> str:
    """Everything that stands in the answer as text: sheets read, archives opened entry by entry,
    HTML unescaped."""
    heads = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = response.cookies.output()
    return "\n".join([heads, cookies, *(_read(part) for part in opened(body(response)))])


def body(response: HttpResponseBase) -> bytes:
    """All of it, sent at once or piece by piece."""
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response)
    assert isinstance(response, HttpResponse)
    return response.content


def opened(body: bytes) -> Iterable[bytes]:
    """The bytes themselves, and what lies packed in them."""
    yield body
    if body[:5] == b"%PDF-":
        with suppress(pypdfium2.PdfiumError):  # a scene's own paper is no more than its first line
            yield _on_paper(body)
    if body[:2] == b"\x1f\x8b":
        yield from opened(gzip.decompress(body))
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for entry in packed.namelist():
                yield entry.encode()
                yield from opened(packed.read(entry))


@cache
def _on_paper(sheet: bytes) -> bytes:
    """Read once: the same sheet is handed to everybody who may have it."""
    return reading.text(sheet).encode()


def _read(part: bytes) -> str:
    said = part.decode("utf-8", "replace")
    return said if "&" not in said else f"{said}\n{html.unescape(said)}"
