"""What came of a voice: reports, proposals and activities that name it, for whoever may read them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.base.people.actor import Actor
from shangliang.flow.activities import queries as activities
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.reports import queries as reports
from shangliang.flow.voices.models import Voice

MOST = 5  # of each


def came_of(voice: Voice, actor: Actor) -> list[tuple[str, str]]:
    """(address, words) of each, by kind, oldest first; three queries. The words name kind and state: titles
    are read behind the link."""
    kinds = (
        (_("社情民意信息"), reports.visible_to(actor), "report"),
        (_("提案"), proposals.visible_to(actor), "proposal"),
        (_("活动"), activities.visible_to(actor), "activity"),
    )
    found: list[tuple[str, str]] = []
    for label, rows, page in kinds:
        for row in rows.filter(voice=voice).order_by("pk")[:MOST]:
            own = page != "activity" and row.person == actor.key
            door = reverse(f"{'workbench' if own else 'desk'}:{page}", args=[row.code])
            said = {"what": label, "state": row.get_state_display()}
            found.append((door, _("据此：%(what)s（%(state)s）") % said))
    return found
