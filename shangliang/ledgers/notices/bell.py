"""The bell: one row of every rail of staff, with how much they have not read."""

from django.utils.translation import gettext as _

from shangliang.base.journal.pages import lengths
from shangliang.base.people.actor import Actor
from shangliang.base.ui.counts import said
from shangliang.base.ui.environment import url

from . import queries


def row(actor: Actor, *, here: bool = False) -> tuple[str, str, str, str, bool]:
    """A row for `ui/desk.html`; one query, because reading is no act by which a kept number would change."""
    return url("notices:list"), _("通知"), "bell", said(number(actor)), here


def number(actor: Actor) -> int:
    """How many acts somebody has not read, up to one more than a rail says."""
    return lengths("bell", actor.key, actor.posts, lists=lambda: {"unread": queries.unread(actor)})["unread"]
