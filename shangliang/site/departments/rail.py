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


def rail(actor: Actor, waiting: str, *, here: str = "list") -> list[Row]:
    """Rows for `ui/desk.html`; `waiting`: how much is to be done, already in words; `here`: the page."""
    rows: list[Row] = [
        (url("departments:list"), _("承办"), "inbox", waiting, here == "list"),
        (url("departments:proposals"), _("提案"), "paper", lists.proposals(actor), here == "proposals"),
        (url("departments:reports"), _("社情民意信息"), "list", lists.reports(actor), here == "reports"),
        bell.row(actor),
    ]
    elsewhere = others(actor, "departments")
    return [*rows, *([(None, _("别的门"), "", None, False), *elsewhere] if elsewhere else [])]
