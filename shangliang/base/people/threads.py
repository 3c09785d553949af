"""Threads that stand open in browsers' sessions, when their author is erased."""

from importlib import import_module
from typing import Any

from django.conf import settings

from .middleware import KEPT, THREAD


def close(person: str) -> int:
    """Every session in which this person's code opened a thread forgets it, with what was typed there. How
    many. The sessions are sealed, so each is opened: those of twelve hours at most."""
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    if not hasattr(store, "get_model_class"):
        return 0  # in the browser's own cookie: it opens nothing once its voice is empty
    closed = 0
    for row in store.get_model_class().objects.iterator():
        said = store().decode(row.session_data)
        if said.get(THREAD, {}).get("key") == person:
            said.pop(THREAD)
            said.pop(KEPT, None)
            row.session_data = store().encode(said)
            row.save(update_fields=["session_data"])
            closed += 1
    return closed
