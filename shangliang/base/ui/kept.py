"""Finished pieces of public pages, kept while what they show stays the same.

A piece is kept under a key that changes with its contents (the last act of a thread, the day), so it is never
shown stale; minutes only bound what the key can't tell, such as a department's new name."""

import hashlib
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.utils.translation import get_language
from markupsafe import Markup

SECONDS = 600
log = logging.getLogger(__name__)


def kept(*stamp: Any, make: Callable[[], str]) -> Markup:
    """The piece that `make` draws, or the one kept under this stamp in the reader's language.

    Only for what every stranger sees alike: no form, nothing of the reader. A broken cache costs no page."""
    key = "kept:" + hashlib.sha256(repr((get_language(), *stamp)).encode()).hexdigest()
    try:
        found = caches["pages"].get(key)
    except Exception:  # a cache server that is down must not take the page with it
        log.warning("The pages' cache does not answer.", exc_info=True)
        return Markup(make())  # noqa: S704  drawn by our own templates, which escape
    if found is None:
        found = make()
        caches["pages"].set(key, found, SECONDS)
    return Markup(found)  # noqa: S704
