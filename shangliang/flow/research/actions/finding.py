"""Search finds a report by its words, for whoever may read it."""

from shangliang.base import search

from .. import queries
from ..models import Research


def index(of: Research) -> Research:
    search.put("research", of.pk, queries.text_of(of), of.committee_path, private=True)
    return of
