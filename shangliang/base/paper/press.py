"""A sheet printed: the child run with a limit, and what came out kept while it stays the same."""

import hashlib
import json
import logging
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from .. import apart
from ..ui import kept

HOUSE = Path(__file__).parents[2]  # a template may import whatever lies under it, and nothing else
PATIENCE = 30  # seconds
NO_FACES = 3
LINE = 20  # characters of a title's line
log = logging.getLogger(__name__)


class PrintError(Exception):
    """The sheet could not be made; the log says why."""


class NoFacesError(PrintError):
    """There is no Chinese type on this machine: see docs/operating.md."""


def lined(title: str) -> str:
    """A title that needs several lines, broken evenly: no character stands alone on the last."""
    lines = -(-len(title) // LINE)
    each = -(-len(title) // lines) if lines else 1
    return "\n".join(title[start : start + each] for start in range(0, len(title), each))


def dated(on: date | None) -> str:
    """2026年11月23日, as papers write it; "" for no day."""
    return _("%(y)s年%(m)s月%(d)s日") % {"y": on.year, "m": on.month, "d": on.day} if on else ""


def sample_words(sample: bool) -> str | None:
    """What marks a paper of the invented province (`Committee.sample`)."""
    return _("示例：单位、内容都是虚构的") if sample else None


def printed(template: Path, data: dict[str, Any], *, keep: bool = True) -> bytes:
    """The PDF of a template under the house, with this data (JSON). The same data give the same bytes.

    It is kept for some minutes under what it was made from; `keep` False for what must lie nowhere, such as a
    sheet with a tracking code. NoFacesError, PrintError."""
    if not keep:
        return _set(template, data)
    return kept.value("paper", _digest(template, data), make=lambda: _set(template, data))


def _digest(template: Path, data: dict[str, Any]) -> str:
    said = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{_templates(settings.DEBUG)}\0{template}\0{said}".encode()).hexdigest()


@cache
def _sources() -> str:
    whole = hashlib.sha256()
    for path in sorted(HOUSE.rglob("*.typ")):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _templates(changing: bool) -> str:
    """A digest of all templates; read anew while somebody works on them."""
    if changing:
        _sources.cache_clear()
    return _sources()


def _set(template: Path, data: dict[str, Any]) -> bytes:
    asked = {"root": str(HOUSE), "template": str(template), "fonts": settings.FONT_DIR, "data": data}
    try:
        ended = apart.run(f"{__package__}.setter", patience=PATIENCE, said=json.dumps(asked).encode())
    except subprocess.TimeoutExpired as late:
        log.error("A sheet was not set within %s seconds: %s", PATIENCE, template.name)
        raise PrintError(template.name) from late
    if ended.returncode == NO_FACES:
        log.error(
            "No Chinese type for %s: install fonts-noto-cjk, or name a folder of fonts in FONT_DIR "
            "(docs/operating.md).",
            template.name,
        )
        raise NoFacesError(template.name)
    if ended.returncode or not ended.stdout.startswith(b"%PDF"):
        # Typst's words name places in our templates; of the data they show nothing, yet only the last line.
        said = ended.stderr.decode(errors="replace").strip().splitlines()
        log.error("A sheet was not set: %s: %s", template.name, said[-1] if said else ended.returncode)
        raise PrintError(template.name)
    return ended.stdout
