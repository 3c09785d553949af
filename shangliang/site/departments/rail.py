"""The handler's rail."""

from django.utils.translation import gettext as _

from shangliang.base.charts.errors import NotYours
from shangliang.base.people.actor import Actor
from shangliang.base.people.doors import others
from shangliang.base.people.models import Role
from shangliang.base.ui.environment import url
from shangliang.ledgers.notices import bell

from . import lists

Row = tuple[str | None, str, str, str | None, bool]


def let_in(actor: Actor) -> None:
    """NotYours for who handles for no department."""
    if not actor.holds(Role.HANDLER):
        raise NotYours(_("这一页是承办单位办事用的，您现在的职务不在这里办事。"))


def rail(actor: Actor, *, here: str = "list") -> list[Row]:
    """Rows for `ui/desk.html`; `here`: the page."""
    waiting = lists.waiting(actor)

    def row(name: str, label: str, icon: str) -> Row:
        return url(f"departments:{name}"), label, icon, waiting[name], name == here

    rows: list[Row] = [
        row("list", _("承办"), "inbox"),
        row("proposals", _("提案"), "paper"),
        row("reports", _("社情民意信息"), "list"),
        bell.row(actor),
    ]
    elsewhere = others(actor, "departments")
    return [*rows, *([(None, _("别的门"), "", None, False), *elsewhere] if elsewhere else [])]
