"""A studio stops, and another of the same committee goes on with what lies open in it."""

from django.db import transaction

from shangliang.base.people.actor import Actor
from shangliang.flow.studios.models import Studio

from .. import queries
from ..states import CHART, IN_A_STUDIO


@transaction.atomic
def change_studio(studio: Studio, to: Studio, by: Actor) -> int:
    """Every voice that is not at its end goes on in another studio; how many. Its days stay as they are, and
    its author is told by the thread. Called when a studio is suspended or closed, which asks its own rule."""
    rows = queries.rows().filter(studio=studio, state__in=IN_A_STUDIO).select_for_update(of=("self",))
    moved = 0
    for voice in rows.order_by("pk"):
        voice.studio = to
        CHART.move("change_studio", voice, by=by, seen=None, was=studio.code, to=to.code)
        moved += 1
    return moved
