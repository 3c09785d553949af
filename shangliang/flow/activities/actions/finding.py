"""Search finds what is public of an activity, and nothing else of it."""

from shangliang.base import search

from .. import queries
from ..models import Activity


def index(found: Activity) -> Activity:
    """Keep the index in step with what is public of it now."""
    if text := queries.public_text(found):
        search.put("activity", found.pk, text, found.committee_path, private=True)
    else:
        search.drop("activity", found.pk)
    return found
